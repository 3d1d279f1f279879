import { expect, it } from 'vitest';
import { createRng } from '../rng';
import { silentTask } from '../task';
import { histograms } from './histogram';
import { guessAll } from './importOptions';
import { readTable } from './readCsv';
import { leakOf, requireTarget, reviewTarget } from './reviewTarget';
import type { Table } from './table';

async function tableOf(header: string, rows: number, row: (i: number) => string): Promise<Table> {
  const text = [header, ...Array.from({ length: rows }, (_, i) => row(i))].join('\n');
  return (await readTable(text, guessAll, [], silentTask)).table;
}

const rng = createRng(3, 'test-review');
const world = tableOf('noise,echo,level,region,event', 400, (i) => {
  const event = i % 10 === 0 ? 1 : 0;
  return `${rng.normal().toFixed(4)},${(event * 5 + rng.normal() * 0.5).toFixed(4)},${event ? 'ill' : 'well'},r${rng.integer(60)},${i % 50 === 3 ? '' : event}`;
});

it('raises the alarm for a number and for a text that give the target away, and for nothing else', async () => {
  const { notices, rareRows, knownRows } = reviewTarget(await world, { column: 'event', rareLevels: ['1'] });
  expect({ rareRows, knownRows }).toEqual({ rareRows: 40, knownRows: 392 });
  const leaks = notices.filter(({ text }) => text.includes('gives')).map(({ text }) => text.split('"')[1]);
  expect(leaks).toEqual(['echo', 'level']);
  expect(notices.some(({ text }) => text.startsWith('8 of 400 rows have no known "event"'))).toBe(true);
});

it.each([
  [{ column: 'nope', rareLevels: ['1'] }, 'unknown-column', 'nope'],
  [{ column: 'noise', rareLevels: ['1'] }, 'bad-target', 'continuous'],
  [{ column: 'event', rareLevels: ['2'] }, 'bad-target', 'choose one of "0", "1"'],
  [{ column: 'event', rareLevels: [] }, 'bad-target', 'No rare level'],
  [{ column: 'event', rareLevels: ['0', '1'] }, 'bad-target', 'at least one as common'],
])('refuses %j with %s', async (target, code, part) => {
  const table = await world;
  expect(() => requireTarget(table, target)).toThrow(
    expect.objectContaining({ code, message: expect.stringContaining(part) }),
  );
});

it('finds levels whatever spaces and accents they are given with', async () => {
  const table = await tableOf('x,y', 40, (i) => `${i}.5,${i % 4 ? 'école' : 'lycée'}`);
  expect(requireTarget(table, { column: 'y', rareLevels: [' lyce\u0301e '] })).toMatchObject({
    rareCodes: [0],
    rareRows: 10,
  });
});

it('measures AUC with ties as half, and V without rewarding many levels', () => {
  const isRare = Int8Array.of(1, 1, 1, 1, 1, 0, 0, 0, 0, 0, -1);
  const values = Float64Array.of(1, 2, 3, 4, 5, 3, 3, 3, 3, 3, 99);
  const column = { name: 'v', kind: 'continuous', values, decimals: 0, datePattern: null } as const;
  expect(leakOf(column, isRare)).toEqual({ measure: 'AUC', strength: 0.5 });
  const unique = {
    name: 'c',
    kind: 'nominal',
    codes: Int32Array.from(isRare.keys()),
    levels: [...isRare.keys()].map(String),
  } as const;
  expect(leakOf(unique, isRare)!.strength).toBeLessThan(0.9);
  const same = {
    name: 's',
    kind: 'binary',
    codes: Int32Array.from(isRare, (x) => Math.max(0, x)),
    levels: ['0', '1'],
  } as const;
  expect(leakOf(same, isRare)!.strength).toBeGreaterThan(0.97);
});

it('makes histograms whose shares add up to one in each class', async () => {
  const table = await world;
  const target = { column: 'event', rareLevels: ['1'] };
  const synthetic = { names: ['noise'], columns: [Float64Array.of(0, 1000, Number.NaN)] };
  const all = histograms(table, ['noise', 'level', 'region'], target, synthetic);
  const sum = (shares: readonly number[]) => shares.reduce((a, b) => a + b, 0);
  for (const { common, rare } of all) {
    expect(sum(common)).toBeCloseTo(1, 12);
    expect(sum(rare)).toBeCloseTo(1, 12);
  }
  const [noise, level, region] = all;
  expect([noise!.edges.length, noise!.common.length]).toEqual([21, 20]);
  expect(noise!.synthetic![19]).toBe(0.5);
  expect([level!.levels, level!.rare, level!.synthetic]).toEqual([['ill', 'well'], [1, 0], null]);
  expect(region!.levels).toHaveLength(13);
  expect(region!.levels[12]).toBe('other');
  expect(histograms(table, ['noise'], null)[0]!.rare).toEqual([]);
  expect(() => histograms(table, ['nope'], null)).toThrow(expect.objectContaining({ code: 'unknown-column' }));
});

it('bins few whole numbers one by one, and huge, constant and empty columns without NaN', async () => {
  const table = await tableOf(
    'count,huge,same,gone,e',
    60,
    (i) => `${(i * i) % 7},${i % 2 ? '' : '-'}${1 + (i % 7)}e307,3.5,,${i % 2}`,
  );
  const [count, huge, same] = histograms(table, ['count', 'huge', 'same'], null);
  expect(count!.edges.slice(0, 3)).toEqual([-0.5, 0.5, 1.5]);
  expect(huge!.edges.every(Number.isFinite)).toBe(true);
  expect(huge!.common.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
  expect(same!.common).toEqual([1]);
  expect(histograms(table, ['gone'], null)[0]!.common).toEqual([]);
});
