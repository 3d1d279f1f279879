import { expect, test } from '@playwright/test';
import { workbook } from '../src/sources/testing/workbook';
import { Studio } from './studio';

/** What only the person can decide on the way from a file to a table. */

const rows = (count: number, cells: (row: number) => (string | number | null)[]) =>
  Array.from({ length: count }, (_, row) => cells(row));
const event = (row: number) => (row % 12 === 5 ? 'yes' : 'no');

test('the sheet of a workbook is asked for and chosen by keyboard', async ({ page }) => {
  const studio = new Studio(page);
  await studio.openDemo();
  await studio.goTo('Data');
  const blob = workbook({
    Notes: [['read me first']],
    Cases: [['dose', 'event'], ...rows(60, (row) => [row / 4, event(row)])],
  });
  const bytes = [...new Uint8Array(await blob.arrayBuffer())];
  await page.evaluate((content) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([new Uint8Array(content)], 'study.xlsx'));
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
  }, bytes);
  const dialog = page.getByRole('dialog', { name: 'Which sheet holds the table?' });
  await expect(dialog.getByRole('button', { name: /Cases/ })).toContainText('61 × 2 cells');
  await studio.expectAccessible('sheet chooser');
  await dialog.getByRole('button', { name: /Cases/ }).focus();
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole('tab', { name: 'Columns (2)' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'dose: details' })).toBeVisible();
});

test('a file too large for a tab: a sample that keeps every rare row, and says that it is one', async ({ page }) => {
  const studio = new Studio(page);
  await studio.openDemo();
  await studio.goTo('Data');
  await page.evaluate(() => {
    // Long rows: 250 MB with 250,000 of them, one in 500 rare.
    const filler = 'x'.repeat(980);
    let part = '';
    for (let i = 0; i < 10_000; i++) part += `${i % 97}.5,${i % 500 === 0 ? 'yes' : 'no'},${filler}\n`;
    const large = new File(['dose,event,note\n', ...new Array<string>(26).fill(part)], 'large.csv');
    const transfer = new DataTransfer();
    transfer.items.add(large);
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
  });
  const dialog = page.getByRole('dialog', { name: 'This file is large for a browser tab' });
  await expect(dialog).toBeVisible({ timeout: 60_000 });
  await studio.expectAccessible('sample dialog');
  await dialog.getByLabel('Column with the outcome').selectOption('event');
  await expect(dialog.getByRole('checkbox', { name: /yes/ })).toBeChecked();
  await dialog.getByLabel('Other rows to draw, about').fill('2000');
  await dialog.getByLabel('Other rows to draw, about').blur();
  await dialog.getByRole('button', { name: 'Read a sample' }).click();
  await expect(page.getByRole('heading', { name: 'large.csv' })).toBeVisible({ timeout: 90_000 });
  // 26 parts with 20 rare rows each.
  await expect(page.getByText('520 rows').first()).toBeVisible();
  await expect(page.getByText(/This is a sample/).first()).toBeVisible();
});

test('a number becomes the outcome by a threshold, and missing cells mean what is chosen', async ({ page }) => {
  const studio = new Studio(page);
  await studio.openDemo();
  await studio.goTo('Data');
  const lines = rows(120, (row) => [row % 15 === 3 ? '' : ((row * 37) % 100) + 0.5, (row * 17) % 50, event(row)]);
  await studio.drop('labs.csv', `crp,age,event\n${lines.map((cells) => cells.join(',')).join('\n')}\n`);
  await expect(page.getByRole('tab', { name: 'Columns (3)' })).toBeVisible();

  await page.getByRole('button', { name: 'crp: details' }).click();
  const details = page.getByRole('dialog');
  await details.getByLabel('What missing cells mean').selectOption('drop');
  await page.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: /^Undo/ }).click();
  await page.getByRole('button', { name: 'crp: details' }).click();
  await expect(details.getByLabel('What missing cells mean')).toHaveValue('model');
  await page.getByRole('button', { name: 'Close' }).click();

  await page.getByText('Or a number past a threshold').click();
  await page.getByLabel('Number', { exact: true }).selectOption('age');
  await page.getByLabel('Threshold').fill('45');
  await page.getByLabel('Threshold').blur();
  await page.getByRole('button', { name: 'Add the column and make it the outcome' }).click();
  await expect(page.getByRole('tab', { name: 'Columns (4)' })).toBeVisible();
  const target = page.getByLabel('Column with the outcome (target)');
  await expect(target).toHaveValue(/age/);
  await expect(page.getByRole('checkbox', { name: /^1/ })).toBeChecked();
});
