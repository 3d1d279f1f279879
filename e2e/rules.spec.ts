import { expect, test } from '@playwright/test';
import { parseCsv, Studio } from './studio';

test('rules: a sentence, a text with an error, one found in the data, a conflict refused, a run that keeps them all', async ({
  page,
}) => {
  test.setTimeout(180_000);
  const studio = new Studio(page);
  await studio.openDemo();

  // From the map: the wish for a rule about a column opens a draft about it.
  await studio.node('bmi').click();
  await page.getByRole('region', { name: 'Rules' }).getByRole('button', { name: 'Add a rule' }).click();
  await expect(page.getByRole('heading', { name: 'Rules', level: 1 })).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'Column' })).toHaveValue('bmi');

  // As a sentence: how many real rows disagree is said before it is accepted, and a reason is required.
  await page.getByRole('spinbutton', { name: 'Smallest value' }).fill('15');
  await expect(page.getByText('“bmi is at least 15”')).toBeVisible();
  await expect(page.getByText(/^\d+ of 6,000 real rows disagree/)).toBeVisible();
  await page.getByRole('button', { name: 'Show them' }).click();
  const offenders = page.getByRole('dialog', { name: 'Real rows that break the rule' });
  await expect(offenders.getByRole('columnheader', { name: 'bmi' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Accept the rule' }).click();
  await expect(page.getByText(/a rule without a reason/)).toBeVisible();
  await page.getByRole('textbox', { name: 'Why it holds (required)' }).fill('Below it the scale was misread.');
  await page.getByRole('button', { name: 'Accept the rule' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'bmi is at least 15' })).toBeVisible();

  // As text: a mistake is told with its place, then the mended line is accepted with the reason it carries.
  await page.getByRole('radio', { name: 'As text' }).click();
  const text = page.getByRole('textbox', { name: /Rules, one a line/ });
  await text.fill('if treated = "no" then doze < 5 # none is given');
  await expect(page.getByText('At character 24: there is no column "doze"; did you mean "dose"?')).toBeVisible();
  await text.fill('if age < 20 then crp <= 40 # children were not followed up');
  await page.getByRole('button', { name: 'Accept the rule' }).click();
  await expect(
    page.getByRole('listitem').filter({ hasText: 'crp is at most 40 whenever age is below 20' }),
  ).toBeVisible();

  // What cannot hold together with the others is refused, with the ones it is at odds with.
  await text.fill('bmi <= 12 # a slip');
  await expect(page.getByText(/No row can keep both “bmi is at least 15” and “bmi is at most 12”/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Accept the rule' })).toBeDisabled();
  await text.fill('');

  // Found in the data: without the demo's rule about dose and treatment, the data suggest it again.
  await page.getByRole('button', { name: 'Delete: dose is 0 whenever treated is no' }).click();
  await page.getByRole('radio', { name: 'Found in the data' }).click();
  await page.getByRole('button', { name: 'Look for rules in the data' }).click();
  const found = page
    .getByRole('region', { name: 'How columns hang together' })
    .getByRole('listitem')
    .filter({ hasText: 'dose is 0 whenever treated is no' });
  await expect(found).toContainText('None of 4,329 rows breaks it', { timeout: 40_000 });
  await found.getByRole('textbox').fill('No drug, no dose.');
  await found.getByRole('textbox').press('Enter');
  await page.getByRole('radio', { name: /^Accepted/ }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'Because: No drug, no dose.' })).toBeVisible();
  await studio.expectAccessible('Rules');

  // The run keeps every rule, says what each cost, and a second reading of the rows agrees.
  await studio.generate();
  await studio.goTo('Rules');
  await expect(page.getByText(/turned down [\d,]+ of [\d,]+ proposed rows/).first()).toBeVisible();
  const file = await studio.exportCsv();
  await expect(
    page.getByText(/No synthetic row breaks any of the 7 rules, as a second, independent reading/),
  ).toBeVisible();
  const { header, rows } = parseCsv(file);
  const cell = (row: readonly string[], name: string) => row[header.indexOf(name)]!;
  const broken = rows.filter(
    (row) =>
      cell(row, 'is_synthetic') === '1' &&
      ((cell(row, 'bmi') !== '' && Number(cell(row, 'bmi')) < 15) ||
        (Number(cell(row, 'age')) < 20 && Number(cell(row, 'crp')) > 40) ||
        (cell(row, 'treated') === 'no') !== (cell(row, 'dose') === '0')),
  );
  expect(broken.slice(0, 3)).toEqual([]);
});
