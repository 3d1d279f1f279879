import { expect, test } from '@playwright/test';
import { Studio } from './studio';

test('an expert opens a mechanism, pins a family, holds an effect, and sees the scores change', async ({ page }) => {
  test.setTimeout(180_000);
  page.setDefaultTimeout(30_000);
  const studio = new Studio(page);
  await studio.openDemo();
  await studio.generate();
  const main = page.getByRole('main');

  // By keyboard alone: the column's name opens its card, Escape gives the focus back.
  const name = main
    .getByRole('region', { name: 'Mechanisms learned' })
    .getByRole('button', { name: 'crp', exact: true });
  await name.focus();
  await page.keyboard.press('Enter');
  const card = page.getByRole('dialog', { name: 'crp' });
  await expect(card).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(card).toBeHidden();
  await expect(name).toBeFocused();
  await page.keyboard.press('Enter');

  // The card says how it is learned and how well.
  await expect(card.getByText('Without parents', { exact: true })).toBeVisible();
  await expect(card.getByRole('region', { name: 'Effects of the parents' }).getByRole('img').first()).toBeVisible();
  const factOf = (label: string) => card.getByText(label, { exact: true }).locator('xpath=following-sibling::dd');
  const families = card.getByRole('region', { name: 'Families tried' });
  const scoreTaken = families.getByRole('row').filter({ hasText: /taken/ }).getByRole('cell').first();
  const before = await scoreTaken.innerText();
  const taken = (
    await families.getByRole('row').filter({ hasText: /taken/ }).getByRole('rowheader').innerText()
  ).replace(/\s*taken$/, '');
  // Best first: the last one does worst.
  const labels = await families.getByRole('rowheader').allInnerTexts();
  const other = labels.map((label) => label.replace(/\s*taken$/, '')).findLast((label) => label !== taken)!;
  await studio.expectAccessible('mechanism card');

  // Another family is pinned, the effect of a parent is held to a direction.
  const override = card.getByRole('region', { name: 'Override' });
  await override.getByLabel('Family').selectOption({ label: other });
  await page.keyboard.press('Escape');
  await expect(main.getByText(/is out of date: the .*changed since it was made/)).toBeVisible();
  await studio.generate();
  const row = main.getByRole('region', { name: 'Mechanisms learned' }).getByRole('row', { name: /^crp/ });
  await expect(row).toContainText(other);
  await name.click();
  await expect(families.getByRole('row').filter({ hasText: /taken/ })).toContainText(other);
  await expect(scoreTaken).not.toHaveText(before);

  // Never falls: the effect at the higher end is at least the one at the lower end.
  await override.getByLabel('Family').selectOption('');
  await override.getByLabel(/^With severity, crp$/).selectOption({ label: 'never falls' });
  await page.keyboard.press('Escape');
  await studio.generate();
  await name.click();
  await expect(override.getByLabel(/^With severity, crp$/)).toHaveValue('up');
  await expect(factOf('Score')).toHaveText(/^-?\d+\.\d{3}/);

  // A family may be ruled out; what has to learn the column stays.
  const boxes = families.getByRole('checkbox');
  await boxes.last().uncheck();
  await expect(boxes.last()).not.toBeChecked();
});
