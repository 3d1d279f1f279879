import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Locator, type Page } from '@playwright/test';

export type StageName = 'Data' | 'Map' | 'Rules' | 'Diagnose' | 'Generate' | 'Inspect' | 'Test' | 'Report';

/** The studio as a user sees it: by role and label only. */
export class Studio {
  constructor(readonly page: Page) {}

  /** The demo, loaded and drawn: from the gallery of a first visit, or as the last visit left it. */
  async openDemo(): Promise<void> {
    await this.page.goto('./');
    const card = this.page.getByRole('button', { name: /^Demo: Rare disease\./ });
    await expect(card.or(this.node('severity')).first()).toBeVisible({ timeout: 30_000 });
    if (await card.isVisible()) await card.click();
    await expect(this.node('severity')).toBeVisible({ timeout: 30_000 });
  }

  async goTo(stage: StageName): Promise<void> {
    await this.page
      .getByRole('navigation', { name: 'Stages' })
      .getByRole('button', { name: new RegExp(`^${stage}`) })
      .click();
  }

  /** A node card on the canvas. */
  node(name: string): Locator {
    return this.page.locator(`.react-flow__node[data-id=${JSON.stringify(name)}]`);
  }

  /** Drops a file on the window, as from a file manager. */
  async drop(fileName: string, text: string): Promise<void> {
    const data = await this.page.evaluateHandle(
      ([name, content]) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([content!], name!, { type: 'text/csv' }));
        return transfer;
      },
      [fileName, text],
    );
    await this.page.dispatchEvent('body', 'dragover', { dataTransfer: data });
    await this.page.dispatchEvent('body', 'drop', { dataTransfer: data });
  }

  /** Draws an arrow on the canvas by mouse: from the rim around one card onto the other. */
  async drawArrow(from: string, to: string): Promise<void> {
    const a = (await this.node(from).boundingBox())!;
    const b = (await this.node(to).boundingBox())!;
    const { mouse } = this.page;
    await mouse.move(a.x + a.width / 2, a.y + a.height / 2);
    // The rim starts outside of the card's border; inside, a drag moves the card.
    await mouse.move(a.x + a.width + 3, a.y + a.height / 2);
    await mouse.down();
    await mouse.move(b.x + b.width / 2, b.y + b.height / 2, { steps: 12 });
    await mouse.up();
  }

  async generate(): Promise<void> {
    await this.goTo('Generate');
    await this.page
      .getByRole('main')
      .getByRole('button', { name: /^(Generate rows|Run again)$/ })
      .first()
      .click();
    await expect(this.page.getByRole('progressbar')).toHaveCount(0, { timeout: 100_000 });
    await expect(this.page.getByRole('heading', { name: /Causal twins/ }).first()).toBeVisible();
  }

  async test(): Promise<void> {
    await this.goTo('Test');
    await this.page
      .getByRole('main')
      .getByRole('button', { name: /^(Run the tests|Test again)$/ })
      .first()
      .click();
    await expect(this.page.getByRole('table', { name: 'Statements before and after' })).toBeVisible({
      timeout: 100_000,
    });
    // The run compared with is tested after this one.
    await expect(this.page.getByRole('button', { name: 'Test again' })).toBeEnabled({ timeout: 100_000 });
  }

  /** The renderer dies without any of its own code running, as when the machine runs out of memory. */
  async kill(): Promise<void> {
    const session = await this.page.context().newCDPSession(this.page);
    const died = this.page.waitForEvent('crash');
    session.send('Page.crash').catch(() => undefined);
    await died;
  }

  /** Exports and returns the text of the file. */
  async exportCsv(): Promise<string> {
    await this.goTo('Report');
    const download = this.page.waitForEvent('download');
    await this.page.getByRole('button', { name: 'Export CSV' }).click();
    return readFile(await (await download).path(), 'utf8');
  }

  async expectAccessible(where: string): Promise<void> {
    const { violations } = await new AxeBuilder({ page: this.page }).analyze();
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    expect(serious.map(({ id, nodes }) => `${where}: ${id} at ${nodes[0]?.target}`)).toEqual([]);
  }
}

/** Every view of Inspect, and words that are there once it is drawn. */
export const inspectViews: readonly (readonly [view: string, sign: RegExp])[] = [
  ['Points', /^Real, common/],
  ['Columns', /Pairs, most damaged first/],
  ['Table', /Under each name/],
  ['Matrix', /open in full|^age$/],
  ['Parallel', /ranges mark among all rows/],
  ['Regions', /Good–Turing/],
  ['Boundary', /A row is flagged where/],
  ['Runs', /^Same seed/],
  ['Steps', /the same noise at every size/],
];

/** Records and cells of a plain CSV without quoted line ends. */
export function parseCsv(text: string): { header: string[]; rows: string[][]; lines: string[] } {
  const lines = text.replace(/\r?\n$/, '').split(/\r?\n/);
  const cells = (line: string) =>
    [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)]
      .map(([, cell]) => cell!.replace(/^"|"$/g, '').replace(/""/g, '"'))
      .slice(0, line.endsWith(',') ? undefined : -1);
  return { header: cells(lines[0]!), rows: lines.slice(1).map(cells), lines };
}

/** Weighted share of rows with the rare value. */
export function weightedShare(rows: readonly string[][], target: number, weight: number, rare: string): number {
  let all = 0;
  let cases = 0;
  for (const row of rows) {
    all += Number(row[weight]);
    if (row[target] === rare) cases += Number(row[weight]);
  }
  return cases / all;
}

// Fonts and smoothing differ between machines: whatever is out of place is far above this share.
const look = { maxDiffPixelRatio: 0.01, threshold: 0.3, animations: 'disabled' } as const;

/** The stage as it looks, in both themes unless said otherwise. */
export async function picture(
  page: Page,
  name: string,
  schemes: readonly ('light' | 'dark')[] = ['light', 'dark'],
): Promise<void> {
  for (const scheme of schemes) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await expect(page.locator(`html[data-theme="${scheme}"]`)).toHaveCount(1);
    // Pictures of points are painted in another thread, in the colours of the theme.
    await page.waitForTimeout(600);
    await expect(page.getByRole('main')).toHaveScreenshot(`${name}-${scheme}.png`, look);
  }
}
