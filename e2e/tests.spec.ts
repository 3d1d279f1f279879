import { expect, test } from '@playwright/test';
import { picture, Studio } from './studio';

test('what is expected from balancing is told in words, and every measure stands on its own', async ({ page }) => {
  test.setTimeout(240_000);
  const studio = new Studio(page);
  await studio.openDemo();
  await studio.generate();
  await studio.test();
  await page.getByRole('button', { name: /^Expected from balancing/ }).click();
  const table = page.getByRole('table', { name: 'Statements before and after' });
  await expect(table.getByText(/look .*linked after balancing .*that is expected: /).first()).toBeVisible();

  await page.getByRole('radio', { name: 'Fidelity' }).click();
  const measures = page.getByRole('region', { name: 'Fidelity measures' });
  await expect(measures.getByRole('row', { name: /^Energy distance/ })).toBeVisible();
  await expect(measures.getByRole('row', { name: /^Told apart by boosted trees/ })).toBeVisible();
  await page.getByRole('radio', { name: 'Paths and new links' }).click();
  await expect(page.getByRole('row', { name: /^treated → disease/ })).toBeVisible();

  // Another margin is another question: the report says that it is out of date.
  const margin = page.getByRole('spinbutton', { name: 'Margin' });
  await margin.fill('0.2');
  await margin.press('Enter');
  await expect(page.getByText(/These results are out of date/)).toBeVisible();
});

test('damage by a wrong map is found, and the best remedy turns the verdict', async ({ page }) => {
  test.setTimeout(200_000);
  const studio = new Studio(page);
  await studio.openDemo();

  // Wrong: without this arrow the map says that severity has no say in who is treated, and full steps trust it.
  await studio.goTo('Map');
  await page.getByRole('radio', { name: 'List' }).click();
  await page.getByRole('button', { name: 'Remove severity -> treated' }).click();
  await studio.goTo('Generate');
  await page.getByRole('switch', { name: 'Let the data choose the step' }).click();
  await page.getByRole('slider', { name: 'Trust in the map' }).press('End');
  await studio.generate();
  await studio.test();
  const damaged = page.getByRole('button', { name: /^Damaged/ });
  await expect(damaged).not.toHaveText(/^Damaged\s*0/);
  await damaged.click();
  await expect(
    page
      .getByRole('table', { name: 'Statements before and after' })
      .getByText(/severity and treated/)
      .first(),
  ).toBeVisible();

  await page.getByRole('radio', { name: /^Remedies/ }).click();
  await page.getByRole('button', { name: 'Look for remedies' }).click();
  const remedies = page.getByRole('region', { name: 'Remedies, the best first' });
  await expect(remedies).toBeVisible({ timeout: 150_000 });
  await picture(page, 'test-remedies');
  await remedies
    .getByRole('button', { name: /^Apply/ })
    .first()
    .click();
  await expect(page.getByText('Nothing is damaged in this run')).toBeVisible({ timeout: 150_000 });
});

test('where only the step is too large, a smaller step alone is the remedy', async ({ page }) => {
  test.setTimeout(240_000);
  const studio = new Studio(page);
  await studio.openDemo();
  await studio.goTo('Map');
  await page.getByRole('radio', { name: 'List' }).click();
  await page.getByRole('button', { name: 'Remove severity -> treated' }).click();
  await studio.goTo('Generate');
  const main = page.getByRole('main');
  await main.getByRole('radio', { name: 'A number' }).click();
  await main.getByLabel('Rows', { exact: true }).fill('1000');
  await page.keyboard.press('Tab');
  await page.getByRole('switch', { name: 'Let the data choose the step' }).click();
  const dial = page.getByRole('slider', { name: 'Trust in the map' });
  await dial.press('End');
  await studio.generate();
  await studio.test();
  const damaged = page.getByRole('button', { name: /^Damaged/ });
  const count = async () => Number.parseInt((await damaged.innerText()).replace(/^Damaged\s*/, ''), 10);
  const before = await count();
  expect(before).toBeGreaterThan(0);
  await page.getByRole('radio', { name: /^Remedies/ }).click();
  await page.getByRole('button', { name: 'Look for remedies' }).click();
  const smaller = page.getByRole('button', { name: /^Apply: Trust the map less: steps of/ }).first();
  await expect(smaller).toBeVisible({ timeout: 150_000 });
  await smaller.click();
  await expect(page.getByRole('progressbar')).toHaveCount(0, { timeout: 150_000 });
  await page.getByRole('radio', { name: 'Statements' }).click();
  await expect.poll(count, { timeout: 150_000 }).toBeLessThan(before);
  // Nothing else was touched: the map still lacks its arrow, the dial stands lower.
  await studio.goTo('Generate');
  await expect(page.getByRole('slider', { name: 'Trust in the map' })).not.toHaveAttribute('aria-valuenow', '1');
  await studio.goTo('Map');
  await expect(page.getByRole('button', { name: 'Remove severity -> treated' })).toHaveCount(0);
});
