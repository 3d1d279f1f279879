import { type ChildProcess, spawn } from 'node:child_process';
import { chromium, type Page } from '@playwright/test';

const PORT = 4391;
const ADDRESS = `http://127.0.0.1:${PORT}/`;

async function serve(): Promise<ChildProcess> {
  const server = spawn(
    process.execPath,
    ['node_modules/vite/bin/vite.js', 'preview', '--port', String(PORT), '--host', '127.0.0.1', '--strictPort'],
    { stdio: 'ignore' },
  );
  for (let tries = 0; tries < 100; tries++) {
    const isUp = await fetch(ADDRESS).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isUp) return server;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  server.kill();
  throw new Error('The preview server did not start.');
}

/** Runs `work` in a fresh page with the built studio served at `address`, and cleans up after it. */
export async function withStudio<T>(work: (page: Page, address: string) => Promise<T>): Promise<T> {
  const server = await serve();
  const browser = await chromium.launch(process.env.CHROMIUM_PATH ? { executablePath: process.env.CHROMIUM_PATH } : {});
  try {
    return await work(await browser.newPage({ viewport: { width: 1280, height: 720 } }), ADDRESS);
  } finally {
    await browser.close();
    server.kill();
  }
}
