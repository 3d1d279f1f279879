import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { parseCsv, type StageName, Studio, weightedShare } from './studio';

const stages: readonly StageName[] = ['Data', 'Map', 'Rules', 'Generate', 'Inspect', 'Test', 'Report'];

test('from the first visit to an augmented file, the same as from the command line', async ({ page }) => {
  test.setTimeout(240_000);
  const studio = new Studio(page);
  await studio.openDemo();
  await studio.generate();
  await expect(page.getByText('No row breaks a rule.').first()).toBeVisible();
  await studio.goTo('Inspect');
  await expect(page.getByRole('heading', { name: 'Inspect' })).toBeVisible();
  await studio.test();
  await expect(page.getByRole('button', { name: /^Expected from balancing/ })).toBeVisible();
  const text = await studio.exportCsv();

  const { header, rows, lines } = parseCsv(text);
  const at = (name: string) => header.indexOf(name);
  const synthetic = rows.filter((row) => row[at('is_synthetic')] === '1');
  const real = rows.filter((row) => row[at('is_synthetic')] === '0');
  expect(real.length).toBe(6000);
  expect(synthetic.length).toBeGreaterThan(5000);
  expect(rows.every((row) => row.length === header.length)).toBe(true);
  const rare = real.filter((row) => row[at('disease')] === 'yes').length;
  expect(weightedShare(rows, at('disease'), at('weight'), 'yes')).toBeCloseTo(rare / 6000, 6);
  const doses = new Set(['0', '10', '20', '30', '40', '50']);
  const wrong = synthetic.filter(
    (row) =>
      row[at('disease')] !== 'yes' ||
      !doses.has(row[at('dose')]!) ||
      (row[at('treated')] === 'no') !== (row[at('dose')] === '0') ||
      (row[at('pregnant')] === 'yes' && row[at('sex')] === 'male'),
  );
  expect(wrong.slice(0, 3)).toEqual([]);

  // The project and the real rows, given to the command line, make the same bytes.
  await studio.goTo('Report');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download project' }).click();
  const folder = mkdtempSync(join(tmpdir(), 'counterpoise-'));
  const [data, project, out] = ['rare-disease.csv', 'project.json', 'out.csv'].map((name) => join(folder, name));
  await (await download).saveAs(project!);
  const width = at('is_synthetic');
  writeFileSync(
    data!,
    `${lines
      .slice(0, 6001)
      .map((line) => line.split(',').slice(0, width).join(','))
      .join('\n')}\n`,
  );
  const cli = [
    'dist-cli/counterpoise.mjs',
    'augment',
    data!,
    '--map',
    project!,
    '--target',
    'disease',
    '--minority',
    'yes',
    '--out',
    out!,
  ];
  execFileSync(process.execPath, cli);
  const made = parseCsv(readFileSync(out!, 'utf8'));
  const cut = (all: readonly string[]) =>
    all.slice(1).map((line) =>
      line
        .split(',')
        .slice(0, width + 2)
        .join(','),
    );
  const [here, there] = [cut(lines), cut(made.lines)];
  expect(there.length).toBe(here.length);
  // The first row that differs: a comparison of ten thousand lines at once takes minutes to print.
  expect(there.find((line, i) => line !== here[i])).toBe(here.find((line, i) => line !== there[i]));
});

test('every stage is accessible in light and in dark', async ({ page }) => {
  test.setTimeout(240_000);
  const studio = new Studio(page);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await studio.openDemo();
  await expect(page.getByRole('progressbar')).toHaveCount(0, { timeout: 60_000 });
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ reducedMotion: 'reduce', colorScheme });
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
    // The theme arrives with the next frames; colours read before that are of both.
    await page.waitForTimeout(300);
    for (const stage of stages) {
      await studio.goTo(stage);
      await expect(page.getByRole('main')).toBeVisible();
      await studio.expectAccessible(`${stage}, ${colorScheme}`);
    }
  }
});
