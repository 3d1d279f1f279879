import { gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { expect, it } from 'vitest';
import { guessAll } from '../engine/data/importOptions';
import type { ImportSource, PreparedSource, SourceChoices } from '../sources/source';
import { noChoices } from '../sources/source';
import { workbook } from '../sources/testing/workbook';
import { createEngineApi } from './createEngineApi';

const engine = createEngineApi();
const file = (fileName: string, content: string | Uint8Array<ArrayBuffer> | ArrayBuffer): ImportSource => ({
  fileName,
  blob: new Blob([content]),
});

async function prepare(
  sources: readonly ImportSource[],
  choices: Partial<SourceChoices> = {},
): Promise<PreparedSource> {
  const outcome = await engine.prepareSource('task', sources, { ...noChoices, ...choices }, () => {});
  if (!outcome.ok) throw new Error(`${outcome.code}: ${outcome.message}`);
  return outcome.value;
}
async function textOf(prepared: PreparedSource): Promise<string> {
  if (prepared.kind !== 'ready') throw new Error(prepared.kind);
  return prepared.source.blob.text();
}

it('passes a plain file on, byte for byte and without a word', async () => {
  const source = file('a.csv', 'a,b\n1,2\n');
  expect(await prepare([source])).toEqual({ kind: 'ready', source, origin: null });
});

it('unpacks gzip, and says so; a damaged file gets a sentence', async () => {
  const packed = new Uint8Array(gzipSync('a,b\r\n1,"x, y"\r\n'));
  const prepared = await prepare([file('a.csv.gz', packed)]);
  expect(prepared).toMatchObject({ source: { fileName: 'a.csv' }, origin: { format: 'gzip', files: ['a.csv.gz'] } });
  expect(await textOf(prepared)).toBe('a,b\r\n1,"x, y"\r\n');
  await expect(prepare([file('cut.gz', packed.slice(0, 20))])).rejects.toThrow(
    /unreadable-file: The gzip file is damaged/,
  );
});

it('reads Parquet: numbers as written, missing cells, dates and big integers', async () => {
  const buffer = parquetWriteBuffer({
    columnData: [
      { name: 'score', data: [0.1, null, 2.5], type: 'DOUBLE' },
      { name: 'single', data: [Math.fround(0.1), 3, null], type: 'FLOAT' },
      { name: 'account', data: [9007199254740993n, 1n, 2n], type: 'INT64' },
      { name: 'region', data: ['north, far', 'x "y"', null], type: 'STRING' },
      {
        name: 'seen',
        data: [new Date('2024-05-06T00:00:00Z'), null, new Date('2024-05-06T07:08:09Z')],
        type: 'TIMESTAMP',
      },
      { name: 'sick', data: [true, false, null], type: 'BOOLEAN' },
    ],
  });
  const prepared = await prepare([file('a.parquet', buffer)]);
  expect(prepared).toMatchObject({ source: { fileName: 'a.csv' }, origin: { format: 'parquet' } });
  expect((await textOf(prepared)).split('\n')).toEqual([
    'score,single,account,region,seen,sick',
    '0.1,0.1,9007199254740993,"north, far",2024-05-06,true',
    ',3,1,"x ""y""",,false',
    '2.5,,2,,2024-05-06T07:08:09Z,',
    '',
  ]);
});

it('asks which sheet of a workbook to read, and reads it', async () => {
  const blob = workbook({
    Notes: [['read me']],
    Cases: [
      ['id', 'dose', 'event'],
      [1, 0.25, 'no'],
      [2, null, 'yes & sure'],
    ],
  });
  const asked = await prepare([{ fileName: 'study.xlsx', blob }]);
  expect(asked).toMatchObject({
    kind: 'choose-sheet',
    sheets: [
      { name: 'Notes', rows: 1 },
      { name: 'Cases', rows: 3, columns: 3 },
    ],
  });
  const prepared = await prepare([{ fileName: 'study.xlsx', blob }], { sheet: 'Cases' });
  expect(await textOf(prepared)).toBe('id,dose,event\n1,0.25,no\n2,,yes & sure\n');
  const single = await prepare([{ fileName: 'one.xlsx', blob: workbook({ Only: [['a'], [7]] }) }]);
  expect(await textOf(single)).toBe('a\n7\n');
  await expect(prepare([file('broken.xlsx', 'PK\u0003\u0004 not a zip')])).rejects.toThrow(
    /unreadable-file: The Excel file/,
  );
});

it('appends files with the same columns, in any order and dialect, each row with its file and time', async () => {
  const prepared = await prepare([
    file('site_2024-03.csv', 'a,b\n1,"x, y"\n2,z\n'),
    file('site_2024-04-15.csv', 'b;a\r\nq,r;3\r\nshort\r\n'),
  ]);
  expect((await textOf(prepared)).split('\n')).toEqual([
    'a,b,batch_file,batch_time',
    '1,"x, y",site_2024-03.csv,2024-03-01',
    '2,z,site_2024-03.csv,2024-03-01',
    '3,"q,r",site_2024-04-15.csv,2024-04-15',
    ',short,site_2024-04-15.csv,2024-04-15',
    '',
  ]);
  expect(prepared.kind === 'ready' && prepared.origin!.notes.join(' ')).toMatch(
    /put into the order of site_2024-03.csv.*row 2 has 1 cells instead of 2/,
  );
  await expect(prepare([file('a.csv', 'a,b\n1,2\n'), file('c.csv', 'a,c\n1,2\n')])).rejects.toThrow(
    /c\.csv lacks "b" and has "c" besides, compared with a\.csv/,
  );
  await expect(prepare([file('a.csv', 'a;b\n1.5;2\n'), file('c.csv', 'a;b\n1,5;2\n')])).rejects.toThrow(
    /decimal comma/,
  );
});

it('draws a sample with every rare row, the same one for the same seed', async () => {
  const rows = Array.from({ length: 20_000 }, (_, i) => `${i},"cell\n${i}",${i % 100 === 7 ? 'yes' : 'no'}`);
  const source = file('big.csv', `id,text,event\n${rows.join('\n')}\n`);
  const choice = { rows: 2000, column: 'event', rareLevels: ['yes'], seed: 3 };
  const prepared = await prepare([source], { sample: choice });
  const text = await textOf(prepared);
  expect(prepared).toMatchObject({ origin: { sample: { rows: 20_000, rareKept: 200, column: 'event' } } });
  expect(text.split('\n').filter((line) => line.endsWith(',yes'))).toHaveLength(200);
  const kept = prepared.kind === 'ready' ? prepared.origin!.sample!.kept : 0;
  expect(Math.abs(kept - 200 - 0.1 * 19_800)).toBeLessThan(200);
  expect(await textOf(await prepare([source], { sample: choice }))).toBe(text);
  const read = await engine.importTable('read', (prepared as { source: ImportSource }).source, guessAll, [], () => {});
  expect(read).toMatchObject({ ok: true, value: { rows: kept } });
});

it('adds a column for a numeric target by threshold, and leaves all other characters alone', async () => {
  const source = file('a.csv', 'x;"note"\n1,5;"a;b"\n;c\n30;d\n2\n');
  await engine.importTable('read', source, guessAll, [], () => {});
  const outcome = await engine.thresholdColumn('t', 'x', '>=', 2, () => {});
  if (!outcome.ok) throw new Error(outcome.message);
  expect(outcome.value.column).toBe('x_from_2');
  expect(await outcome.value.source.blob.text()).toBe('x;note;x_from_2\n1,5;"a;b";0\n;c;\n30;d;1\n2;;1\n');
  expect(await engine.thresholdColumn('t', 'x', '>=', 99, () => {})).toMatchObject({
    ok: false,
    message: expect.stringContaining('No row has "x" at or above 99'),
  });
});

it('previews another reading without touching the open table', async () => {
  const source = file('a.csv', 'a;b;c\n1,5;2;x\n2,5;3;y\n');
  const first = await engine.previewTable(source, guessAll);
  expect(first).toMatchObject({
    ok: true,
    value: {
      options: { delimiter: ';', decimal: ',' },
      rows: [
        ['1,5', '2', 'x'],
        ['2,5', '3', 'y'],
      ],
    },
  });
  const other = await engine.previewTable(source, { ...guessAll, delimiter: ',' });
  expect(other).toMatchObject({ ok: true, value: { columns: [{ name: 'column_1' }, { name: 'column_2' }] } });
});
