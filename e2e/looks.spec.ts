import { expect, type Page, test } from '@playwright/test';
import { inspectViews, picture, Studio } from './studio';

const settled = (page: Page) => expect(page.locator('[data-waiting="true"]')).toHaveCount(0, { timeout: 60_000 });

test('every view of Inspect and of Test looks as it did, in both themes', async ({ page }) => {
  test.setTimeout(300_000);
  const studio = new Studio(page);
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await studio.openDemo();
  await studio.generate();
  await studio.goTo('Inspect');
  const views = page.getByRole('radiogroup', { name: 'View', exact: true });
  for (const [view, sign] of inspectViews) {
    await views.getByRole('radio', { name: view, exact: true }).click();
    await expect(page.getByRole('main').getByText(sign).first()).toBeVisible({ timeout: 60_000 });
    await settled(page);
    await picture(page, `inspect-${view.toLowerCase()}`);
  }
  await studio.test();
  const parts = page.getByRole('radiogroup', { name: 'What to look at' });
  const show = (name: RegExp) => parts.getByRole('radio', { name }).click();
  await picture(page, 'test-statements');
  await show(/^Paths/);
  await picture(page, 'test-paths');
  await show(/^Fidelity/);
  await picture(page, 'test-fidelity');
  await show(/^Mechanisms/);
  await page.getByRole('button', { name: 'Check on held-out rows' }).click();
  await expect(page.getByRole('progressbar')).toHaveCount(0, { timeout: 100_000 });
  await picture(page, 'test-mechanisms');
});

test('every generator put to the same tests looks as it did', async ({ page }) => {
  test.setTimeout(500_000);
  const studio = new Studio(page);
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await studio.openDemo();
  await studio.goTo('Test');
  const arms = page.getByRole('radio', { name: /^All generators/ });
  await expect(arms).toBeVisible({ timeout: 100_000 });
  await arms.click();
  await page.getByRole('button', { name: 'Test every generator' }).click();
  await expect(page.getByRole('button', { name: 'Test all again' })).toBeVisible({ timeout: 400_000 });
  await picture(page, 'test-arms', ['light']);
});
