import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { Studio } from './studio';

/** Loans of another bank: other names, one column less, and one whose kind does not fit. */
function loans(): string {
  const lines = [
    'Applicant Age,annual_income,FICO score,Utilization,late payments,int_rate,loan amount,group,bad loan',
  ];
  for (let i = 0; i < 240; i++) {
    const cells = [
      20 + (i % 45),
      20_000 + ((i * 7919) % 60_000),
      450 + ((i * 37) % 350),
      ((i * 13) % 100) / 100,
      i % 13,
      (0.05 + ((i * 17) % 200) / 1000).toFixed(3),
      2000 + ((i * 331) % 20_000),
      i % 3 === 0 ? 'B' : 'A',
      i % 12 === 0 ? 'yes' : 'no',
    ];
    lines.push(cells.join(','));
  }
  return `${lines.join('\n')}\n`;
}

test('a template is put on the columns of another table, and taken back', async ({ page }) => {
  const studio = new Studio(page);
  await page.goto('./');
  await expect(page.getByRole('button', { name: 'Open a table' })).toBeVisible();
  await studio.drop('loans.csv', loans());
  await expect(page.getByText('loans.csv').first()).toBeVisible();
  await page.getByRole('button', { name: 'Project menu' }).click();
  await page.getByRole('menuitem', { name: 'Use a template…' }).click();
  await page.getByRole('button', { name: /^Credit default/ }).click();

  const wizard = page.getByRole('dialog', { name: 'Credit default: which column is which?' });
  const column = (name: string) => wizard.getByRole('combobox', { name: `Column for ${name}` });
  const shown = (name: string) => column(name).locator('option:checked');
  await expect(shown('age')).toHaveText('Applicant Age');
  await expect(shown('income')).toHaveText('annual_income');
  await expect(shown('score')).toHaveText('FICO score');
  await expect(shown('utilisation')).toHaveText('Utilization');
  await expect(shown('late_payments')).toHaveText('late payments');
  await expect(shown('rate')).toHaveText('int_rate');
  await expect(shown('loan')).toHaveText('loan amount');
  await expect(shown('group')).toHaveText('group');
  await expect(shown('default')).toHaveText('bad loan');
  // What the table does not have is told, not guessed.
  await expect(shown('employed_years')).toHaveText('Not recorded: keep as latent');
  await expect(wizard.getByText(/rules? will be left out, for want of a column/)).toBeVisible();
  await studio.expectAccessible('mapping');

  // One column for two, and a kind that does not fit, are refused in a sentence.
  await column('dti').selectOption({ label: 'int_rate' });
  await wizard.getByRole('button', { name: 'Use the template' }).click();
  await expect(wizard.getByRole('alert')).toContainText('int_rate is chosen for both');
  await column('dti').selectOption({ label: 'group' });
  await wizard.getByRole('button', { name: 'Use the template' }).click();
  await expect(wizard.getByRole('alert')).toContainText('dti needs numbers, and group holds categories');
  await column('dti').selectOption({ label: 'Leave out, with its arrows' });
  await column('term').selectOption({ label: 'Leave out, with its arrows' });
  await wizard.getByRole('button', { name: 'Use the template' }).click();

  await expect(wizard).toHaveCount(0);
  for (const name of ['annual_income', 'FICO score', 'bad loan', 'employed_years'])
    await expect(studio.node(name)).toBeVisible();
  await expect(studio.node('dti')).toHaveCount(0);
  await studio.goTo('Rules');
  await expect(page.getByText('The score has this scale.')).toBeVisible();
  await page.getByRole('button', { name: 'Undo: Use template Credit default' }).click();
  await studio.goTo('Map');
  await expect(studio.node('annual_income')).toHaveCount(0);
});

test('a template of one’s own is kept, saved as a file and opened elsewhere', async ({ page, browser }) => {
  const studio = new Studio(page);
  await studio.openDemo();
  await page.getByRole('button', { name: 'Project menu' }).click();
  await page.getByRole('menuitem', { name: 'Save as a template' }).click();
  await page.getByRole('button', { name: 'Project menu' }).click();
  await page.getByRole('menuitem', { name: 'Use a template…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Use a template' });
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Save Demo: Rare disease as a file' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/\.template\.json$/);
  const text = await readFile(await file.path(), 'utf8');
  expect(text).not.toContain('P-10000');

  const elsewhere = await browser.newPage();
  const other = new Studio(elsewhere);
  await elsewhere.goto('./');
  await expect(elsewhere.getByRole('button', { name: 'Open a table' })).toBeVisible();
  await other.drop('mine.template.json', text);
  await expect(elsewhere.getByRole('dialog', { name: 'Use a template' })).toContainText('Demo: Rare disease');
  await expect(elsewhere.getByText('Open a table first')).toBeVisible();
  await elsewhere.close();
});
