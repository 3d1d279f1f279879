import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EngineError } from '../errors';
import { defaultExport } from '../project/project';
import { silentTask } from '../task';
import { rawCells, readSlice } from './cellText';
import { decodeText } from './decodeText';
import type { ImportedTable } from './importedTable';
import { guessAll, type ImportOptions } from './importOptions';
import { readTable } from './readCsv';
import { requireTarget, reviewTarget } from './reviewTarget';
import { summarise } from './summarise';
import type { TableSummary } from './summary';
import type { CategoricalColumn, NumericColumn } from './table';
import { writeAll } from './writeCsv';

interface Expected {
  readonly rows: number | null;
  readonly columns: number;
  readonly delimiter?: string;
  readonly decimal?: string;
  readonly encoding?: string;
  readonly header?: boolean;
}

const folder = new URL('./nasty/', import.meta.url);
const expected: Record<string, Expected> = JSON.parse(readFileSync(new URL('expected.json', folder), 'utf8'));
const decode = (name: string) => decodeText(readFileSync(new URL(name, folder)));

async function load(name: string, options: Partial<ImportOptions> = {}): Promise<ImportedTable> {
  const { text, encoding } = decode(name);
  return readTable(text, { ...guessAll, encoding, ...options }, [], silentTask);
}

async function describeFile(name: string): Promise<TableSummary> {
  const file = { fileName: name, bytes: 0, hash: '', notices: decode(name).notices };
  return summarise(await load(name), file, silentTask);
}

const kindsOf = ({ table }: ImportedTable) => Object.fromEntries(table.columns.map(({ name, kind }) => [name, kind]));
const noticesOf = (imported: ImportedTable) => imported.notices.map(({ text }) => text).join('\n');
const columnNotices = ({ table, columns }: ImportedTable, name: string) =>
  columns[table.columns.findIndex((column) => column.name === name)]!.notices.map(({ text }) => text).join('\n');
const numbers = ({ table }: ImportedTable, name: string) =>
  table.columns.find((column) => column.name === name) as NumericColumn;
const levels = ({ table }: ImportedTable, name: string) =>
  table.columns.find((column) => column.name === name) as CategoricalColumn;

function write(imported: ImportedTable, guardFormulas = false) {
  return writeAll(
    {
      imported,
      generated: [],
      synthetic: {
        rows: 0,
        columns: [],
        donor: new Int32Array(0),
        partner: new Int32Array(0),
        proposals: new Uint32Array(0),
      },
      realWeight: () => 1,
      syntheticWeight: () => 1,
      settings: { ...defaultExport, flagColumn: false, weightColumn: false, lineageColumns: false, guardFormulas },
      offMap: 'donor',
      generator: 'twins',
      seed: 1,
      redrawn: [],
    },
    silentTask,
  );
}

const failing = new Set(['26_header_only.csv', '27_empty.csv', '33_unclosed_quote.csv']);
const readable = Object.keys(expected).filter((name) => !failing.has(name));

it('has all 38 files', () => {
  expect(Object.keys(expected)).toHaveLength(38);
});

describe.each(readable)('%s', (name) => {
  it('has the expected shape and dialect, and every row goes out as it came in', async () => {
    const imported = await load(name);
    const want = expected[name]!;
    expect(imported.table.rows).toBe(want.rows);
    expect(imported.table.columns).toHaveLength(want.columns);
    expect(imported.options.delimiter).toBe(
      want.delimiter ?? (name.endsWith('.tsv') ? '\t' : name.endsWith('.txt') ? '|' : ','),
    );
    expect(imported.options.decimal).toBe(want.decimal ?? '.');
    expect(imported.options.header).toBe(want.header ?? true);
    const encoding = want.encoding === 'latin1' ? 'windows-1252' : (want.encoding ?? 'utf-8');
    expect(imported.options.encoding).toBe(encoding);

    const { source } = imported.table;
    expect(source.text).not.toMatch(/[\ufffd\0]/);
    const { chunks } = await write(imported);
    const again = await readTable(chunks.join(''), { ...imported.options, skipLines: 0 }, [], silentTask);
    for (let row = 0; row < imported.table.rows; row++) {
      expect(again.table.source.text.slice(again.table.source.start[row], again.table.source.end[row])).toBe(
        source.text.slice(source.start[row], source.end[row]),
      );
    }
  });
});

it('01: strips the byte order mark and leaves no CR behind', async () => {
  const imported = await load('01_bom_crlf.csv');
  expect(imported.table.columns[0]!.name).toBe('id');
  expect(levels(imported, 'event').levels).toEqual(['0', '1']);
  expect(imported.table.source.newline).toBe('\r\n');
});

it('04: keeps newlines, commas and quotes inside cells', async () => {
  const imported = await load('04_quoted_newlines_commas_quotes.csv');
  const cells = readSlice(imported.table, 0, 12).cells.map((row) => row[1]!);
  expect(cells.some((cell) => cell.includes('\n'))).toBe(true);
  expect(cells.some((cell) => cell.includes(','))).toBe(true);
  expect(cells.some((cell) => cell.includes('"'))).toBe(true);
});

it('05: reads decimal commas as numbers and says so', async () => {
  const imported = await load('05_semicolon_decimal_comma.csv');
  expect(numbers(imported, 'score').values[0]).toBe(55.14);
  expect(noticesOf(imported)).toMatch(/semicolon[\s\S]*decimal comma/);
});

it('08, 09: makes names unique and says so', async () => {
  const doubled = await load('08_duplicate_headers.csv');
  expect(doubled.table.columns.map(({ name }) => name)).toEqual(['id', 'x', 'x_2', 'X', 'x_3', 'event']);
  expect(noticesOf(doubled)).toContain('x_3');
  const blank = await load('09_empty_and_blank_headers.csv');
  expect(blank.table.columns.map(({ name }) => name)).toEqual([
    'id',
    'column_2',
    'score',
    'column_4',
    'event',
    'column_6',
  ]);
  expect(columnNotices(blank, 'column_6')).toContain('Every cell is missing');
});

it('10: lists each repair with its line', async () => {
  const imported = await load('10_ragged_rows_blank_lines.csv');
  for (const part of [
    'Line 5: 2 cells',
    'Line 9: 6 cells',
    '"extra", "cells"',
    'Line 13: blank',
    'Line 17: all cells are empty',
  ])
    expect(noticesOf(imported)).toContain(part);
  expect(imported.columns.map(({ missing }) => missing)).toEqual([0, 0, 1, 1]);
});

it('11: takes the missing tokens in numbers and in text, and flags -999', async () => {
  const imported = await load('11_missing_tokens.csv');
  expect(kindsOf(imported)).toMatchObject({ score: 'continuous', region: 'nominal' });
  expect(imported.columns[1]!.missing).toBe(28);
  expect(levels(imported, 'region').levels).toEqual(['-999', 'east', 'north', 'south']);
  expect(columnNotices(imported, 'region')).toContain('-999');
  const kept = await load('11_missing_tokens.csv', { missingTokens: ['-999'] });
  expect(levels(kept, 'region').levels).toContain('NA');
  expect(levels(kept, 'region').levels).not.toContain('-999');
});

it('12: reads a mostly numeric column and lists the cells that are none', async () => {
  const imported = await load('12_mixed_types_in_column.csv');
  const column = numbers(imported, 'mostly_number');
  expect(column.kind).toBe('continuous');
  expect(column.values[58]).toBe(12.5);
  const cells = readSlice(imported.table, 0, 80).cells.map((row) => row[1]!);
  expect(column.values[cells.indexOf('1e3')]).toBe(1000);
  expect(column.values[cells.indexOf('0x1F')]).toBeNaN();
  const notices = columnNotices(imported, 'mostly_number');
  for (const text of ['twelve', 'n.d.', '<0.5', '1,234', '$15.20', '37%', '1 000', '0x1F'])
    expect(notices).toContain(`"${text}"`);
  expect(notices).toContain('"twelve" (row 6, line 7)');
  expect(imported.columns[1]!.odd.total).toBe(8);
});

it('13: keeps letters, and compares levels after trimming and NFC', async () => {
  const imported = await load('13_unicode.csv');
  expect(imported.table.columns.map(({ name }) => name)).toEqual(['idé', 'größe', '地域', 'эффект', 'event😀']);
  expect(levels(imported, 'эффект').levels).toEqual(['да', 'нет']);
  expect(levels(imported, '地域').levels.filter((level) => level.includes('cole'))).toEqual(['école']);
});

it('14, 15: tells the encoding and reads the letters', async () => {
  expect(levels(await load('14_latin1.csv'), 'region').levels).toEqual(['Besançon', 'Köln', 'Zürich']);
  expect(decode('14_latin1.csv').notices[0]!.text).toContain('windows-1252');
  expect((await load('15_utf16le.csv')).table.columns[0]!.name).toBe('id');
});

it('16: keeps infinite numbers out and finite extremes in', async () => {
  const imported = await load('16_extreme_numbers.csv');
  const { values } = numbers(imported, 'value');
  expect([...values].some((value) => Math.abs(value) === Infinity)).toBe(false);
  expect([values[0], values[1], values[7], values[12], values[13], values[14], values[15]]).toEqual([
    1e308, -1e308, 4.9e-324, 5, 1e5, 0.5, 5,
  ]);
  expect(Object.is(values[10], -0)).toBe(true);
  expect(columnNotices(imported, 'value')).toMatch(/"00012" \(row 17, line 18\), "1_000"[\s\S]*"1e309"/);
  const summary = await describeFile('16_extreme_numbers.csv');
  expect(Object.values(summary.columns[1]!.range!).every(Number.isFinite)).toBe(true);
});

it('17: keeps integers above 2^53 as text', async () => {
  const imported = await load('17_big_integers.csv');
  expect(kindsOf(imported)).toMatchObject({ account: 'id' });
  expect(rawCells(imported.table, 0)[0]).toBe('9007199254740993');
});

it('18: reads dates, asks about the ambiguous ones and refuses impossible ones', async () => {
  const imported = await load('18_dates.csv');
  for (const [name, pattern] of [
    ['iso', 'yyyy-MM-dd'],
    ['us', 'MM/dd/yyyy'],
    ['eu', 'dd.MM.yyyy'],
    ['month_name', 'dd MMM yyyy'],
    ['iso_tz', 'yyyy-MM-ddTHH:mm:ss+02:00'],
  ] as const) {
    const column = numbers(imported, name);
    expect([column.kind, column.datePattern]).toEqual(['datetime', pattern]);
    expect(column.values[1]).toBe(Date.UTC(2020, 0, 18) + (name === 'iso_tz' ? -3600_000 : 0));
    expect(column.values[40]).toBeNaN();
    expect(columnNotices(imported, name)).toContain('(row 41, line 42)');
  }
  expect(kindsOf(imported)).toMatchObject({ unix_s: 'integer', unix_ms: 'integer', ambiguous: 'id' });
  expect(columnNotices(imported, 'unix_s')).toContain('datetime');
  expect(columnNotices(imported, 'ambiguous')).toMatch(/dd\/MM\/yy and as MM\/dd\/yy/);
});

it('19, 24: flags constant and empty columns, and more columns than rows', async () => {
  const imported = await load('19_constant_and_all_missing.csv');
  for (const name of ['constant', 'const_text']) expect(columnNotices(imported, name)).toContain('constant');
  expect(columnNotices(imported, 'all_missing')).toContain('missing');
  const wide = await describeFile('24_500_columns.csv');
  expect(wide.notices.some(({ text }) => text.includes('more columns (501) than rows (60)'))).toBe(true);
});

it('20, 21: says that there is one class only, or too few rare rows', async () => {
  const single = await load('20_single_class_target.csv');
  expect(() => requireTarget(single.table, { column: 'event', rareLevels: ['1'] })).toThrow(
    expect.objectContaining({ code: 'single-class', message: expect.stringContaining('one class only') }),
  );
  const tiny = await load('21_tiny_minority.csv');
  const review = reviewTarget(tiny.table, { column: 'event', rareLevels: ['1'] });
  expect(review).toMatchObject({ rareRows: 3, knownRows: 60 });
  expect(review.notices[0]!.text).toMatch(/Only 3 rows are rare.*lowered to 2/);
});

it('22: guards formulas on export, never numbers, and tells how many', async () => {
  const imported = await load('22_formula_injection.csv');
  const plain = (await write(imported)).chunks.join('');
  expect(plain).toBe(imported.table.source.text);
  const { chunks, report } = await write(imported, true);
  const cells = readSlice(imported.table, 0, 30).cells.map((row) => row[1]!);
  expect(report.guardedCells).toBe(cells.filter((cell) => !cell.startsWith("'")).length);
  expect(report.messages[0]).toContain('apostrophe');
  const again = await readTable(chunks.join(''), guessAll, [], silentTask);
  expect(readSlice(again.table, 0, 30).cells.map((row) => row[1])).toEqual(
    cells.map((cell) => (cell.startsWith("'") ? cell : `'${cell}`)),
  );
  expect(chunks.join('')).toContain('"\'=HYPERLINK(""#x"",""click"")"');
});

it('23: takes __proto__ and constructor as names like any other', async () => {
  const imported = await load('23_html_and_prototype_headers.csv');
  expect(imported.table.columns.map(({ name }) => name)).toEqual([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '__proto__',
    'constructor',
    'hasOwnProperty',
    'a.b[0]',
    'event',
  ]);
});

it('25: knows ids, codes and personal data', async () => {
  const imported = await load('25_id_and_pii_columns.csv');
  expect(kindsOf(imported)).toMatchObject({
    row_uuid: 'id',
    patient_id: 'id',
    zip: 'nominal',
    email: 'id',
    phone: 'id',
    code: 'nominal',
    score: 'continuous',
  });
  expect(levels(imported, 'zip').levels).toContain('00501');
  for (const name of ['email', 'phone']) expect(columnNotices(imported, name)).toContain('personal data');
});

it('26, 27, 33: refuses with a plain sentence', async () => {
  await expect(load('26_header_only.csv')).rejects.toMatchObject({ code: 'no-rows' });
  await expect(load('27_empty.csv')).rejects.toMatchObject({ code: 'empty-file' });
  const unclosed = load('33_unclosed_quote.csv');
  await expect(unclosed).rejects.toBeInstanceOf(EngineError);
  await expect(unclosed).rejects.toMatchObject({ code: 'unclosed-quote', message: expect.stringContaining('Line 3') });
});

it('28, 29: guesses the header, the lines above it and the total below', async () => {
  const bare = await load('28_no_header.csv');
  expect(bare.table.columns.map(({ name }) => name)).toEqual(['column_1', 'column_2', 'column_3', 'column_4']);
  const titled = await load('29_comment_and_title_lines.csv');
  expect(titled.options.skipLines).toBe(3);
  expect(titled.table.columns[0]!.name).toBe('id');
  expect(noticesOf(titled)).toMatch(/line 4[\s\S]*Line 25.*total/);
  const forced = await load('28_no_header.csv', { header: true });
  expect(forced.table.rows).toBe(29);
});

it('30, 31: flags spellings of one level, and takes all two-level forms as binary', async () => {
  const variants = await load('30_target_variants.csv');
  expect(kindsOf(variants)).toMatchObject({ outcome: 'nominal' });
  expect(columnNotices(variants, 'outcome')).toMatch(/"NO" \/ "No" \/ "n" \/ "no".*"Yes" \/ "y" \/ "yes"/);
  const forms = await load('31_bool_forms.csv');
  expect(kindsOf(forms)).toMatchObject({ a: 'binary', b: 'binary', c: 'binary', d: 'binary', event: 'binary' });
  expect(levels(forms, 'a').levels).toEqual(['FALSE', 'TRUE']);
});

it('32, 34, 35, 37, 38: warns of many levels, NUL, duplicates, codes; keeps long cells', async () => {
  expect(columnNotices(await load('32_high_cardinality.csv'), 'street')).toContain('147 levels');
  expect(decode('34_null_bytes.csv').notices[0]!.text).toContain('3 NUL characters');
  const duplicates = await describeFile('35_exact_duplicates.csv');
  expect(duplicates.notices.some(({ text }) => text.startsWith('30 of 45 rows repeat'))).toBe(true);
  const codes = await load('37_numeric_codes.csv');
  expect(kindsOf(codes)).toMatchObject({ icd: 'nominal', rating: 'ordinal', flag: 'nominal' });
  expect(columnNotices(codes, 'flag')).toContain('9 looks like a code');
  const long = await load('38_long_cell.csv');
  expect(
    Math.max(
      ...readSlice(long.table, 0, 3)
        .cells.flat()
        .map((cell) => cell.length),
    ),
  ).toBe(200_000);
});

it('36: raises the alarm for a column that gives the target away', async () => {
  const { table } = await load('36_perfect_separation.csv');
  const { notices } = reviewTarget(table, { column: 'event', rareLevels: ['1'] });
  expect(notices.some(({ text }) => text.includes('"x" alone nearly gives "event" away'))).toBe(true);
  expect(notices.some(({ text }) => text.includes('"z" alone'))).toBe(false);
});

it('suggests event = 1 as target where it is the rare class', async () => {
  expect((await describeFile('21_tiny_minority.csv')).suggestedTarget).toEqual({ column: 'event', rareLevels: ['1'] });
  expect((await describeFile('20_single_class_target.csv')).suggestedTarget).toBeNull();
});
