import { expect, test } from '@playwright/test';
import { Studio } from './studio';

test('the real rows diagnosed: advice, a pair shown on the map, every view, and out of date after an edit', async ({
  page,
}) => {
  const studio = new Studio(page);
  await studio.openDemo();
  await studio.goTo('Diagnose');
  const card = page.getByRole('region', { name: 'What to do' });
  await expect(card.getByText(/^Augment with care: \d+ rare rows/)).toBeVisible({ timeout: 60_000 });
  await expect(card.getByText(/Being missing depends on the class in crp/)).toBeVisible();
  await expect(page.getByRole('table', { name: 'Columns by class' }).getByText('severity')).toBeVisible();
  await studio.expectAccessible('diagnosis');

  await page.getByRole('radio', { name: 'Pairs' }).click();
  const pairs = page.getByRole('table', { name: 'Pairs of columns' });
  await expect(pairs).toBeVisible();
  await page.getByRole('img', { name: /^Associations of \d+ columns/ }).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('button', { name: 'Show on the map' })).toBeVisible();

  for (const [view, found] of [
    ['Interactions', /Effects that add up take|are too few to tell/],
    ['Time', /The share of rare rows|At \d{4}-/],
    ['Cases', /Under 5 each is a guess/],
    ['Overlap', /of the rows have a value of treated/],
  ] as const) {
    await page.getByRole('radio', { name: view }).click();
    await expect(page.getByText(found).first()).toBeVisible();
  }

  await page.getByRole('radio', { name: 'Pairs' }).click();
  await pairs.getByText('smoker – hospital').click();
  await page.getByRole('button', { name: 'Show on the map' }).click();
  await expect(page.getByRole('navigation', { name: 'Stages' }).getByRole('button', { name: /^Map/ })).toHaveAttribute(
    'aria-current',
    'page',
  );
  await page.keyboard.press('Delete');
  await studio.goTo('Diagnose');
  await expect(page.getByText(/has changed since: look again/)).toBeVisible();
});
