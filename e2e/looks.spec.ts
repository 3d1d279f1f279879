import { expect, type Page, test } from '@playwright/test';
import { inspectViews, Studio } from './studio';

// Fonts and smoothing differ between machines: whatever is out of place is far above this share.
const look = { maxDiffPixelRatio: 0.01, threshold: 0.3, animations: 'disabled' } as const;

/** The stage as it looks in both themes. */
async function picture(page: Page, name: string): Promise<void> {
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await expect(page.locator(`html[data-theme="${scheme}"]`)).toHaveCount(1);
    // Pictures of points are painted in another thread, in the colours of the theme.
    await page.waitForTimeout(600);
    await expect(page.getByRole('main')).toHaveScreenshot(`${name}-${scheme}.png`, look);
  }
}

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
  await show(/^Remedies/);
  await picture(page, 'test-remedies');
  await show(/^All generators/);
  await picture(page, 'test-arms');
});
