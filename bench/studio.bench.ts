import type { Page } from '@playwright/test';
import type { Frame } from '../src/engine/data/frame';
import { writeMapJson } from '../src/engine/graph/formats/mapJson';
import { mapOf, simulateWorld } from '../src/engine/worlds/simulate';
import { withStudio } from './studioPage';
import { mixedWorld } from './worlds/mixedWorld';

/**
 * The studio in Chromium, from the first visit to the export of 20,000 rows: seconds to wait, and the longest time the
 * main thread was not free (the browser's own record of frames that took over 50 ms).
 */

const ROWS = 10_000;

interface LongFrame {
  readonly stage: string;
  readonly blocked: number;
  readonly scripts: string;
}

function csvOf(frame: Frame): string {
  const lines = [frame.specs.map(({ name }) => name).join(',')];
  for (let i = 0; i < frame.rows; i++)
    lines.push(
      frame.specs
        .map((spec, c) => {
          const value = frame.columns[c]![i]!;
          return spec.levels ? spec.levels[value]! : value.toFixed(spec.decimals);
        })
        .join(','),
    );
  return `${lines.join('\n')}\n`;
}

/** Runs in the page before the app: keeps every stretch over 50 ms during which it could not answer. */
function watchFrames() {
  const page = window as unknown as { longFrames: { at: number; blocked: number; scripts: string }[] };
  page.longFrames = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries())
      page.longFrames.push({ at: entry.startTime, blocked: entry.duration, scripts: '' });
  }).observe({ type: 'longtask', buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const frame = entry as PerformanceEntry & {
        scripts: {
          duration: number;
          invoker: string;
          sourceFunctionName: string;
          forcedStyleAndLayoutDuration: number;
        }[];
        styleAndLayoutStart: number;
      };
      page.longFrames.push({
        at: frame.startTime,
        blocked: 0,
        scripts: `frame ${frame.duration.toFixed(0)} layout ${(frame.startTime + frame.duration - frame.styleAndLayoutStart).toFixed(0)}: ${frame.scripts.map((s) => `${s.invoker}/${s.sourceFunctionName} ${s.duration.toFixed(0)} (forced ${s.forcedStyleAndLayoutDuration.toFixed(0)})`).join(', ')}`,
      });
    }
  }).observe({ type: 'long-animation-frame', buffered: true });
}

export const run = () =>
  withStudio(async (page, address) => {
    await page.addInitScript(watchFrames);
    return journey(page, address);
  });

async function journey(page: Page, address: string) {
  const lines = ['| what | seconds | longest main-thread task, ms |', '| --- | --- | --- |'];
  const figures: Record<string, number> = {};
  const step = async (what: string, work: () => Promise<void>) => {
    const started = performance.now();
    await work();
    const seconds = (performance.now() - started) / 1000;
    await page.waitForTimeout(600); // what the step left to be drawn
    const frames = await page.evaluate(() => {
      const { longFrames } = window as unknown as { longFrames: LongFrame[] };
      return longFrames.splice(0);
    });
    const longest = frames.reduce((most, { blocked }) => Math.max(most, blocked), 0);
    lines.push(`| ${what} | ${seconds.toFixed(2)} | ${longest === 0 ? 'under 50' : longest.toFixed(0)} |`);
    if (process.env.FRAMES) lines.push(...frames.map((frame) => JSON.stringify(frame)));
    figures[`${what}/seconds`] = seconds;
    figures[`${what}/longest`] = longest;
  };
  const goTo = (stage: string) =>
    page
      .getByRole('navigation', { name: 'Stages' })
      .getByRole('button', { name: new RegExp(`^${stage}`) })
      .click();
  const main = page.getByRole('main');

  await step('first visit', async () => {
    await page.goto(address);
    await page.getByRole('button', { name: /^Demo: Rare disease\./ }).click();
    await page.locator('.react-flow__node[data-id="severity"]').waitFor();
  });
  const csv = csvOf(simulateWorld(mixedWorld, ROWS, 5));
  await step('file of 10,000 rows dropped', async () => {
    const data = await page.evaluateHandle((content) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([content], 'mixed.csv', { type: 'text/csv' }));
      return transfer;
    }, csv);
    await page.dispatchEvent('body', 'dragover', { dataTransfer: data });
    await page.dispatchEvent('body', 'drop', { dataTransfer: data });
    await goTo('Data');
    await page.getByText('10,000').first().waitFor();
  });
  await page.getByLabel('Column with the outcome (target)').selectOption(mixedWorld.target);
  const rare = page.getByRole('checkbox', { name: /^yes/ });
  if (!(await rare.isChecked())) await rare.check();
  await step('map pasted', async () => {
    await goTo('Map');
    await page.getByRole('button', { name: 'Map as text: import, export' }).click();
    await page.getByRole('tab', { name: 'Paste in' }).click();
    await page
      .getByRole('textbox')
      .last()
      .fill(writeMapJson(mapOf(mixedWorld), { exposure: 'flag', target: 'event' }));
    await page
      .getByRole('button', { name: /^(Use|Replace|Import)/ })
      .last()
      .click();
    await page.locator('.react-flow__node[data-id="marker"]').waitFor();
  });
  await step('Generate stage opened', async () => {
    await goTo('Generate');
    await page.getByRole('heading', { name: 'Generate' }).waitFor();
  });
  await page.getByText('A number', { exact: true }).click();
  await page.getByLabel('Rows', { exact: true }).fill('10000');
  await page.getByLabel('Rows', { exact: true }).blur();
  await step('10,000 twins, mechanisms chosen, fitted', async () => {
    await main.getByRole('button', { name: 'Generate rows' }).first().click();
    await page
      .getByRole('heading', { name: /Causal twins/ })
      .first()
      .waitFor({ timeout: 60_000 });
  });
  await step('the same by SMOTE, to compare with', async () => {
    await page.getByRole('progressbar').waitFor({ state: 'detached', timeout: 60_000 });
  });
  await step('Inspect stage opened', async () => {
    await goTo('Inspect');
    await page.getByRole('application', { name: / against / }).waitFor();
  });
  await step('all tests', async () => {
    await goTo('Test');
    await main
      .getByRole('button', { name: /^(Run the tests|Test again)$/ })
      .first()
      .click();
    await page.getByRole('table', { name: 'Statements before and after' }).waitFor({ timeout: 100_000 });
    await main.getByRole('button', { name: 'Test again' }).and(page.locator(':enabled')).waitFor({ timeout: 100_000 });
  });
  await step('CSV exported', async () => {
    await goTo('Report');
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export CSV' }).click();
    await (await download).path();
  });
  return { lines, figures };
}
