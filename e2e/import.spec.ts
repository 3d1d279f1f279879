import { expect, type Page, test } from '@playwright/test';
import { Studio } from './studio';

/** Files as people have them, through the real drop zone, the clipboard and the sheet chooser. */

const noise = (row: number, column: number) => {
  const x = Math.sin(row * 12.9898 + column * 78.233) * 43_758.5453;
  return x - Math.floor(x);
};
const lines = (header: string, rows: number, cells: (row: number) => string, newline = '\n') =>
  [header, ...Array.from({ length: rows }, (_, row) => cells(row))].join(newline) + newline;
const event = (row: number) => (row % 12 === 5 ? 'yes' : 'no');

async function dropBytes(page: Page, files: readonly (readonly [string, readonly number[]])[]): Promise<void> {
  const data = await page.evaluateHandle((all) => {
    const transfer = new DataTransfer();
    for (const [name, bytes] of all) transfer.items.add(new File([new Uint8Array(bytes)], name));
    return transfer;
  }, files);
  await page.dispatchEvent('body', 'dragover', { dataTransfer: data });
  await page.dispatchEvent('body', 'drop', { dataTransfer: data });
}

const utf16 = (text: string) => [
  0xff,
  0xfe,
  ...[...text].flatMap((c) => [c.charCodeAt(0) & 255, c.charCodeAt(0) >> 8]),
];
const latin1 = (text: string) => [...text].map((c) => c.charCodeAt(0));
const utf8 = (text: string) => [...new TextEncoder().encode(text)];

/** Name, bytes, and a sentence that the Data page must show. */
const NASTY: readonly (readonly [string, readonly number[], string | RegExp])[] = [
  ['semicolons.csv', utf8(lines('a;event', 60, (row) => `${row},5;${event(row)}`)), /decimal comma/],
  ['utf16.csv', utf16(lines('größe,event', 60, (row) => `${row},${event(row)}`)), 'utf-16le'],
  [
    'latin1.csv',
    latin1(lines('région,event', 60, (row) => `Besançon ${row % 3},${event(row)}`)),
    /read as windows-1252/,
  ],
  ['quotes.csv', utf8(lines('text,event', 60, (row) => `"a ""b"",\nc ${row % 4}",${event(row)}`)), '60'],
  [
    'ragged.csv',
    utf8(`a,b,event\n1,2,no\n3\n4,5,yes,extra\n\n${lines('7,8,no', 40, (row) => `${row},1,${event(row)}`)}`),
    /Line 3: 1 cell instead of 3/,
  ],
  [
    'duplicate.csv',
    utf8(lines('x,x,event', 60, (row) => `${row},${60 - row},${event(row)}`)),
    /is a second "x" and is called "x_2"/,
  ],
  [
    'titled.csv',
    utf8(
      `Report of the ward\n\n${lines('a,b,event', 60, (row) => `${row},${noise(row, 1).toFixed(3)},${event(row)}`)}`,
    ),
    /The table begins on line 3/,
  ],
  [
    'bare.csv',
    utf8(lines('1,2.5,3', 60, (row) => `${row},${noise(row, 2).toFixed(3)},${row % 7}`)),
    /The first line looks like data/,
  ],
  ['cr.csv', utf8(lines('a,event', 60, (row) => `${row},${event(row)}`, '\r')), '60'],
  ['unclosed.csv', utf8('a,event\n1,no\n"2,yes\n3,no\n'), /Line 3: a quote opens here and never closes/],
];

test('ten nasty files are read, or refused with the line', async ({ page }) => {
  const studio = new Studio(page);
  await studio.openDemo();
  for (const [name, bytes, sentence] of NASTY) {
    await dropBytes(page, [[name, bytes]]);
    await expect(page.getByText(name).first()).toBeVisible();
    await expect(page.getByText(sentence).first(), name).toBeVisible();
  }
});

test('several files become one table, a date is asked about and grades are put in order', async ({ page }) => {
  const studio = new Studio(page);
  await studio.openDemo();
  const batch = (from: number) =>
    lines('seen,region,grade,event', 120, (i) => {
      const row = from + i;
      const day = (k: number) => String(1 + Math.floor(9 * noise(row, k))).padStart(2, '0');
      const region = noise(row, 3) < 0.2 ? '' : ['north', 'south'][row % 2];
      return `${day(1)}/${day(2)}/2020,${region},${['low', 'mid', 'high'][row % 3]},${event(row)}`;
    });
  await dropBytes(page, [
    ['ward_2024-03.csv', utf8(batch(0))],
    ['ward_2024-04.csv', utf8(batch(120))],
  ]);
  await expect(page.getByText('ward_2024-04.csv: 120 rows, batch_time 2024-04-01.')).toBeVisible({
    timeout: 60_000, // the demo's first run may still be under way
  });
  await page.getByRole('button', { name: 'seen: details' }).click();
  await page.getByRole('button', { name: 'Dates written dd/MM/yyyy' }).click();
  await expect(page.getByText(/Chosen by you; read as dd\/MM\/yyyy/)).toBeVisible();
  await page.getByRole('button', { name: 'Close' }).click();

  await page.getByRole('button', { name: 'grade: details' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Read as').selectOption('ordinal');
  await dialog.getByRole('button', { name: 'Move low up' }).click();
  await expect(dialog.getByRole('listitem').first()).toContainText('low');
  await page.getByRole('button', { name: 'Close' }).click();

  await dropBytes(page, [
    ['a.csv', utf8('a,b\n1,2\n')],
    ['c.csv', utf8('a,c\n1,2\n')],
  ]);
  await expect(
    page.getByText(/The files do not have the same columns: c\.csv lacks "b" and has "c" besides/),
  ).toBeVisible();
});

test('cells pasted from a spreadsheet, read in another way after a look at the first rows', async ({ page }) => {
  const studio = new Studio(page);
  await studio.openDemo();
  await studio.goTo('Data');
  const text = lines('dose\tnote\tevent', 60, (row) => `${row},5\ta|b ${row % 2}\t${event(row)}`);
  await page.evaluate((cells) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', cells);
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, text);
  await expect(page.getByText('pasted table.txt').first()).toBeVisible();
  await page.getByText('Read it in another way').click();
  const preview = page.getByRole('table', { name: 'Preview of the first rows' });
  await expect(preview.getByRole('columnheader')).toHaveCount(3);
  await page.getByLabel('Cells are separated by').selectOption('|');
  // The header has no bar, so nothing would be left to split it by.
  await expect(preview.getByRole('columnheader')).toHaveCount(1);
  await expect(page.getByRole('tab', { name: 'Columns (3)' })).toBeVisible();
  await page.getByRole('button', { name: 'Read the file this way' }).click();
  await expect(page.getByRole('tab', { name: 'Columns (1)' })).toBeVisible();
});

/** A file made in the page, so that it need not be sent there. */
async function dropLarge(page: Page, rows: number): Promise<void> {
  await page.evaluate((count) => {
    const parts: string[] = ['id,age,income,region,opened,event\n'];
    for (let from = 0; from < count; from += 10_000) {
      let text = '';
      for (let i = from; i < Math.min(count, from + 10_000); i++)
        text += `${i + 1},${18 + (i % 70)},${((i * 7919) % 90_000) / 100},region ${i % 40},20${10 + (i % 14)}-0${1 + (i % 9)}-1${i % 10},${i % 50 ? 'no' : 'yes'}\n`;
      parts.push(text);
    }
    (window as unknown as { large: File }).large = new File(parts, 'large.csv', { type: 'text/csv' });
  }, rows);
  // Making the file is the test's own work: what the page does is watched from here on.
  await page.waitForTimeout(300);
  await page.evaluate(() => {
    const watched = window as unknown as { longest: number; large: File };
    const transfer = new DataTransfer();
    transfer.items.add(watched.large);
    watched.longest = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) watched.longest = Math.max(watched.longest, entry.duration);
    }).observe({ type: 'longtask' });
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
  });
}

test('a large file: progress, a page that answers, and a cancel that changes nothing', async ({ page }) => {
  const studio = new Studio(page);
  await studio.openDemo();
  await studio.goTo('Data');
  await dropLarge(page, 1_000_000);
  await expect(page.getByRole('progressbar', { name: /large\.csv/ })).toBeVisible();
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await expect(page.getByRole('progressbar', { name: /large\.csv/ })).toHaveCount(0);
  await expect(page.getByText('6,000').first()).toBeVisible();

  await dropLarge(page, 200_000);
  await expect(page.getByRole('heading', { name: 'large.csv' })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('200,000').first()).toBeVisible();
  const longest = await page.evaluate(() => (window as unknown as { longest: number }).longest);
  console.log(`Longest task of the page while 200,000 rows were read: ${longest.toFixed(0)} ms.`);
  // The machine that runs this may be busy with other things; a page that does the reading itself takes seconds.
  expect(longest).toBeLessThan(400);
});

test('a tab killed in the middle of an import loses nothing and says what happened', async ({ page, context }) => {
  const studio = new Studio(page);
  await studio.openDemo();
  await page.waitForTimeout(1500); // the autosave waits for a pause in the edits
  await dropLarge(page, 1_000_000);
  await expect(page.getByRole('progressbar', { name: /large\.csv/ })).toBeVisible();
  await studio.kill();

  const again = await context.newPage();
  const back = new Studio(again);
  await back.openDemo();
  await expect(again.getByText(/The import of large\.csv was cut off when this page was last closed/)).toBeVisible();
  await back.goTo('Data');
  await expect(again.getByText('6,000').first()).toBeVisible();
});
