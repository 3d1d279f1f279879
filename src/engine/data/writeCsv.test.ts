import { describe, expect, it } from 'vitest';
import { defaultExport, type ExportSettings } from '../project/project';
import { silentTask } from '../task';
import { readSlice } from './cellText';
import { mayRunAsFormula, runsAsFormula } from './formulaGuard';
import { guessAll } from './importOptions';
import { newIds } from './newIds';
import { readTable } from './readCsv';
import { type AugmentedTable, writeAll } from './writeCsv';

const none: ExportSettings = { ...defaultExport, flagColumn: false, weightColumn: false, lineageColumns: false };

/** Two synthetic rows of the columns `x` and `y`, from rows 1 and 3. */
async function write(text: string, settings: ExportSettings, more: Partial<AugmentedTable> = {}) {
  const imported = await readTable(text, guessAll, [{ column: 'note', kind: 'nominal' }], silentTask);
  const { chunks, report } = await writeAll(
    {
      imported,
      generated: ['x', 'y'],
      synthetic: {
        rows: 2,
        columns: [Float64Array.of(1.26, Number.NaN), Float64Array.of(1, 0)],
        donor: Int32Array.of(0, 2),
        partner: Int32Array.of(-1, 1),
        proposals: Uint32Array.of(1, 4),
      },
      realWeight: (row) => (row === 0 ? 0.5 : 1),
      syntheticWeight: () => 0.25,
      settings,
      offMap: 'donor',
      generator: 'twins',
      seed: 7,
      redrawn: ['x', 'age'],
      ...more,
    },
    silentTask,
  );
  return { lines: chunks.join('').split(imported.table.source.newline), report, imported };
}

const TEXT = 'id;x;y;note\r\n1; 1,5;ja;"a;b"\r\n2;NA;nein;"plain"\r\n3;"2,5";ja;=1+1';

it('writes real rows as they are, and synthetic ones in the form of the file', async () => {
  const { lines, report } = await write(TEXT, { ...none, guardFormulas: false });
  expect(lines).toEqual([
    'id;x;y;note',
    '1; 1,5;ja;"a;b"',
    '2;NA;nein;"plain"',
    '3;"2,5";ja;=1+1',
    '4;1,3;nein;"a;b"',
    '5;NA;ja;=1+1',
    '',
  ]);
  expect(report).toEqual({ realRows: 3, syntheticRows: 2, guardedCells: 0, messages: [] });
});

it('adds flag, weight and lineage, and guards formulas, real ones and copied ones', async () => {
  const { lines, report } = await write(TEXT, defaultExport);
  const lineage =
    'lineage_generator;lineage_seed;lineage_row;lineage_donor;lineage_partner;lineage_proposals;lineage_redrawn';
  expect(lines.slice(0, 6)).toEqual([
    `id;x;y;note;is_synthetic;weight;${lineage}`,
    '1; 1,5;ja;"a;b";0;0,5;;;;;;;',
    '2;NA;nein;"plain";0;1;;;;;;;',
    `3;"2,5";ja;'=1+1;0;1;;;;;;;`,
    '4;1,3;nein;"a;b";1;0,25;twins;7;1;1;;1;x | age',
    `5;NA;ja;'=1+1;1;0,25;twins;7;2;3;2;4;x | age`,
  ]);
  expect(report.guardedCells).toBe(2);
  expect(report.messages[0]).toContain('2 text cells');
});

it('keeps map columns only, synthetic rows only, or leaves off-map cells empty', async () => {
  const map = await write(TEXT, { ...none, columns: 'map' });
  expect(map.lines.slice(0, 4)).toEqual(['x;y', ' 1,5;ja', 'NA;nein', '"2,5";ja']);
  const only = await write(TEXT, { ...none, onlySynthetic: true }, { offMap: 'empty' });
  expect(only.lines).toEqual(['id;x;y;note', '4;1,3;nein;', '5;NA;ja;', '']);
  expect(only.report).toMatchObject({ realRows: 0, syntheticRows: 2 });
});

it('keeps cells under their names in ragged rows, and new names apart from old ones', async () => {
  const { lines, report } = await write('x,y,weight\n1.5,ja,w1\n2.5,nein\n3.5,ja,w3,extra\n', {
    ...none,
    weightColumn: true,
  });
  expect(lines.slice(0, 4)).toEqual(['x,y,weight,weight_2', '1.5,ja,w1,0.5', '2.5,nein,,1', '3.5,ja,w3,1']);
  expect(report.messages.some((text) => text.includes('weight_2'))).toBe(true);
  const plain = await write('x,y,z\n1.5,ja,w1\n2.5,nein\n3.5,ja,w3,extra\n', none);
  expect(plain.lines.slice(0, 4)).toEqual(['x,y,z', '1.5,ja,w1', '2.5,nein', '3.5,ja,w3,extra']);
});

it('writes a header of its own only where columns are added to a file without one', async () => {
  const text = '1.5,ja\n2.5,nein\n3.5,ja\n';
  const generated = { generated: ['column_1', 'column_2'] };
  expect((await write(text, none, generated)).lines[0]).toBe('1.5,ja');
  const { lines, report } = await write(text, { ...none, flagColumn: true }, generated);
  expect(lines[0]).toBe('column_1,column_2,is_synthetic');
  expect(report.messages[0]).toContain('no header');
});

it('keeps repeated and blank header cells as they were', async () => {
  const { lines, imported } = await write('x,y,,x \n1.5,ja,a,1\n2.5,nein,b,2\n3.5,ja,a,1\n', none);
  expect(lines[0]).toBe('x,y,,x ');
  expect(imported.table.columns.map(({ name }) => name)).toEqual(['x', 'y', 'column_3', 'x_2']);
});

it('refuses to generate ids and unknown columns', async () => {
  await expect(write(TEXT, none, { generated: ['id', 'y'] })).rejects.toMatchObject({ code: 'unsupported-column' });
  await expect(write(TEXT, none, { generated: ['x', 'nope'] })).rejects.toMatchObject({ code: 'unknown-column' });
});

it('reads its own files again with the same values', async () => {
  const { lines } = await write(TEXT, defaultExport);
  const again = await readTable(lines.join('\r\n'), guessAll, [], silentTask);
  expect(again.table.rows).toBe(5);
  expect(readSlice(again.table, 3, 1).cells[0]!.slice(0, 6)).toEqual(['4', '1,3', 'nein', 'a;b', '1', '0,25']);
});

describe('newIds', () => {
  const first = (taken: string[]) => [0, 1].map(newIds(taken));
  it.each([
    [
      ['3', '17', ''],
      ['18', '19'],
    ],
    [
      ['007', '012'],
      ['013', '014'],
    ],
    [
      ['9007199254740993', '5'],
      ['9007199254740994', '9007199254740995'],
    ],
    [
      ['a1', 'b2'],
      ['syn-1', 'syn-2'],
    ],
    [
      ['a1', 'syn-4'],
      ['syn-5', 'syn-6'],
    ],
    [
      ['3', '-5'],
      ['syn-1', 'syn-2'],
    ],
    [[], ['syn-1', 'syn-2']],
  ])('continues %j with %j', (taken, ids) => {
    expect(first(taken)).toEqual(ids);
  });
});

const commas = { delimiter: ',', newline: '\n', quote: '"' } as const;

describe('formula guard', () => {
  it.each(['=1+1', '+SUM(A1)', '-2+3', '@x', '\t=1', '\r=1', '+49 30 410827', '-cmd|x', '=', '+-1'])(
    'guards %j',
    (text) => {
      expect(runsAsFormula(text)).toBe(true);
      expect(mayRunAsFormula(`a,"${text}",b`, commas)).toBe(true);
    },
  );
  it.each(['-2.5', '+5', '-1,234.50', '-1e5', '-.5', '-', '+', '-inf', '12', '', "'=1", 'a=b', ' =1', '-37%', '\t'])(
    'leaves %j',
    (text) => {
      expect(runsAsFormula(text)).toBe(false);
    },
  );
  it('finds every cell that needs guarding without splitting the record', () => {
    expect(mayRunAsFormula('1,-2.5,+3,text', commas)).toBe(false);
    expect(mayRunAsFormula('1,=2', commas)).toBe(true);
    expect(mayRunAsFormula('@a,2', commas)).toBe(true);
    expect(mayRunAsFormula('a\t\t-5\tb', { delimiter: '\t', newline: '\n', quote: '"' })).toBe(false);
  });
});
