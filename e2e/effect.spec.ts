import { expect, test } from '@playwright/test';
import { Studio } from './studio';

test('the map answers what to hold fixed, why another set is not enough, and which paths are open', async ({
  page,
}) => {
  const studio = new Studio(page);
  await studio.openDemo();
  const panel = page.getByRole('region', { name: 'Effect of treated on disease' });
  await expect(panel.getByText(/is open|stays open|not enough/).first()).toBeVisible();
  const held = panel.getByRole('list', { name: 'Held fixed' });
  await panel
    .getByRole('list', { name: /^Enough to hold fixed/ })
    .getByRole('button', { name: 'severity' })
    .click();
  await expect(panel.getByText('Holding severity fixed is enough.')).toBeVisible();
  await held.getByRole('button', { name: 'crp' }).click();
  await expect(panel.getByText('Holding severity fixed is enough.')).toHaveCount(0);
  await held.getByRole('button', { name: 'crp' }).press('Enter');
  await expect(panel.getByText('Holding severity fixed is enough.')).toBeVisible();

  await panel.getByText(/^\d+ paths, 2 open$/).click();
  await panel.getByRole('button', { name: /^treated → crp → disease/ }).click();
  await expect(page.getByText(/^3 nodes and 2 arrows selected/)).toBeVisible();
  await expect(panel.getByRole('button', { name: /^treated → crp → disease/ })).toBeVisible();

  await panel.getByRole('radio', { name: 'Direct' }).click();
  await expect(panel.getByText('Holding severity fixed is enough.')).toHaveCount(0);
  await panel
    .getByRole('list', { name: /^Enough to hold fixed/ })
    .getByRole('button')
    .first()
    .click();
  await expect(panel.getByText(/fixed is enough\.$/)).toBeVisible();
});

test('what is said of arrows and columns is kept, and time forbids an arrow back', async ({ page }) => {
  const studio = new Studio(page);
  await studio.openDemo();
  await studio.node('age').click();
  await expect(page.getByLabel('Tier in time')).toHaveValue('0');
  await expect(page.getByLabel('Cannot be changed')).toBeChecked();
  await studio.node('smoker').click();
  await page.getByLabel('Cannot be changed').click();
  await expect(page.getByLabel('Cannot be changed')).toBeChecked();
  await page.getByLabel('Tier in time').selectOption('1');
  await studio.node('age').click();
  await page.getByLabel('Tier in time').selectOption('2');
  await expect(
    page.getByText('age → smoker would point back in time: age is of tier 2, smoker of tier 1.').first(),
  ).toBeVisible();
  await expect(page.getByLabel('Tier in time')).toHaveValue('0');
  await page.keyboard.press('Escape');
  await page.getByRole('radio', { name: 'List' }).click();
  await page.getByRole('button', { name: /^Undo: Set the tier of smoker/ }).click();
  await page.getByRole('radio', { name: 'Canvas' }).click();
  await studio.node('smoker').click();
  await expect(page.getByLabel('Tier in time')).toHaveValue('0');
  await studio.expectAccessible('node inspector');
});
