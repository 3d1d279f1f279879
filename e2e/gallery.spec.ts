import { expect, type Page, test } from '@playwright/test';
import { Studio } from './studio';

const demos = [
  'Rare disease',
  'Credit default',
  'Card fraud',
  'Machine failure',
  'Birth-weight paradox',
  'Hiring',
  'Asia',
  'Sachs',
];
/** What a person waits for a demo on a machine that does nothing else. */
const BUDGET_MS = 2000;
/** The loop below on a laptop that does nothing else. */
const QUIET_MS = 60;

/** How many times slower this machine is at the moment than a quiet laptop, from 1 to 8. */
const slowness = (page: Page) =>
  page.evaluate((quietMs) => {
    const start = performance.now();
    let x = 0;
    for (let i = 0; i < 2e7; i++) x += Math.sqrt(i);
    return Math.min(8, Math.max(1, (performance.now() - start) / quietMs, x > 0 ? 1 : 0));
  }, QUIET_MS);

test('every demo is drawn in under two seconds, with its rare cases in sight', async ({ page }) => {
  test.setTimeout(240_000);
  const studio = new Studio(page);
  await page.goto('./');
  for (const title of demos) {
    const card = page.getByRole('button', { name: new RegExp(`^Demo: ${title}\\.`) });
    await expect(card).toBeVisible();
    // Budget for the machine as it is: before and after, the slower of the two.
    const before = await slowness(page);
    await page.evaluate(() => {
      const wait = (name: string) => performance.mark(name);
      const drawn = () => {
        if (document.querySelectorAll('.react-flow__edge').length > 3) wait('drawn');
        else requestAnimationFrame(drawn);
      };
      performance.clearMarks();
      addEventListener('click', () => wait('asked'), { once: true, capture: true });
      requestAnimationFrame(drawn);
    });
    await card.click();
    await page.waitForFunction(() => performance.getEntriesByName('drawn').length > 0, null, { timeout: 60_000 });
    const ms = await page.evaluate(
      () => performance.getEntriesByName('drawn')[0]!.startTime - performance.getEntriesByName('asked')[0]!.startTime,
    );
    const factor = Math.max(before, await slowness(page));
    test
      .info()
      .annotations.push({ type: 'drawn', description: `${title}: ${ms.toFixed(0)} ms at ${factor.toFixed(1)}` });
    expect(ms, `${title} drawn, on a machine ${factor.toFixed(1)} times slower than quiet`).toBeLessThan(
      BUDGET_MS * factor,
    );
    if (title === 'Asia' || title === 'Sachs')
      await expect(page.getByText(/^Effect of (smoking|Mek) on (dyspnoea|Akt)$/)).toBeVisible();
    else await expect(page.getByRole('button', { name: /^Real, rare/ })).toBeVisible();
    await page.getByRole('button', { name: 'Project menu' }).click();
    await page.getByRole('menuitem', { name: 'New project or demo' }).click();
  }
  await studio.expectAccessible('gallery');
});

test('a demo shows the truth beside what its rows say', async ({ page }) => {
  const studio = new Studio(page);
  await studio.openDemo();
  const truth = page.getByRole('region', { name: 'The truth of this demo' });
  await expect(truth).toContainText('−0.030');
  await expect(truth).toContainText('the raw difference is +0.00');
  // Another cause, another truth; a table that is no demo has none.
  await page.getByRole('combobox', { name: 'Exposure' }).selectOption('gene');
  await expect(truth).toContainText('+0.0');
  await studio.drop(
    'plain.csv',
    `x,y\n${Array.from({ length: 60 }, (_, i) => `${i},${i % 9 === 0 ? 1 : 0}`).join('\n')}`,
  );
  await expect(page.getByText('plain.csv').first()).toBeVisible();
  await studio.goTo('Map');
  await expect(truth).toHaveCount(0);
});
