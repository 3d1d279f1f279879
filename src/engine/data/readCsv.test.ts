import Papa from 'papaparse';
import { expect, it, vi } from 'vitest';
import { createRng } from '../rng';
import { silentTask } from '../task';
import { cellFormats, formatValue, rawCells, readSlice } from './cellText';
import { PlainCharacters } from './characters';
import type { FinishedColumn } from './finishColumn';
import type { ImportedTable } from './importedTable';
import { guessAll, type ImportOptions } from './importOptions';
import { changeKinds, type OtherReaders, readColumns, readTable } from './readCsv';
import { summarise } from './summarise';
import type { CategoricalColumn, ColumnKind, NumericColumn } from './table';

type Kinds = readonly { column: string; kind: ColumnKind }[];
const read = (text: string, options: Partial<ImportOptions> = {}, kinds: Kinds = []) =>
  readTable(text, { ...guessAll, ...options }, kinds, silentTask);
const column = <T extends NumericColumn | CategoricalColumn>({ table }: ImportedTable, name: string) =>
  table.columns.find((candidate) => candidate.name === name) as T;
const kindOf = ({ table }: ImportedTable, name: string) =>
  table.columns.find((candidate) => candidate.name === name)!.kind;
const lines = (header: string, rows: number, row: (i: number) => string) =>
  [header, ...Array.from({ length: rows }, (_, i) => row(i))].join('\n');

it('agrees with a plain pass of the tokenizer over a text of many chunks, quotes on the chunk borders included', async () => {
  const rng = createRng(1, 'test-chunks');
  const text = lines('id,note,x', 60_000, (i) => {
    const note =
      rng.integer(3) === 0
        ? `"a ""b""${rng.integer(2) ? '\n' : ', '}${'z'.repeat(rng.integer(60))}"`
        : `n${rng.integer(50)}`;
    return `${i},${note},${rng.normal().toFixed(4)}`;
  });
  expect(text.length).toBeGreaterThan(2 ** 20);
  const plain = Papa.parse<string[]>(text, { delimiter: ',' }).data.slice(1);
  const imported = await read(text);
  expect(imported.table.rows).toBe(plain.length);
  expect(column<NumericColumn>(imported, 'x').values).toEqual(Float64Array.from(plain, (cells) => Number(cells[2])));
  for (let row = 0; row < plain.length; row += 97) expect(rawCells(imported.table, row)).toEqual(plain[row]);
});

it('reads a record longer than a chunk', async () => {
  const long = 'x'.repeat(3 * 2 ** 20);
  const { table } = await read(`a,b\n1,"${long}"\n2,short\n`);
  expect(rawCells(table, 0)[1]).toBe(long);
  expect(table.rows).toBe(2);
});

it('says where a quote opened, however far the file goes on', async () => {
  const text = `${lines('a,b', 50_000, (i) => `${i},plain`)}\n5,"never closed\n${lines('x,y', 200_000, (i) => `${i},plain`)}`;
  await expect(read(text)).rejects.toMatchObject({ code: 'unclosed-quote', detail: { line: 50_002 } });
});

it('caps the list of repairs and says how many more there are', async () => {
  const { notices } = await read(lines('a,b', 500, (i) => (i % 2 ? '1' : `${i},2`)));
  expect(notices.filter(({ text }) => text.startsWith('Line '))).toHaveLength(200);
  expect(notices.at(-1)!.text).toBe('... and 50 more repairs that are not listed.');
});

it('stops when asked', async () => {
  const stop = new Error('stop');
  const task = { checkpoint: () => Promise.reject(stop) };
  await expect(readTable('a,b\n1,2\n', guessAll, [], task)).rejects.toBe(stop);
});

it.each([
  ['few repeated whole numbers', lines('v', 200, (i) => `${i % 3}`), 'nominal'],
  ['a column of counts', lines('v', 200, (i) => `${i % 17}`), 'integer'],
  ['leading zeros', lines('v', 50, (i) => (i === 7 ? '00501' : String(10_000 + (i % 20)))), 'nominal'],
  ['whole numbers written with decimals', lines('v', 100, (i) => `${i * 3}.0`), 'integer'],
  ['numbers from 1 up', lines('v', 100, (i) => `${i + 1}`), 'id'],
  ['years that go up', lines('v', 30, (i) => `${1990 + i}`), 'integer'],
  ['a unique id by name', lines('customerId', 50, (i) => `${(i * 7919) % 10_007}`), 'id'],
  ['over a fifth unreadable', lines('v', 100, (i) => (i % 4 ? `${i}.5` : `a${i}`)), 'id'],
  ['unique text', lines('v', 100, (i) => `k${i}`), 'id'],
  ['repeated text', lines('v', 100, (i) => `k${i % 7}`), 'nominal'],
  ['TRUE and FALSE', lines('v', 20, (i) => (i % 3 ? 'TRUE' : 'FALSE')), 'binary'],
  ['only missing cells', lines('v,w', 20, (i) => `NA,${i}.5`), 'nominal'],
])('guesses the kind of %s', async (_, text, kind) => {
  const { table, columns } = await read(text);
  expect(table.columns[0]!.kind).toBe(kind);
  expect(columns[0]!.reason).toMatch(/^[A-Z0-9].*\.$/);
});

it('keeps numbers and dates as such when there are too many for a dictionary, and lists what does not read', async () => {
  const day = (i: number) => new Date(i * 86_400_000).toISOString().slice(0, 10);
  const text = lines('x,when,code,big,word,mix', 20_000, (i) =>
    [
      i === 15_000 ? 'oops' : i === 16_000 ? '1e999' : `${i}.25`,
      i === 15_001 ? '2021-02-30' : day(i),
      i === 19_000 ? '007' : 10_000 + i,
      `9007199254740${1000 + (i % 5000)}`,
      `w${i % 9000}`,
      i < 10_000 ? `${i}.5` : `t${i % 3000}`,
    ].join(','),
  );
  const imported = await read(text);
  expect(imported.table.columns.map(({ kind }) => kind)).toEqual([
    'continuous',
    'datetime',
    'id',
    'nominal',
    'nominal',
    'nominal',
  ]);
  expect(column<NumericColumn>(imported, 'x').values[19_999]).toBe(19_999.25);
  expect(column<NumericColumn>(imported, 'when').values[8000]).toBe(8000 * 86_400_000);
  expect(imported.columns[0]!.odd).toEqual({ total: 1, first: [{ row: 15_000, text: 'oops' }] });
  expect(imported.columns[0]!.notFinite.total).toBe(1);
  expect(imported.columns[0]!.distinct).toBe(19_999);
  expect(imported.columns[1]!.odd.first).toEqual([{ row: 15_001, text: '2021-02-30' }]);
  const mixed = column<CategoricalColumn>(imported, 'mix');
  expect(mixed.levels[mixed.codes[3]!]).toBe('3.5');
});

it('tells over 100,000 texts apart without keeping them', async () => {
  const imported = await read(lines('a,b', 120_000, (i) => `u${i},v${i % 110_000}`));
  expect(imported.columns.map(({ distinct }) => distinct)).toEqual([120_000, 110_000]);
  expect(imported.table.columns.map(({ kind }) => kind)).toEqual(['id', 'id']);
});

it('reads no number, date or category out of texts that it no longer keeps', async () => {
  const rows = 112_000;
  const two = (n: number) => String(n).padStart(2, '0');
  const minute = (k: number) =>
    `${two(1 + (k % 12))}/${two(1 + ((k / 12) & 7))}/2020 ${two(((k / 96) % 24) | 0)}:${two((k / 2304) | 0)}`;
  const text = lines('when,late,y', rows, (i) => `${minute(i % 101_000)},${i < 5000 ? `x${i}` : 2 * i},y${i}`);
  const imported = await read(text);
  expect(kindOf(imported, 'when')).toBe('id');
  expect(imported.columns[0]!.answers).toHaveLength(2);
  const { values } = column<NumericColumn>(imported, 'late');
  expect([values[0], values[4999], values[5000], values[rows - 1]]).toEqual([NaN, NaN, 10_000, 2 * rows - 2]);
  expect(imported.columns[1]!.odd.total).toBe(5000);
  const forced = await read(text, {}, [{ column: 'y', kind: 'duration' }]);
  expect(forced.columns[2]!.odd.total).toBe(rows);
});

it('takes a date that stands for missing as missing, however many there are', async () => {
  const day = (i: number) => new Date(864e5 * i).toISOString().slice(0, 10);
  const text = lines('d,x', 9000, (i) => `${i % 9 ? day(i) : '1900-01-01'},${i}`);
  const imported = await read(text, { missingTokens: ['1900-01-01'] });
  expect(imported.columns[0]).toMatchObject({ missing: 1000, missingText: '1900-01-01' });
});

it('changes kinds and shares every other column', async () => {
  const text = lines(
    'x,part,day,when',
    100,
    (i) => `${i % 7 ? i : 'n.d.'},${i % 4},0${1 + (i % 9)}/0${1 + (i % 5)}/2020,${1.6e9 + i * 1e5}`,
  );
  const imported = await read(text);
  expect(kindOf(imported, 'day')).toBe('nominal');
  const kinds: Kinds = [
    { column: 'x', kind: 'nominal' },
    { column: 'day', kind: 'datetime' },
    { column: 'when', kind: 'datetime' },
  ];
  const changed = await changeKinds(imported, kinds, silentTask);
  expect(changed.table.columns.map(({ kind }) => kind)).toEqual(['nominal', 'nominal', 'datetime', 'datetime']);
  expect(changed.table.columns[1]).toBe(imported.table.columns[1]);
  expect(column<CategoricalColumn>(changed, 'x').levels).toContain('n.d.');
  expect(column<NumericColumn>(changed, 'day').values[1]).toBe(Date.UTC(2020, 1, 2));
  expect(column<NumericColumn>(changed, 'when').values[0]).toBe(1.6e12);
  const back = await changeKinds(changed, [], silentTask);
  expect(back.table.columns).toEqual(imported.table.columns);
  expect(await read(text, {}, kinds)).toEqual(changed);
  await expect(changeKinds(imported, [{ column: 'nope', kind: 'id' }], silentTask)).rejects.toMatchObject({
    code: 'unknown-column',
  });
});

it('says why a kind cannot be had', async () => {
  const text = lines('a,b', 30, (i) => `${i % 3},k${i % 4}`);
  const forced = await read(text, {}, [
    { column: 'a', kind: 'binary' },
    { column: 'b', kind: 'datetime' },
    { column: 'gone', kind: 'id' },
  ]);
  expect(forced.table.columns.map(({ kind }) => kind)).toEqual(['nominal', 'nominal']);
  expect(forced.columns[0]!.notices[0]!.text).toContain('cannot be binary');
  expect(forced.columns[1]!.notices[0]!.text).toContain('No date form');
  expect(forced.notices.some(({ text: notice }) => notice.includes('gone'))).toBe(true);
});

it('reads tables whose rows have one cell more than the header', async () => {
  const named = await read('x,y\nr1,1.5,2\nr2,2.5,3\nr3,3.5,4\n');
  expect(named.table.columns.map(({ name }) => name)).toEqual(['column_1', 'x', 'y']);
  const trailing = await read('x,y\n1.5,2,\n2.5,3,\n3.5,4,\n');
  expect(trailing.table.columns.map(({ name }) => name)).toEqual(['x', 'y']);
  expect(trailing.notices.filter(({ text }) => text.startsWith('Line'))).toEqual([]);
});

it('mixes line ends, takes spaces behind quotes, and warns of stray quotes', async () => {
  const mixed = await read('a,b\r\n1,"x" \r\n2,y\n3,"z"q",w\r\n');
  expect(mixed.table.source.newline).toBe('\r\n');
  expect(readSlice(mixed.table, 0, 9).cells.slice(0, 2)).toEqual([
    ['1', 'x'],
    ['2', 'y'],
  ]);
  expect(mixed.notices.some(({ text }) => text.startsWith('Line 4: a quote'))).toBe(true);
});

it('obeys the options against its own guesses', async () => {
  const text = '1;2,5\n3;4,5\n';
  expect((await read(text, { header: true })).table.rows).toBe(1);
  expect((await read(text, { delimiter: ',' })).table.columns).toHaveLength(2);
  expect((await read(text, { decimal: '.' })).options.decimal).toBe('.');
  expect((await read(`junk\n${text}`, { skipLines: 1 })).table.rows).toBe(2);
  await expect(read(text, { delimiter: '"' })).rejects.toMatchObject({ code: 'bad-parameter' });
  await expect(read(text, { skipLines: 9 })).rejects.toMatchObject({ code: 'no-rows' });
});

it('writes generated values as the file does', async () => {
  const imported = await read(
    'when;x;n;yes\n01.02.2020;1,50;3;Ja\n15.02.2020;2,25;NA;Ja \n17.02.2020;NA;5;nein\n18.02.2020;NA;6;Ja\n',
    { header: true },
  );
  const [when, x, n, yes] = cellFormats(imported);
  expect(formatValue(when!, Date.UTC(2021, 11, 3, 15))).toBe('03.12.2021');
  expect([1.005, -0.001, 12, Number.NaN, Infinity].map((value) => formatValue(x!, value))).toEqual([
    '1,00',
    '0,00',
    '12,00',
    'NA',
    'NA',
  ]);
  expect(formatValue(n!, 4.4)).toBe('4');
  expect([0, 1, -1, Number.NaN].map((value) => formatValue(yes!, value))).toEqual(['Ja', 'nein', '', '']);
});

it('shows slices inside the table only', async () => {
  const { table } = await read('a,b\n1,2\n3\n');
  expect(readSlice(table, 1, 10)).toEqual({ from: 1, header: ['a', 'b'], cells: [['3', '']] });
  expect(readSlice(table, 5, 10).cells).toEqual([]);
});

it('describes columns with quartiles, level counts and a likely target', async () => {
  const imported = await read(lines('x,group,fraud', 101, (i) => `${i}.5,${i % 4 ? 'b' : 'a'},${i % 10 ? 0 : 1}`));
  const summary = await summarise(imported, { fileName: 'f.csv', bytes: 1, hash: 'h', notices: [] }, silentTask);
  expect(summary.columns[0]!.range).toEqual({ min: 0.5, q1: 25.5, median: 50.5, q3: 75.5, max: 100.5 });
  expect(summary.columns[1]!.levels).toEqual([
    { text: 'b', count: 75 },
    { text: 'a', count: 26 },
  ]);
  expect(summary.suggestedTarget).toEqual({ column: 'fraud', rareLevels: ['1'] });
});

it('takes a CR at the very end of LF lines for a line end that was cut', async () => {
  const { table } = await read('a,b\n1,2\n3,4\r');
  expect(rawCells(table, 1)).toEqual(['3', '4']);
});

it('reads columns of an ASCII file from its bytes alone', async () => {
  const text = `${lines('id,note,x', 9000, (i) => `C${i},"a ""${i}"", b",${i % 50 ? i / 4 : 'NA'}`)}\n`;
  const plain = new PlainCharacters(new TextEncoder().encode(text));
  const getText = vi.spyOn(plain, 'text', 'get');
  let columns: readonly FinishedColumn[] = [];
  const others: OtherReaders = {
    count: 1,
    async read(shares, layout, task) {
      const all = await Promise.all(shares.map((share) => readColumns(plain, layout, guessAll, [], share, task)));
      columns = all.flat();
      return all;
    },
  };
  const shared = await readTable(text, guessAll, [], silentTask, plain.plainBytes, others);
  expect(columns.length).toBeGreaterThan(0);
  expect(shared).toEqual(await read(text));
  expect(getText).not.toHaveBeenCalled();
});
