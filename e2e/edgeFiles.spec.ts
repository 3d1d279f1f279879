import { expect, test } from '@playwright/test';
import { Studio } from './studio';

/** Files that nothing can be learned from, or little: each gets a sentence and a way on. */

const ROWS = 400;
/** The same numbers in every run; no column has anything to do with another. */
const noise = (row: number, column: number) => {
  const x = Math.sin(row * 12.9898 + column * 78.233) * 43_758.5453;
  return x - Math.floor(x);
};
const csv = (header: string, cells: (row: number) => readonly string[]) =>
  `${[header, ...Array.from({ length: ROWS }, (_, row) => cells(row).join(','))].join('\n')}\n`;
const number = (row: number, column: number) => noise(row, column).toFixed(3);
const outcome = (row: number) => (row % 13 === 5 ? 'yes' : 'no');

async function mapAndGenerate(studio: Studio, columns: readonly string[]): Promise<void> {
  const { page } = studio;
  await studio.goTo('Data');
  await page.getByLabel('Column with the outcome (target)').selectOption('y');
  await studio.goTo('Map');
  for (const name of columns) await page.getByRole('button', { name: `Add ${name}`, exact: true }).click();
  await studio.generate();
}

test('an empty file: what is wrong, another file, and back to the table that was open', async ({ page }) => {
  const studio = new Studio(page);
  await studio.openDemo();
  await studio.drop('empty.csv', '');
  await studio.goTo('Data');
  await expect(
    page.getByText('empty.csv: The file is empty: choose a file with a header and at least one row.').first(),
  ).toBeVisible();
  await expect(page.getByRole('button', { name: 'Choose another file' })).toBeVisible();
  await page.getByRole('button', { name: 'Back to rare-disease.csv' }).click();
  await expect(page.getByText('empty.csv:')).toHaveCount(0);
  await expect(page.getByText('6,000').first()).toBeVisible();
});

test('one class only: no outcome can be chosen, and generating says so', async ({ page }) => {
  const studio = new Studio(page);
  await studio.openDemo();
  await studio.drop(
    'one-class.csv',
    csv('a,b,y', (row) => [number(row, 1), number(row, 2), 'no']),
  );
  await studio.goTo('Data');
  await expect(page.getByText(/^No column can be the outcome: a target needs at least two/)).toBeVisible();
  await studio.goTo('Generate');
  await expect(page.getByText('Rows are made for a rare outcome, and none is chosen yet.')).toBeVisible();
  await page.getByRole('button', { name: 'Choose the outcome' }).click();
  await expect(page.getByRole('heading', { name: 'Data', exact: true })).toBeVisible();
});

test('three rare rows: made, with the warning that nothing can be validated', async ({ page }) => {
  const studio = new Studio(page);
  await studio.openDemo();
  await studio.drop(
    'three.csv',
    csv('a,b,y', (row) => [number(row, 1), number(row, 2), row % 133 === 5 && row < 390 ? 'yes' : 'no']),
  );
  await mapAndGenerate(studio, ['a', 'b']);
  await expect(page.getByText('Only 3 rare rows: nothing made from so few can be validated.').first()).toBeVisible();
});

test('a constant and an id stay off the map, with the reason', async ({ page }) => {
  const studio = new Studio(page);
  await studio.openDemo();
  await studio.drop(
    'useless.csv',
    csv('patient,c,a,y', (row) => [`P-${1000 + row}`, '7', number(row, 1), outcome(row)]),
  );
  await studio.goTo('Data');
  await expect(page.getByText(/an id, carried but never learned from/)).toBeVisible();
  await expect(page.getByText('Every cell is the same: 7.')).toBeVisible();
  await mapAndGenerate(studio, ['a']);
  await studio.goTo('Map');
  await expect(page.getByRole('button', { name: 'Add patient', exact: true })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Add c', exact: true })).toHaveCount(0);
  const text = await studio.exportCsv();
  expect(text.split('\n')[1]!.startsWith('P-1000,7,')).toBe(true);
});

test('40 % missing: told where, and made as missing as the real rows', async ({ page }) => {
  const studio = new Studio(page);
  await studio.openDemo();
  await studio.drop(
    'gaps.csv',
    csv('a,b,y', (row) => [noise(row, 1) < 0.4 ? '' : number(row, 3), number(row, 2), outcome(row)]),
  );
  await studio.goTo('Data');
  await expect(page.getByRole('row', { name: /^a\b.*\b(3[5-9]|4[0-5]) %/ })).toBeVisible();
  await mapAndGenerate(studio, ['a', 'b']);
  await expect(page.getByText(/cells of "a" are missing: being missing is learned from its parents/)).toBeVisible();
  const made = (await studio.exportCsv())
    .trimEnd()
    .split('\n')
    .slice(1 + ROWS);
  const empty = made.filter((line) => line.startsWith(',')).length / made.length;
  expect(empty).toBeGreaterThan(0.25);
  expect(empty).toBeLessThan(0.55);
});
