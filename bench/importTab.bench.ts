import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { mixedCsv } from './mixedCsv';
import { withStudio } from './studioPage';

/**
 * A table of 1,000,000 rows and 10 columns (about 100 MB) opened in Chromium: seconds from the choice of the file to the table on
 * screen, beside a bare PapaParse pass over the same file in a worker of the same page; the longest main-thread tasks meanwhile (the
 * browser's own record, which begins at 50 ms); and the most memory that the tab's process ever had (VmHWM, where the system tells).
 */

const ROWS = 1_000_000;
const TURNS = 3;

/** Runs in the page before the app. */
function watchTasks() {
  const page = window as unknown as { longTasks: number[] };
  page.longTasks = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) page.longTasks.push(entry.duration);
  }).observe({ type: 'longtask', buffered: true });
}

/** Told by the page itself: asking it again and again by role would take half a second of its main thread. */
function tableShown(name: string): Promise<void> {
  const isShown = () =>
    [...document.querySelectorAll('h1, h2, h3')].some((heading) => heading.textContent === name) &&
    document.body.textContent!.includes('1,000,000');
  return new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      if (!isShown()) return;
      observer.disconnect();
      // The frame in which it is drawn.
      requestAnimationFrame(() => resolve());
    });
    observer.observe(document.body, { subtree: true, childList: true, characterData: true });
  });
}

/** Seconds of a worker to read and tokenize the file, as its user would without a table to fill. */
async function barePass(page: Page, file: string, papa: string): Promise<number> {
  await page.evaluate(() => {
    const input = document.createElement('input');
    input.type = 'file';
    input.id = 'bare-pass';
    document.body.append(input);
  });
  await page.locator('#bare-pass').setInputFiles(file);
  return page.evaluate(async (code) => {
    const input = document.getElementById('bare-pass') as HTMLInputElement;
    const program = `${code};onmessage = async ({ data }) => {
      const from = performance.now();
      const text = await data.text();
      let cells = 0;
      Papa.parse(text, { delimiter: ',', step: ({ data }) => { cells += data.length; } });
      postMessage({ seconds: (performance.now() - from) / 1000, cells });
    };`;
    const worker = new Worker(URL.createObjectURL(new Blob([program], { type: 'text/javascript' })));
    const { seconds, cells } = await new Promise<{ seconds: number; cells: number }>((resolve) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.postMessage(input.files![0]);
    });
    worker.terminate();
    input.remove();
    if (cells < 10_000_000) throw new Error(`The bare pass saw ${cells} cells only.`);
    return seconds;
  }, papa);
}

async function importOnce(page: Page, file: string): Promise<{ seconds: number; tasks: readonly number[] }> {
  await page.getByRole('navigation', { name: 'Stages' }).getByRole('button', { name: /^Data/ }).click();
  await page.evaluate(() => (window as unknown as { longTasks: number[] }).longTasks.splice(0));
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Open another table' }).click();
  const from = performance.now();
  const opened = page.evaluate(tableShown, path.basename(file));
  await (await chooser).setFiles(file);
  await opened;
  const seconds = (performance.now() - from) / 1000;
  await page.waitForTimeout(1500); // what is drawn afterwards
  const tasks = await page.evaluate(() => (window as unknown as { longTasks: number[] }).longTasks.splice(0));
  return { seconds, tasks };
}

/** Most resident memory of the page's process in MB since it began; null where the system does not tell. */
async function peakMemory(page: Page): Promise<number | null> {
  const session = await page.context().browser()!.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  try {
    const peaks = processInfo
      .filter(({ type }) => type === 'renderer')
      .map(({ id }) => Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${id}/status`, 'utf8'))![1]) / 1024);
    return Math.max(...peaks);
  } catch {
    return null;
  }
}

export async function run() {
  const folder = mkdtempSync(path.join(tmpdir(), 'import-'));
  const papa = readFileSync('node_modules/papaparse/papaparse.min.js', 'utf8');
  const bare: number[] = [];
  const read: number[] = [];
  const tasks: number[] = [];
  const peaks: number[] = [];
  try {
    const file = (turn: number) => path.join(folder, `mixed${turn}.csv`);
    const text = mixedCsv(ROWS);
    for (let turn = 0; turn < TURNS; turn++) {
      writeFileSync(file(turn), text);
      // A fresh page each time: the peak is that of one import.
      await withStudio(async (page, address) => {
        await page.addInitScript(watchTasks);
        await page.goto(address);
        await page.getByRole('button', { name: /^Demo: Rare disease\./ }).click();
        await page.locator('.react-flow__node[data-id="severity"]').waitFor();
        await page.waitForTimeout(15_000); // the demo's first run
        const one = await importOnce(page, file(turn));
        read.push(one.seconds);
        tasks.push(Math.max(0, ...one.tasks));
        const peak = await peakMemory(page);
        if (peak !== null) peaks.push(peak);
        bare.push(await barePass(page, file(turn), papa));
      });
      rmSync(file(turn));
    }
    const [bareSeconds, seconds] = [Math.min(...bare), Math.min(...read)];
    const [longest, peak] = [Math.max(...tasks), Math.max(...peaks)];
    return {
      lines: [
        '| rows x columns | MB | bare pass (s) | opened in the studio (s) | ratio | longest task of the page (ms) | peak of the tab (MB) |',
        '| --- | --- | --- | --- | --- | --- | --- |',
        `| ${ROWS} x 10 | ${(text.length / 1e6).toFixed(0)} | ${bareSeconds.toFixed(2)} | ${seconds.toFixed(2)} | ${(seconds / bareSeconds).toFixed(2)} | ${longest === 0 ? 'under 50' : longest.toFixed(0)} | ${Number.isFinite(peak) ? peak.toFixed(0) : 'not told'} |`,
        `(every turn: bare ${bare.map((s) => s.toFixed(2)).join(', ')}; opened ${read.map((s) => s.toFixed(2)).join(', ')})`,
      ],
      figures: { bareSeconds, seconds, ratio: seconds / bareSeconds, longestTask: longest, peakMegabytes: peak },
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
