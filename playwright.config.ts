import { defineConfig } from '@playwright/test';

/** The test script gives a free port, so that two checkouts can be tested at once. */
const port = Number(process.env.E2E_PORT ?? 4179);

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results/e2e',
  // Reference pictures are of one system's fonts; elsewhere the journeys run without them.
  snapshotPathTemplate: '{testDir}/references/{arg}{ext}',
  ignoreSnapshots: process.platform !== 'linux',
  workers: 1,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  // A journey through a browser can meet a machine that is busy with something else. It gets a second try, and
  // `npm test` names every journey that needed one.
  retries: 1,
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  forbidOnly: Boolean(process.env.CI),
  use: {
    baseURL: `http://127.0.0.1:${port}/`,
    viewport: { width: 1280, height: 720 },
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(process.env.CHROMIUM_PATH ? { executablePath: process.env.CHROMIUM_PATH } : {}),
      args: [
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
        '--disable-quic',
      ],
    },
  },
  webServer: {
    command: `"${process.execPath}" node_modules/vite/bin/vite.js preview --host 127.0.0.1 --port ${port} --strictPort`,
    url: `http://127.0.0.1:${port}/`,
    reuseExistingServer: false, // it could serve the build of another checkout
    timeout: 60_000,
  },
});
