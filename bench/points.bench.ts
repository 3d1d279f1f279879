import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { withStudio } from './studioPage';

/**
 * One million points in Chromium: drawn, hovered over, panned, zoomed and brushed. Frames: the median and the longest
 * time from one animation frame to the next while it happens; blocked: the longest main-thread task in the browser's
 * trace, by the clock and in processor time, which other jobs on the machine do not lengthen. The trace of the panning is
 * kept as bench-results/points-panned.trace.json.
 */

const ROWS = 1_000_000;

interface Watch {
  frames: number[];
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds by the clock and of processor time. */
  readonly dur?: number;
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

/** The longest task of any page's main thread. */
function longestTask(trace: Buffer): { readonly wall: number; readonly cpu: number } {
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: readonly TraceEvent[] };
  const main = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid}/${tid}`),
  );
  const tasks = traceEvents.filter(
    ({ name, ph, pid, tid }) => ph === 'X' && name === 'ThreadControllerImpl::RunTask' && main.has(`${pid}/${tid}`),
  );
  const most = (of: (task: TraceEvent) => number) => tasks.reduce((longest, task) => Math.max(longest, of(task)), 0);
  return { wall: most(({ dur = 0 }) => dur / 1000), cpu: most(({ tdur = 0 }) => tdur / 1000) };
}

/** Runs in the page before the app. */
function watch() {
  const page = window as unknown as { watch: Watch };
  page.watch = { frames: [] };
  let before = performance.now();
  const frame = (now: number) => {
    page.watch.frames.push(now - before);
    before = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}

/** A table of two clouds, 1 % of it rare, made and dropped in the page. */
function dropTable(rows: number) {
  let state = 1;
  const uniform = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const lines = ['x,y,site,event'];
  for (let i = 0; i < rows; i++) {
    const isRare = i % 100 === 0;
    const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
    const angle = 2 * Math.PI * uniform();
    const x = radius * Math.cos(angle) + (isRare ? 1.5 : 0);
    const y = radius * Math.sin(angle) + 0.6 * x;
    lines.push(`${x.toFixed(4)},${y.toFixed(4)},${['north', 'south', 'east'][i % 3]},${isRare ? 'yes' : 'no'}`);
  }
  const transfer = new DataTransfer();
  transfer.items.add(new File([`${lines.join('\n')}\n`], 'million.csv', { type: 'text/csv' }));
  for (const type of ['dragover', 'drop'])
    document.body.dispatchEvent(new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }));
}

export const run = () =>
  withStudio(async (page, address) => {
    await page.addInitScript(watch);
    return journey(page, address);
  });

async function journey(page: Page, address: string) {
  const lines = [
    '| what | seconds | median frame, ms | longest frame, ms | longest task, ms | processor time of the longest, ms |',
    '| --- | --- | --- | --- | --- | --- |',
  ];
  const figures: Record<string, number> = {};
  const browser = page.context().browser()!;
  const step = async (what: string, work: () => Promise<void>, traceFile?: string) => {
    await page.evaluate(() => {
      (window as unknown as { watch: Watch }).watch.frames.length = 0;
    });
    await browser.startTracing(page, { categories: ['toplevel', 'devtools.timeline'] });
    const started = performance.now();
    await work();
    const seconds = (performance.now() - started) / 1000;
    await page.waitForTimeout(300);
    const trace = await browser.stopTracing();
    if (traceFile) writeFileSync(traceFile, trace);
    const { frames } = await page.evaluate(() => (window as unknown as { watch: Watch }).watch);
    const sorted = [...frames].sort((a, b) => a - b);
    const median = sorted[sorted.length >> 1] ?? 0;
    const longest = longestTask(trace);
    lines.push(
      `| ${what} | ${seconds.toFixed(2)} | ${median.toFixed(0)} | ${(sorted.at(-1) ?? 0).toFixed(0)} | ${longest.wall.toFixed(0)} | ${longest.cpu.toFixed(0)} |`,
    );
    figures[`${what}/seconds`] = seconds;
    figures[`${what}/median frame`] = median;
    figures[`${what}/longest task`] = longest.wall;
    figures[`${what}/longest task, processor`] = longest.cpu;
  };
  const goTo = (stage: string) =>
    page
      .getByRole('navigation', { name: 'Stages' })
      .getByRole('button', { name: new RegExp(`^${stage}`) })
      .click();
  const settled = () =>
    page.waitForFunction(
      (rows) => Number(document.querySelector<HTMLCanvasElement>('.scatter canvas')?.dataset.points ?? 0) >= rows,
      ROWS,
      { timeout: 120_000 },
    );

  await page.goto(address);
  await page.getByRole('heading').first().waitFor();
  await page.evaluate(dropTable, ROWS);
  await step('1,000,000 rows read', async () => {
    await goTo('Data');
    await page.getByText('1,000,000').first().waitFor({ timeout: 180_000 });
  });
  await page.getByLabel('Column with the outcome (target)').selectOption('event');
  const rare = page.getByRole('checkbox', { name: /^yes/ });
  if (!(await rare.isChecked())) await rare.check();
  await step('drawn, all points', async () => {
    await goTo('Inspect');
    await settled();
  });
  const plot = page.getByRole('application', { name: / against / });
  const box = (await plot.boundingBox())!;
  const at = (x: number, y: number) => [box.x + x * box.width, box.y + y * box.height] as const;
  const { mouse } = page;
  await step(
    'panned, 80 moves',
    async () => {
      await mouse.move(...at(0.4, 0.5));
      await mouse.down();
      for (let i = 1; i <= 80; i++) await mouse.move(...at(0.4 + 0.2 * Math.sin(i / 12), 0.5 + 0.1 * Math.sin(i / 9)));
      await mouse.up();
    },
    path.join('bench-results', 'points-panned.trace.json'),
  );
  await step('zoomed, 30 turns of the wheel', async () => {
    for (let i = 0; i < 30; i++) await mouse.wheel(0, i < 15 ? -120 : 120);
  });
  await step('pointed at, 60 moves', async () => {
    for (let i = 0; i < 60; i++) await mouse.move(...at(0.35 + 0.005 * i, 0.5));
  });
  await step('brushed, a box', async () => {
    await page.keyboard.down('Shift');
    await mouse.move(...at(0.35, 0.3));
    await mouse.down();
    for (let i = 1; i <= 30; i++) await mouse.move(...at(0.35 + 0.008 * i, 0.3 + 0.012 * i));
    await mouse.up();
    await page.keyboard.up('Shift');
    await page.getByRole('group', { name: 'Marked rows' }).waitFor({ timeout: 30_000 });
  });
  const marked = await page.getByRole('group', { name: 'Marked rows' }).textContent();
  lines.push('', `The box held ${/[\d,]+ rows?/.exec(marked ?? '')?.[0]}.`);
  await step('table of all rows, sorted', async () => {
    await page.getByRole('radiogroup', { name: 'View', exact: true }).getByRole('radio', { name: 'Table' }).click();
    const table = page.getByRole('table', { name: 'Rows of all layers' });
    await table.getByRole('row').nth(1).waitFor({ timeout: 60_000 });
    await table.getByRole('columnheader', { name: /^x/ }).getByRole('button').click();
    await page.getByRole('columnheader', { name: /^x/ }).and(page.locator('[aria-sort="ascending"]')).waitFor();
    await page.waitForFunction(
      () => document.querySelector('.row-table-body')?.getAttribute('data-waiting') === 'false',
    );
  });
  await step('the last of its rows', async () => {
    const table = page.getByRole('table', { name: 'Rows of all layers' });
    await table.focus();
    await page.keyboard.press('End');
    await table.locator(`[aria-rowindex="${ROWS + 1}"]`).waitFor();
  });
  return { lines, figures };
}
