import type { Page } from '@playwright/test';
import { createEdge, createNode } from '../src/engine/graph/causalMap';
import { writeDagittyCode } from '../src/engine/graph/formats/dagittyCode';
import { createRng } from '../src/engine/rng';
import { withStudio } from './studioPage';

/** The canvas in Chromium: time from frame to frame while a card is dragged, on maps with three arrows to two nodes. */

const SIZES = [12, 100, 300];
const STEPS = 90;

function mapOf(size: number) {
  const rng = createRng(1, 'canvas-bench', size);
  const names = Array.from({ length: size }, (_, i) => `column ${i}`);
  const pairs = new Set<string>();
  while (pairs.size < size * 1.5) {
    const effect = 1 + rng.integer(size - 1);
    pairs.add(`${rng.integer(effect)} ${effect}`);
  }
  const edges = [...pairs].map((pair) => {
    const [from, to] = pair.split(' ').map((i) => names[Number(i)]!);
    return createEdge(from!, to!);
  });
  return { nodes: names.map((name) => createNode(name)), edges };
}

export const run = () =>
  withStudio(async (page, address) => {
    await page.goto(address);
    await page.getByRole('button', { name: /^Demo: Rare disease\./ }).click();
    await page.locator('.react-flow__node[data-id="severity"]').waitFor();
    // The demo makes its first rows in all threads there are: frames are judged when it is done.
    await page.waitForTimeout(2000);
    await page.getByRole('progressbar').waitFor({ state: 'detached', timeout: 120_000 });
    const lines = [
      '| nodes | map shown, s | frame while dragging, ms: median | 95 % | longest |',
      '|---|---|---|---|---|',
    ];
    const figures: Record<string, number> = {};
    for (const size of SIZES) {
      const shown = await show(page, writeDagittyCode(mapOf(size)));
      const frames = await dragFrames(page);
      const at = (share: number) => frames[Math.floor(share * (frames.length - 1))]!;
      lines.push(
        `| ${size} | ${shown.toFixed(1)} | ${at(0.5).toFixed(1)} | ${at(0.95).toFixed(1)} | ${at(1).toFixed(1)} |`,
      );
      Object.assign(figures, {
        [`canvas.dragMs.${size}`]: at(0.5),
        [`canvas.dragMs95.${size}`]: at(0.95),
        [`canvas.shownS.${size}`]: shown,
      });
    }
    return { lines, figures };
  });

/** Seconds until a map that is pasted in is on the canvas. */
async function show(page: Page, text: string): Promise<number> {
  await page.getByRole('button', { name: 'Map as text: import, export' }).click();
  await page.getByRole('tab', { name: 'Paste in' }).click();
  await page.getByLabel('Map text to import').fill(text);
  const start = performance.now();
  await page.getByRole('button', { name: 'Replace the map' }).click();
  await page.locator('.react-flow__node[data-id="column 11"]').waitFor();
  const seconds = (performance.now() - start) / 1000;
  await page.getByRole('button', { name: 'Arrange' }).click();
  await page.waitForTimeout(4000);
  return seconds;
}

/** Milliseconds between frames while a card is dragged round, in increasing order. */
async function dragFrames(page: Page): Promise<number[]> {
  const box = (await page.locator('.react-flow__node[data-id="column 1"]').boundingBox())!;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.evaluate(() => {
    const kept = window as unknown as { dragFrames: number[]; isDragging: boolean };
    kept.dragFrames = [];
    kept.isDragging = true;
    let last = performance.now();
    const tick = (now: number) => {
      kept.dragFrames.push(now - last);
      last = now;
      if (kept.isDragging) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
  for (let step = 1; step <= STEPS; step++)
    await page.mouse.move(x + 60 * Math.sin(step / 7), y + 40 * Math.cos(step / 7) - 40);
  await page.mouse.up();
  const frames = await page.evaluate(() => {
    const kept = window as unknown as { dragFrames: number[]; isDragging: boolean };
    kept.isDragging = false;
    return kept.dragFrames.slice(1);
  });
  return frames.toSorted((a, b) => a - b);
}
