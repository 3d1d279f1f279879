import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { parseCsv, Studio, weightedShare } from './studio';

const file = '../shared/data/lending_club.csv';

test('a real file: dropped, mapped by mouse and by keyboard, augmented and exported', async ({ page }) => {
  const isThere = existsSync(file);
  if (!isThere) console.log(`Skipped: ${file} is not on this machine.`);
  test.skip(!isThere, `${file} is not on this machine`);
  test.setTimeout(300_000);
  const source = readFileSync(file, 'utf8');
  const studio = new Studio(page);
  await studio.openDemo();
  await studio.drop('lending_club.csv', source);

  await studio.goTo('Data');
  await expect(page.getByText('9,857').first()).toBeVisible({ timeout: 30_000 });
  await page.getByLabel('Column with the outcome (target)').selectOption('Class');
  const bad = page.getByRole('checkbox', { name: /^bad/ });
  if (!(await bad.isChecked())) await bad.check();

  await studio.goTo('Map');
  const columns = ['int_rate', 'annual_inc', 'revol_util', 'term'];
  for (const name of columns) await page.getByRole('button', { name: `Add ${name}`, exact: true }).click();
  await expect(studio.node('Class')).toBeVisible();
  await page.getByRole('button', { name: 'Arrange' }).click();
  await page.getByRole('button', { name: 'Fit' }).click();
  await page.waitForTimeout(800);

  await studio.drawArrow('revol_util', 'int_rate');
  await expect(page.getByRole('button', { name: /^Undo: Draw revol_util (->|→) int_rate/ })).toBeVisible();
  // By keyboard: two selects and a button in the list.
  await page.getByRole('radio', { name: 'List' }).press('Enter');
  const connect = async (from: string, to: string) => {
    await page.getByLabel('Cause', { exact: true }).selectOption(from);
    await page.getByLabel('Effect', { exact: true }).selectOption(to);
    await page.getByRole('button', { name: 'Add arrow' }).last().press('Enter');
    await expect(page.getByRole('button', { name: new RegExp(`^Remove ${from} (->|→) ${to}$`) })).toBeVisible();
  };
  await expect(page.getByRole('button', { name: /^Remove revol_util (->|→) int_rate$/ })).toBeVisible();
  for (const [from, to] of [
    ['annual_inc', 'revol_util'],
    ['int_rate', 'Class'],
    ['annual_inc', 'Class'],
    ['term', 'int_rate'],
    ['term', 'Class'],
  ] as const)
    await connect(from, to);
  // An arrow that would close a circle is refused in words.
  await page.getByLabel('Cause', { exact: true }).selectOption('int_rate');
  await page.getByLabel('Effect', { exact: true }).selectOption('annual_inc');
  await page.getByRole('button', { name: 'Add arrow' }).last().press('Enter');
  await expect(page.getByText(/int_rate → annual_inc would close a cycle/).first()).toBeVisible();

  await studio.generate();
  await studio.goTo('Inspect');
  const plot = page.getByRole('application', { name: / against / });
  await plot.focus();
  await plot.press('n');
  await expect(page.getByText(/cells differ from the donor|^Row /).first()).toBeVisible();
  await studio.test();
  const text = await studio.exportCsv();

  const { header, rows, lines } = parseCsv(text);
  const original = source.trimEnd().split(/\r?\n/);
  expect(lines.slice(1, original.length).every((line, i) => line.startsWith(`${original[i + 1]},0,`))).toBe(true);
  const at = (name: string) => header.indexOf(name);
  const real = rows.slice(0, original.length - 1);
  const synthetic = rows.slice(original.length - 1);
  expect(synthetic.length).toBe(
    real.filter((row) => row[at('Class')] === 'good').length - real.filter((row) => row[at('Class')] === 'bad').length,
  );
  expect(synthetic.every((row) => row[at('Class')] === 'bad' && row[at('is_synthetic')] === '1')).toBe(true);
  expect(
    synthetic.every((row) => ['term_36', 'term_60'].includes(row[at('term')]!) && Number(row[at('int_rate')]) > 0),
  ).toBe(true);
  expect(weightedShare(rows, at('Class'), at('weight'), 'bad')).toBeCloseTo(517 / 9857, 6);
});
