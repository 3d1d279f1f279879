import { expect, test } from '@playwright/test';
import { Studio } from './studio';

test('an analyst weighs regimes, turns the dial, runs, compares, names and goes back', async ({ page }) => {
  test.setTimeout(180_000);
  page.setDefaultTimeout(20_000);
  const studio = new Studio(page);
  await studio.openDemo();
  await studio.goTo('Generate');
  const main = page.getByRole('main');

  // Advice first, in this table's numbers; then the regime and what it does to the rare share.
  await expect(main.getByText(/rare rows for \d+ parameters/)).toBeVisible();
  const regime = main.getByRole('radiogroup', { name: 'What there should be more of' });
  await expect(main.getByText(/the rare share goes from [\d.]+\s%/)).toBeVisible();
  await regime.getByRole('radio', { name: 'More exposure' }).click();
  await expect(main.getByText(/stays calibrated/).first()).toBeVisible();
  await regime.getByRole('radio', { name: 'More cases' }).click();
  await expect(main.getByLabel('Generator', { exact: true })).toHaveValue('twins');

  // The data choose the step and say why; by hand the preview follows the dial.
  await expect(main.getByText(/^Step [\d.]+ from the data: /).first()).toBeVisible({ timeout: 60_000 });
  const plot = main.getByRole('img', { name: /500 previewed rows/ });
  await expect(plot).toBeVisible();
  await main.getByRole('switch', { name: 'Let the data choose the step' }).click();
  const dial = main.getByRole('slider', { name: 'Trust in the map (step)' });
  await dial.press('Home');
  const step = main.getByText('Step', { exact: true }).locator('xpath=following-sibling::dd');
  await expect(step).toContainText('0.05');
  const changed = main.getByText('Cells changed', { exact: true }).locator('xpath=following-sibling::dd');
  const near = Number.parseFloat(await changed.innerText());
  await dial.press('End');
  await expect(step).toContainText('1');
  await expect.poll(async () => Number.parseFloat(await changed.innerText())).toBeGreaterThanOrEqual(near);

  // Only some columns, by the list that stands beside the small map.
  await main.getByText(/^Columns drawn anew/).click();
  await main.getByRole('checkbox', { name: 'age', exact: true }).uncheck();
  await expect(main.getByText(/^Columns drawn anew: /)).toContainText(/\d+ of \d+/);
  await main.getByRole('button', { name: 'Tick all' }).click();

  // A run beside another generator on the same seed.
  await main.getByLabel('Beside it, on the same seed').selectOption({ label: 'Anchored rows' });
  await studio.generate();
  await expect(main.getByRole('columnheader', { name: 'Anchored rows' }).first()).toBeVisible({ timeout: 60_000 });
  await expect(main.getByRole('rowheader', { name: 'Distance to the closest real rare row' })).toBeVisible();

  // The list remembers: a new name, what differs now, and the way back.
  const runs = main.getByRole('table').filter({ has: page.getByRole('columnheader', { name: 'Seed' }) });
  const latest = main.getByRole('textbox', { name: /^Name of Run/ }).first();
  await latest.fill('Full trust');
  await latest.press('Enter');
  await expect(main.getByRole('textbox', { name: 'Name of Full trust' })).toBeVisible();
  await main
    .getByRole('spinbutton', { name: 'Seed' })
    .or(main.getByLabel('Seed', { exact: true }))
    .first()
    .fill('77');
  await page.keyboard.press('Tab');
  const row = runs.getByRole('row').filter({ has: page.getByRole('textbox', { name: 'Name of Full trust' }) });
  await expect(row.getByText('seed: 1, now 77')).toBeVisible();
  await row.getByRole('button', { name: 'Restore' }).click();
  await expect(row.getByText('as set now')).toBeVisible();
  await expect(main.getByLabel('Seed', { exact: true })).toHaveValue('1');
});
