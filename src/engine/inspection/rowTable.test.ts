import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { argsort } from '../numeric/argsort';
import { silentTask } from '../task';
import { categoricalSpec, numericSpec } from '../testing/generatorInput';
import { madeLayer } from './layerRows';
import { parseFilter } from './rowFilter';
import { orderStatistics, queryRows, type RowQuery } from './rowTable';

it('argsort sorts as a stable comparison does, NaN last either way', () => {
  const key = fc.oneof(fc.double(), fc.constantFrom(0, -0, Number.NaN, 1, -1, Infinity, -Infinity));
  fc.assert(
    fc.property(fc.array(key, { maxLength: 40 }), fc.boolean(), (list, isDescending) => {
      const keys = Float64Array.from(list);
      const expected = Array.from(keys.keys()).sort((a, b) => {
        const [x, y] = [keys[a]!, keys[b]!];
        if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y)) || a - b;
        return (isDescending ? y - x || 0 : x - y || 0) || Math.sign(a - b);
      });
      const sorted = (order: Iterable<number>) => Array.from(order, (i) => keys[i]! + 0);
      expect(sorted(argsort(keys, isDescending))).toEqual(sorted(expected));
      if (!list.some((v) => Math.abs(v) === Infinity)) expect([...argsort(keys, isDescending)]).toEqual(expected);
    }),
  );
});

describe('filters as they are typed', () => {
  const number = numericSpec('dose');
  const date = { ...number, kind: 'datetime' as const };
  const level = categoricalSpec('site', ['east', 'north', 'west']);
  it.each([
    ['> 5', number, 5, false],
    ['>= 5', number, 5, true],
    ['2..7', number, 7, true],
    ['-3..-1', number, -2, true],
    ['!= 0', number, Number.NaN, false],
    ['missing', number, Number.NaN, true],
    ['!missing', number, 3, true],
    ['5', number, 5, true],
    ['> 2024-01-31', date, Date.UTC(2024, 1, 1), true],
    ['th', level, 1, true],
    ['ST', level, 2, true],
    ['!st', level, 0, false],
    ['!st', level, Number.NaN, true],
  ] as const)('%s', (text, spec, value, passes) => expect(parseFilter(text, spec)(value)).toBe(passes));

  it('says what can be written where one cannot be read', () =>
    expect(() => parseFilter('a lot', number)).toThrow('"a lot" is no filter for dose: write > 5, 2..7, or missing.'));
});

describe('rows of a query', async () => {
  const specs = [numericSpec('dose'), categoricalSpec('site', ['east', 'west'])];
  const layers = [
    madeLayer('synthetic', {
      rows: 4,
      specs,
      columns: [Float64Array.of(3, 1, Number.NaN, 2), Float64Array.of(0, 1, 0, 1)],
    }),
    madeLayer('comparison', { rows: 2, specs, columns: [Float64Array.of(9, 0), Float64Array.of(1, 1)] }),
  ];
  const base: RowQuery = {
    layers: ['synthetic', 'comparison'],
    filters: {},
    search: '',
    onlyMarked: false,
    onlyBroken: false,
    sort: null,
  };
  const ask = async (patch: Partial<RowQuery>) => {
    const marks = [{ layer: 'synthetic' as const, rows: Int32Array.of(1, 2) }];
    const parts = { layers, specs, marks, breaksRule: () => (row: number) => row === 1, holdsText: () => () => true };
    const order = await queryRows({ ...base, ...patch }, parts, silentTask);
    return { order, list: Array.from(order.rows, (row, i) => `${order.layers[order.layer[i]!]!.layer[0]}${row}`) };
  };
  it.each([
    [{}, 's0 s1 s2 s3 c0 c1'],
    [{ layers: ['comparison'] }, 'c0 c1'],
    [{ sort: { column: 'dose', isDescending: false } }, 'c1 s1 s3 s0 c0 s2'],
    [{ sort: { column: 'dose', isDescending: true } }, 'c0 s0 s3 s1 c1 s2'],
    [{ filters: { dose: '1..3', site: 'west' } }, 's1 s3'],
    [{ onlyMarked: true }, 's1 s2'],
    [{ onlyBroken: true }, 's1 c1'],
  ] as [Partial<RowQuery>, string][])('%j', async (patch, expected) =>
    expect((await ask(patch)).list.join(' ')).toBe(expected),
  );

  it('are summed up column by column', async () => {
    const [dose, site] = await orderStatistics((await ask({})).order, specs, silentTask);
    expect(dose).toMatchObject({ missing: 1, numbers: { min: 0, max: 9, mean: 3 } });
    expect(site).toMatchObject({ missing: 0, top: { level: 'west', share: 4 / 6 } });
  });
});
