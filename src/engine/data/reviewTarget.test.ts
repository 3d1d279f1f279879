import { expect, it } from 'vitest';
import { createRng } from '../rng';
import { silentTask } from '../task';
import { histograms } from './histogram';
import { guessAll } from './importOptions';
import { missingByClass } from './missingByClass';
import { readTable } from './readCsv';
import { redundancyNotices } from './redundantColumns';
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

it('leaves rows set aside out of histograms and of the alarm', async () => {
  const table = await tableOf('x,y', 100, (i) => `${i % 10 === 0 ? i + 0.5 : 3.5},${i % 10 === 0 ? 'rare' : 'common'}`);
  const target = { column: 'y', rareLevels: ['rare'] };
  const leaks = (one: Table) => reviewTarget(one, target).notices.filter(({ text }) => text.includes('gives'));
  expect(leaks(table)).toHaveLength(0);
  const setAside = Uint8Array.from({ length: 100 }, (_, row) => Number(row === 0));
  // Without row 0, whose 0.5 lies below the common 3.5, every rare value is above every common one.
  expect(leaks({ ...table, setAside })).toHaveLength(1);
  const [before] = histograms(table, ['x'], target);
  const [after] = histograms({ ...table, setAside }, ['x'], target);
  expect(before!.edges[0]).toBe(0.5);
  expect(after!.edges[0]).toBe(3.5);
  expect(after!.rare.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
});

it('tells columns that say the same from those that only go together', async () => {
  const text = redundancyNotices(
    await tableOf('km,miles,near,code,name,site', 300, (i) => {
      const km = (i * 37) % 101;
      return `${km + 0.1},${(0.62 * km).toFixed(3)},${km + ((i * 7) % 40)}.5,c${i % 4},n${3 - (i % 4)},s${i % 3}`;
    }),
  ).map((notice) => notice.text);
  expect(text).toHaveLength(2);
  expect(text[0]).toMatch(/^"km", "miles" say the same/);
  expect(text[1]).toMatch(/^"code", "name" say the same/);
});

it('says whether missing cells come with the class, adjusted for the number of columns', async () => {
  const table = await tableOf('often,chance,never,y', 1000, (i) => {
    const isRare = i % 10 === 0;
    return `${isRare && i % 20 === 0 ? '' : `${i}.5`},${i % 7 === 0 ? '' : `${i}.5`},${i}.5,${isRare ? 'rare' : 'common'}`;
  });
  const isRare = Int8Array.from({ length: 1000 }, (_, i) => Number(i % 10 === 0));
  const found = missingByClass(table, isRare);
  expect(found.map(({ column }) => column)).toEqual(['often', 'chance']);
  expect(found[0]).toMatchObject({ rareMissing: 50, rareRows: 100, commonMissing: 0, commonRows: 900 });
  expect(found[0]!.pValue).toBeLessThan(1e-6);
  expect(found[1]!.pValue).toBeGreaterThan(0.5);
  const { notices } = reviewTarget(table, { column: 'y', rareLevels: ['rare'] });
  expect(notices.filter(({ text }) => text.includes('missing depends on the class'))).toHaveLength(1);
});
