import { readFile } from 'node:fs/promises';
import { expect, type Page, test } from '@playwright/test';
import { Studio } from './studio';

const table = (shift: number) =>
  `age,dose,sick\n${Array.from({ length: 90 }, (_, i) => `${20 + ((i * 7 + shift) % 50)},${(i * 13) % 40},${i % 9 === 0 ? 'yes' : 'no'}`).join('\n')}\n`;

const menu = async (page: Page, item: string) => {
  await page.getByRole('button', { name: 'Project menu' }).click();
  await page.getByRole('menuitem', { name: item, exact: true }).click();
};

test('projects are renamed, copied, deleted and brought back', async ({ page }) => {
  const studio = new Studio(page);
  await page.goto('./');
  await expect(page.getByRole('button', { name: 'Open a table' })).toBeVisible();
  await studio.drop('first.csv', table(0));
  await expect(page.getByRole('tab', { name: 'Rows (90)' })).toBeVisible();
  await studio.drop('second.csv', table(3));
  await expect(page.getByText('second.csv').first()).toBeVisible();
  await menu(page, 'All projects…');
  const list = page.getByRole('list', { name: 'Projects in this browser' });
  await list.getByRole('button', { name: 'Rename first' }).click();
  await list.getByRole('textbox', { name: 'New name of first' }).fill('Renamed');
  await page.keyboard.press('Enter');
  await list.getByRole('button', { name: 'Duplicate Renamed' }).click();
  await expect(list.getByRole('button', { name: /^Renamed \(copy\)/ })).toBeVisible();
  await list.getByRole('button', { name: 'Delete Renamed', exact: true }).click();
  await expect(list.getByRole('button', { name: /^Renamed \d/ })).toHaveCount(0);
  await page.getByRole('button', { name: 'Bring it back' }).click();
  await expect(list.getByRole('button', { name: 'Delete Renamed', exact: true })).toBeVisible();
  await expect(page.getByText(/ used\. /)).toBeVisible();
  await list.getByRole('button', { name: /^Renamed \d/ }).click();
  await expect(page.getByRole('textbox', { name: 'Project name' })).toHaveValue('Renamed');
  // The copy works on the same table, and its own name.
  await studio.goTo('Data');
  await expect(page.getByText('first.csv').first()).toBeVisible();
});

test('a project with its table goes to another browser in one file', async ({ page, browser }) => {
  const studio = new Studio(page);
  await page.goto('./');
  await expect(page.getByRole('button', { name: 'Open a table' })).toBeVisible();
  await studio.drop('first.csv', table(0));
  await expect(page.getByRole('tab', { name: 'Rows (90)' })).toBeVisible();
  const download = page.waitForEvent('download');
  await menu(page, 'Save it with its table');
  const file = await download;
  expect(file.suggestedFilename()).toBe('first.counterpoise');
  const text = await readFile(await file.path(), 'utf8');
  expect(text.endsWith(table(0))).toBe(true);

  const context = await browser.newContext();
  const elsewhere = await context.newPage();
  const other = new Studio(elsewhere);
  await elsewhere.goto('./');
  await expect(elsewhere.getByRole('button', { name: 'Open a table' })).toBeVisible();
  await other.drop('cut.counterpoise', text.slice(0, -5));
  await expect(elsewhere.getByText(/the table inside is cut short/)).toBeVisible();
  await other.drop('first.counterpoise', text);
  await expect(elsewhere.getByRole('textbox', { name: 'Project name' })).toHaveValue('first');
  await other.goTo('Data');
  await expect(elsewhere.getByRole('tab', { name: 'Rows (90)' })).toBeVisible();
  await context.close();
});

test('of two tabs one writes, and the other can take over', async ({ page, context }) => {
  const studio = new Studio(page);
  await page.goto('./');
  await expect(page.getByRole('button', { name: 'Open a table' })).toBeVisible();
  await studio.drop('first.csv', table(0));
  await expect(page.getByRole('tab', { name: 'Rows (90)' })).toBeVisible();
  const name = (tab: Page) => tab.getByRole('textbox', { name: 'Project name' });
  await name(page).fill('One');
  await page.keyboard.press('Enter');
  // Saved 300 ms after the edit; the list shows it.
  await menu(page, 'All projects…');
  await expect(page.getByRole('list', { name: 'Projects in this browser' })).toContainText('One');
  await page.keyboard.press('Escape');

  const second = await context.newPage();
  await second.goto('./');
  await expect(name(second)).toHaveValue('One');
  const warning = second.getByText('This project is open in another tab');
  await expect(warning.first()).toBeVisible();
  await name(second).fill('Lost');
  await second.keyboard.press('Enter');
  await expect(second.getByText(/take it over to edit it here/)).toBeVisible();

  // An edit of the first tab, not yet saved when it loses the project, is not lost.
  await name(page).fill('Two');
  await page.keyboard.press('Enter');
  await second.getByRole('button', { name: 'Take over' }).click();
  await expect(name(second)).toHaveValue('Two');
  await expect(second.getByRole('button', { name: 'Take over' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Take over' })).toBeVisible();
  await name(second).fill('Three');
  await second.keyboard.press('Enter');
  await expect(name(second)).toHaveValue('Three');
});
