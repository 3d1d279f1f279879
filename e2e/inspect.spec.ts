import { expect, type Page, test } from '@playwright/test';
import { inspectViews, Studio } from './studio';

async function openWithRuns(page: Page): Promise<Studio> {
  const studio = new Studio(page);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await studio.openDemo();
  await studio.generate();
  await studio.goTo('Inspect');
  return studio;
}

const view = (page: Page, name: string) =>
  page.getByRole('radiogroup', { name: 'View', exact: true }).getByRole('radio', { name, exact: true }).click();

test('a SMOTE row that breaks a rule is found in the table, and its biography says what it broke', async ({ page }) => {
  test.setTimeout(180_000);
  await openWithRuns(page);
  await view(page, 'Table');
  const layers = page.getByRole('group', { name: 'Layers' });
  await layers.getByRole('button', { name: /^SMOTE/ }).click();
  await layers.getByRole('button', { name: /^Real, common/ }).click();
  await page.getByRole('button', { name: 'breaks a rule' }).click();
  const table = page.getByRole('table', { name: 'Rows of all layers' });
  // Causal twins break none: every row that is left is of SMOTE.
  await expect(layers.getByRole('button', { name: /^Run \d+ 0$/ })).toBeVisible({ timeout: 30_000 });
  await expect(table.getByRole('row').nth(1)).toContainText('Comparison');
  await table.getByRole('row').nth(1).click();

  const account = page.getByRole('complementary', { name: 'Inspector' });
  await expect(account.getByText(/^Breaks “/).first()).toBeVisible({ timeout: 60_000 });
  await expect(account.getByText('First parent', { exact: true })).toBeVisible();
  await expect(account.getByText('Second parent', { exact: true })).toBeVisible();
  await expect(account.getByText(/of the way/)).toBeVisible();
  await expect(account.getByRole('heading', { name: 'How each value came about' })).toBeVisible();
  await expect(account.getByRole('heading', { name: 'Nearest real rare rows' })).toBeVisible();
  // Its first parent is a real row, whose own account has no parents.
  await account
    .getByRole('button', { name: /^real row/ })
    .first()
    .click();
  await expect(account.getByText('First parent', { exact: true })).toHaveCount(0);
  await expect(account.getByText(/mark its \d+ synthetic row|no synthetic row/)).toBeVisible({ timeout: 30_000 });
});

test('points inside a lasso are marked in the table and on the map', async ({ page }) => {
  test.setTimeout(180_000);
  const studio = await openWithRuns(page);
  const plot = page.getByRole('application', { name: / against / });
  await expect(plot).toBeVisible();
  for (const layer of [/^Real, common/, /^Real, rare/])
    await page.getByRole('group', { name: 'Layers' }).getByRole('button', { name: layer }).click();
  await page.getByRole('radio', { name: 'Mark by lasso' }).click();
  const box = (await plot.boundingBox())!;
  const corners = [
    [0.3, 0.45],
    [0.5, 0.4],
    [0.6, 0.6],
    [0.55, 0.85],
    [0.35, 0.85],
  ] as const;
  const at = ([x, y]: readonly [number, number]) => [box.x + x * box.width, box.y + y * box.height] as const;
  await page.mouse.move(...at(corners[0]));
  await page.mouse.down();
  for (const corner of corners) await page.mouse.move(...at(corner), { steps: 5 });
  await page.mouse.up();

  const marks = page.getByRole('group', { name: 'Marked rows' });
  await expect(marks).toContainText(/[\d,]+ rows? marked/);
  const marked = Number(/([\d,]+) rows? marked/.exec((await marks.textContent())!)![1]!.replaceAll(',', ''));
  expect(marked).toBeGreaterThan(10);

  await view(page, 'Table');
  await page.getByRole('button', { name: 'marked only' }).click();
  await expect(page.getByText(`${marked.toLocaleString('en')} rows.`)).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('checkbox', { name: /^Mark synthetic row/ }).first()).toBeChecked();

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save the marked rows as CSV' }).click();
  expect((await download).suggestedFilename()).toMatch(/\.selection\.csv$/);

  await studio.goTo('Map');
  await expect(studio.node('severity').getByRole('img', { name: /marked rows as solid bars/ })).toBeVisible();
  await page.getByRole('button', { name: 'Take all marks away' }).click();
  await expect(studio.node('severity').getByRole('img', { name: /marked rows/ })).toHaveCount(0);
});

test('everything in a plot can be done by keyboard, and is said in words', async ({ page }) => {
  test.setTimeout(300_000);
  const studio = await openWithRuns(page);
  const plot = page.getByRole('application', { name: / against / });
  await expect(plot.getByRole('img', { name: /^Scatter plot of .* Synthetic: [\d,]+ points/ })).toBeVisible();
  await plot.focus();
  for (const key of ['+', '+', 'ArrowRight', 'v']) await page.keyboard.press(key);
  await expect(page.getByRole('group', { name: 'Marked rows' })).toContainText('all in view');
  await page.keyboard.press('n');
  await expect(page.getByRole('heading', { name: /^Row \d/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('group', { name: 'Marked rows' })).toHaveCount(0);
  await studio.expectAccessible('Inspect, points');
  await plot.focus();
  await page.keyboard.press('Escape');
  await expect(page.getByText('Press a point to read its biography')).toBeVisible();
  for (const [name, sign] of inspectViews) {
    if (name === 'Points') continue;
    await view(page, name);
    await expect(page.getByRole('main').getByText(sign).first()).toBeVisible({ timeout: 60_000 });
    await studio.expectAccessible(`Inspect, ${name}`);
  }
});
