import { expect, it } from 'vitest';
import { silentTask } from '../task';
import { cellFormats, formatValue, rawCells } from './cellText';
import { frameOf } from './frame';
import { guessAll, type ImportOptions } from './importOptions';
import { changeKinds, readTable } from './readCsv';
import type { CategoricalColumn, KindChoice, NumericColumn } from './table';

const read = (text: string, kinds: readonly KindChoice[] = [], options: Partial<ImportOptions> = {}) =>
  readTable(text, { ...guessAll, ...options }, kinds, silentTask);
const column = (name: string, cells: readonly string[]) =>
  `${name},row\n${cells.map((c, i) => `${c},${i}x`).join('\n')}\n`;
const cycle = <T>(values: readonly T[], times: number) => Array.from({ length: times }, () => values).flat();

it.each([
  ['visits', cycle(['0', '3', '1', '12', '5', '8', '2', '30'], 6), 'count', /count/],
  ['hour', cycle(['0', '23', '7', '12', '5', '8'], 9), 'cyclic', /hours of the day/],
  ['day', cycle(['Mon', 'Tue', 'Sun', 'Fri'], 9), 'cyclic', /days of the week/],
  ['stay', cycle(['01:30', '26:05', '03:00'], 9), 'duration', /hh:mm/],
  ['took', cycle(['PT1H', 'P1DT2H', 'PT30M'], 9), 'duration', /ISO/],
  ['took', cycle(['1h 5m', '2d', '45s'], 9), 'duration', /1d 2h/],
  ['same', cycle(['7'], 9), 'constant', /same: 7/],
  ['note', Array.from({ length: 30 }, (_, i) => `patient came in with pain ${i}`), 'text', /free text/],
] as const)('guesses what %s holds', async (name, cells, kind, reason) => {
  const { table, columns } = await read(column(name, cells));
  expect(table.columns[0]!.kind).toBe(kind);
  expect(columns[0]!.reason).toMatch(reason);
});

it('reads durations as seconds and writes them in their own form', async () => {
  const imported = await read(column('stay', cycle(['01:30', '26:05', '03:00'], 4)));
  expect([...(imported.table.columns[0] as NumericColumn).values.slice(0, 2)]).toEqual([5400, 93_900]);
  const [format] = cellFormats(imported);
  expect(formatValue(format!, 93_900)).toBe('26:05');
  expect(frameOf(imported.table, ['stay']).specs[0]).toMatchObject({ kind: 'continuous', levels: null });
});

it('puts a cycle in its order and gives the mechanisms levels without one', async () => {
  const { table } = await read(column('weekday', cycle(['Tue', 'Sun', 'Mon', 'Sat'], 5)));
  expect((table.columns[0] as CategoricalColumn).levels).toEqual(['Mon', 'Tue', 'Sat', 'Sun']);
  expect(frameOf(table, ['weekday']).specs[0]!.kind).toBe('nominal');
});

it('keeps the order that the person gave to grades, and can take it back', async () => {
  const text = column('size', cycle(['small', 'large', 'medium'], 5));
  const choice: KindChoice = { column: 'size', kind: 'ordinal', order: ['small', 'medium', 'large'] };
  const imported = await read(text, [choice]);
  expect(imported.table.columns[0]).toMatchObject({ kind: 'ordinal', levels: ['small', 'medium', 'large'] });
  const turned = await changeKinds(imported, [{ ...choice, order: ['large', 'medium'] }], silentTask);
  expect(turned.table.columns[0]).toMatchObject({ levels: ['large', 'medium', 'small'] });
  expect((await changeKinds(turned, [], silentTask)).table.columns[0]).toMatchObject({
    kind: 'nominal',
    levels: ['large', 'medium', 'small'],
  });
});

it('asks about dates that read both ways, and takes either answer', async () => {
  const text = column('seen', cycle(['03/04/2020', '05/06/2021', '01/02/2020'], 5));
  const { columns } = await read(text);
  expect(columns[0]!.answers.map(({ datePattern }) => datePattern)).toEqual(['dd/MM/yyyy', 'MM/dd/yyyy']);
  for (const [answer, ms] of [
    [columns[0]!.answers[0]!, Date.UTC(2020, 3, 3)],
    [columns[0]!.answers[1]!, Date.UTC(2020, 2, 4)],
  ] as const) {
    const { kind, datePattern } = answer;
    const again = await read(text, [{ column: 'seen', kind, datePattern: datePattern! }]);
    expect((again.table.columns[0] as NumericColumn).values[0]).toBe(ms);
  }
});

it('makes missing a level, or sets the rows aside, only where that was chosen', async () => {
  const text = column('region', ['north', 'NA', 'south', 'NA', '', 'north']);
  expect((await read(text)).table).toMatchObject({ setAside: null });
  const level = await read(text, [], { missing: [{ column: 'region', choice: 'level' }] });
  const region = level.table.columns[0] as CategoricalColumn;
  expect(region.levels).toEqual(['north', 'south', '(missing)']);
  expect([...region.codes]).toEqual([0, 2, 1, 2, 2, 0]);
  expect(formatValue(cellFormats(level)[0]!, 2)).toBe('NA');
  const dropped = await read(text, [], { missing: [{ column: 'region', choice: 'drop' }] });
  expect([...dropped.table.setAside!]).toEqual([0, 1, 0, 1, 1, 0]);
});

it('reads cells in apostrophes, and quotes as plain characters where asked to', async () => {
  const single = await read("a,b\n'x, y',1\n'it''s',2\n'z',3\n");
  expect(single.options.quote).toBe("'");
  expect(rawCells(single.table, 0)).toEqual(['x, y', '1']);
  expect(rawCells(single.table, 1)).toEqual(["it's", '2']);
  expect(single.table.rows).toBe(3);
  const none = await read('a,b\n5" pipe,1\n"open,2\n6" pipe,3\n', [], { quote: 'none' });
  expect(none.table.rows).toBe(3);
  expect(none.table.source.text.slice(none.table.source.start[1], none.table.source.end[1])).toBe('"open,2');
});

it.each<[string, readonly string[], string]>([
  ['three different texts are an id', ['u1', 'u2', 'u3'], 'id'],
  ['two are not', ['u1', 'u2'], 'binary'],
  ['below ten rows one repeat is enough to be none', ['u1', 'u2', 'u3', 'u4', 'u5', 'u6', 'u7', 'u7'], 'nominal'],
  ['of twenty, 19 different ones are', [...Array.from({ length: 19 }, (_, i) => `u${i}`), 'u0'], 'id'],
  ['of twenty, 18 are not', [...Array.from({ length: 18 }, (_, i) => `u${i}`), 'u0', 'u1'], 'nominal'],
])('short columns: %s', async (_, cells, kind) => {
  const { table } = await read(column('who', cells));
  expect(table.columns[0]!.kind).toBe(kind);
});
