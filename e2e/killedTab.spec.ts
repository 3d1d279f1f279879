import { expect, test } from '@playwright/test';
import { parseCsv, Studio } from './studio';

test('a killed tab brings everything back: table, map, edits and runs', async ({ page, context }) => {
  test.setTimeout(180_000);
  const studio = new Studio(page);
  await studio.openDemo();
  await studio.generate();
  const before = await studio.exportCsv();
  await page.waitForTimeout(1500); // the autosave waits for a pause in the edits
  await studio.kill();

  const again = await context.newPage();
  const back = new Studio(again);
  await back.openDemo();
  await back.goTo('Generate');
  await expect(again.getByRole('heading', { name: /Causal twins/ }).first()).toBeVisible({ timeout: 60_000 });
  const after = await back.exportCsv();
  expect(parseCsv(after).rows.length).toBeGreaterThan(11_000);
  expect(after === before, 'the same file as before').toBe(true);
});
