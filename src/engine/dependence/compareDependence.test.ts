import { describe, expect, it } from 'vitest';
import { type Frame, selectRows } from '../data/frame';
import { inlineExecutor } from '../executor';
import { createRng, type Rng, shuffleInPlace } from '../rng';
import { silentTask } from '../task';
import { categoricalSpec, numericSpec } from '../testing/generatorInput';
import { compareDependence } from './compareDependence';
import type { StatementResult } from './comparison';
import type { ComparisonInput, StatementFacts } from './comparisonInput';
import { checkMapAgainstData } from './mapCheck';
import { sentenceOf } from './sentences';
import { rowsNeeded, verdictOf } from './verdict';

const independence = (x: string, y: string, given: readonly string[] = [], survives = false): StatementFacts => ({
  statement: { id: `${x}-${y}`, kind: 'independence', x, y, given },
  survivesBalancing: survives,
  withinClassIndependent: survives,
});
const arrow = (x: string, y: string, given: readonly string[] = [], survives = true): StatementFacts => ({
  statement: { id: `${x}>${y}`, kind: 'arrow', x, y, given },
  survivesBalancing: survives,
  withinClassIndependent: false,
});

/** night -> fraud <- device, amount -> spent, kind -> spent; rows of one class or of both. */
function world(rng: Rng, rows: number, only: 0 | 1 | null = null): Frame {
  const columns = Array.from({ length: 6 }, () => new Float64Array(rows));
  for (let i = 0; i < rows; ) {
    const night = Number(rng.uniform() < 0.4);
    const device = Number(rng.uniform() < 0.3);
    const fraud = Number(rng.uniform() < 1 / (1 + Math.exp(3.5 - 2 * night - 2 * device)));
    const amount = rng.normal() + 0.5 * fraud;
    const kind = rng.integer(3);
    const spent = 0.8 * amount + [0, 0.7, -0.7][kind]! + 0.6 * rng.normal();
    if (only !== null && fraud !== only) continue;
    [night, device, amount, kind, spent, fraud].forEach((value, c) => {
      columns[c]![i] = value;
    });
    i++;
  }
  return {
    rows,
    specs: [
      categoricalSpec('night', ['no', 'yes']),
      categoricalSpec('new_device', ['no', 'yes']),
      numericSpec('amount'),
      categoricalSpec('kind', ['food', 'fuel', 'other']),
      numericSpec('spent'),
      categoricalSpec('fraud', ['no', 'yes']),
    ],
    columns,
  };
}

const statements = [
  independence('night', 'new_device'),
  independence('night', 'spent', ['amount'], true),
  arrow('amount', 'spent', ['kind']),
  arrow('kind', 'spent', ['amount']),
  arrow('night', 'fraud', ['new_device']),
];

const rareRowsOf = (frame: Frame) => {
  const target = frame.columns.at(-1)!;
  return Array.from({ length: frame.rows }, (_, i) => i).filter((i) => target[i] === 1);
};
const inputOf = (original: Frame, synthetic: Frame, donor: Int32Array, seed = 1): ComparisonInput => ({
  original,
  synthetic,
  donor,
  target: 'fraud',
  rareCodes: [1],
  statements,
  seed,
});

/** Copies of real rare rows (each a legitimate draw of the law), with lineage. */
function copies(original: Frame, rows: number, rng: Rng): { synthetic: Frame; donor: Int32Array } {
  const rare = rareRowsOf(original);
  const donor = Int32Array.from({ length: rows }, () => rare[rng.integer(rare.length)]!);
  return { synthetic: selectRows(original, donor), donor };
}

const find = (results: readonly StatementResult[], comparison: string, id: string) =>
  results.find((result) => result.comparison === comparison && result.statement.id === id)!;

describe('verdicts where the truth is known', () => {
  it('fresh rows of the same law are called damaged in at most 5 % of statements', async () => {
    let damaged = 0;
    let total = 0;
    for (let seed = 0; seed < 12; seed++) {
      const rng = createRng(seed, 'same-law');
      const original = world(rng, 1200);
      const synthetic = world(rng, 1000, 1);
      const { results } = await compareDependence(
        inputOf(original, synthetic, new Int32Array(1000).fill(-1), seed),
        inlineExecutor,
        silentTask,
      );
      damaged += results.filter(({ verdict }) => verdict === 'damaged').length;
      total += results.length;
    }
    expect(total).toBeGreaterThan(150);
    expect(damaged / total).toBeLessThanOrEqual(0.05);
  }, 60_000);

  it('copies of real rows keep everything, however few the rows', async () => {
    const rng = createRng(2, 'copies');
    const original = world(rng, 2000);
    const { synthetic, donor } = copies(original, 4000, rng);
    const { results } = await compareDependence(inputOf(original, synthetic, donor), inlineExecutor, silentTask);
    expect(results.filter(({ verdict }) => verdict === 'damaged')).toEqual([]);
    const inside = results.filter(({ comparison }) => comparison === 'within-class');
    expect(inside.every(({ verdict }) => verdict === 'kept')).toBe(true);
  });

  it('a shuffled column is found out inside the class and with weights it stays in proportion', async () => {
    const rng = createRng(3, 'shuffled');
    const original = world(rng, 3000);
    const { synthetic, donor } = copies(original, 3000, rng);
    shuffleInPlace(synthetic.columns[4]!, rng);
    const { results } = await compareDependence(inputOf(original, synthetic, donor), inlineExecutor, silentTask);
    const amount = find(results, 'within-class', 'amount>spent');
    const kind = find(results, 'within-class', 'kind>spent');
    expect([amount.verdict, kind.verdict]).toEqual(['damaged', 'damaged']);
    expect(amount.sentence).toMatch(
      /^Inside fraud = yes, amount and spent given kind lost their link \(0\.\d\d -> 0\.0\d\)/,
    );
    expect(amount.difference).toBeLessThan(-0.5);
    expect(find(results, 'within-class', 'night-spent').verdict).not.toBe('damaged');
    expect(find(results, 'unweighted', 'amount>spent').verdict).toBe('damaged');
  });

  it('levels that swap their roles count as changed though the strength is the same', async () => {
    const rng = createRng(4, 'swapped');
    const original = world(rng, 4000);
    const { synthetic, donor } = copies(original, 4000, rng);
    const swapped = {
      ...synthetic,
      columns: synthetic.columns.map((c, i) => (i === 3 ? c.map((code) => [0, 2, 1][code]!) : c)),
    };
    const { results } = await compareDependence(inputOf(original, swapped, donor), inlineExecutor, silentTask);
    const kind = find(results, 'within-class', 'kind>spent');
    expect(kind.verdict).toBe('damaged');
    expect(Math.abs(kind.after - kind.before)).toBeLessThan(0.1);
    expect(kind.sentence).toMatch(/linked in another way/);
  });

  it('the interval of a difference covers the truth about as often as it says', async () => {
    let covered = 0;
    let total = 0;
    for (let seed = 0; seed < 50; seed++) {
      const rng = createRng(seed, 'coverage');
      const original = world(rng, 700);
      const synthetic = world(rng, 3000, 1);
      const one = {
        ...inputOf(original, synthetic, new Int32Array(3000).fill(-1), seed),
        statements: statements.slice(0, 3),
      };
      const { results } = await compareDependence(one, inlineExecutor, silentTask);
      for (const { comparison, differenceInterval } of results) {
        if (comparison !== 'within-class') continue;
        total++;
        covered += Number(differenceInterval.low <= 0 && differenceInterval.high >= 0);
      }
    }
    // 150 intervals at 95 %: fewer than 88 % or all but none missing would be a wrong standard error.
    expect(total).toBe(150);
    expect(covered / total).toBeGreaterThan(0.88);
    expect(covered / total).toBeLessThan(0.995);
  }, 60_000);
});

describe('balancing is not damage', () => {
  it('two causes of the target look linked, and the sentence says why', async () => {
    const rng = createRng(6, 'balancing');
    const original = world(rng, 6000);
    const { synthetic, donor } = copies(original, 4500, rng);
    const { results } = await compareDependence(inputOf(original, synthetic, donor), inlineExecutor, silentTask);
    const unweighted = find(results, 'unweighted', 'night-new_device');
    expect(unweighted.verdict).toBe('expected-from-balancing');
    expect(unweighted.sentence).toMatch(
      /^night and new_device look linked after balancing \(0\.\d\d -> 0\.\d\d\); that is expected: both lead to fraud\. Inside each class nothing changed\.$/,
    );
    expect(find(results, 'weighted', 'night-new_device').verdict).toBe('kept');
    expect(find(results, 'unweighted', 'night>fraud').verdict).not.toBe('damaged');
    expect(results.filter(({ verdict }) => verdict === 'damaged')).toEqual([]);
  });
});

describe('a link with the target that the map denies', () => {
  const denied = async (original: Frame, synthetic: Frame, donor: Int32Array, x: string) => {
    const input = { ...inputOf(original, synthetic, donor), statements: [independence(x, 'fraud', [], true)] };
    const { results } = await compareDependence(input, inlineExecutor, silentTask);
    return find(results, 'unweighted', `${x}-fraud`);
  };

  it('shown by the real rows themselves, it grows with the share of the target: not damage', async () => {
    const rng = createRng(11, 'denied');
    const original = world(rng, 6000);
    const { synthetic, donor } = copies(original, 4500, rng);
    const { verdict, before, after } = await denied(original, synthetic, donor, 'night');
    expect(after - before).toBeGreaterThan(0.06);
    expect(verdict).toBe('expected-from-balancing');
  });

  it('brought by the synthetic rows alone, it is damage', async () => {
    const rng = createRng(12, 'denied');
    const original = world(rng, 6000);
    const { synthetic, donor } = copies(original, 4500, rng);
    const skewed = { ...synthetic, columns: synthetic.columns.map((c, i) => (i === 3 ? c.map(() => 2) : c)) };
    expect((await denied(original, skewed, donor, 'kind')).verdict).toBe('damaged');
  });
});

describe('what the report holds', () => {
  const setUp = (rows = 1500) => {
    const rng = createRng(7, 'report');
    const original = world(rng, rows);
    return { original, ...copies(original, 500, rng) };
  };

  it('within-class results come first, leave out statements about the target, and are heard as they fall', async () => {
    const { original, synthetic, donor } = setUp();
    const heard: StatementResult[] = [];
    const { results } = await compareDependence(
      inputOf(original, synthetic, donor),
      inlineExecutor,
      silentTask,
      (part) => heard.push(...part),
    );
    // What is heard on the way comes statement by statement, and is not adjusted yet: that takes the whole family.
    const keyOf = ({ comparison, statement }: StatementResult) => `${comparison} ${statement.id}`;
    const finished = new Map(results.map((result) => [keyOf(result), result]));
    expect(heard).toHaveLength(finished.size);
    for (const part of heard) {
      const whole = finished.get(keyOf(part))!;
      expect({ ...part, pValueBefore: 0 }).toEqual({ ...whole, pValueBefore: 0 });
      expect(part.pValueBefore).toBeLessThanOrEqual(whole.pValueBefore);
    }
    expect(results.map(({ comparison }) => comparison)).toEqual([
      ...Array(4).fill('within-class'),
      ...Array(5).fill('weighted'),
      ...Array(5).fill('unweighted'),
    ]);
    for (const result of results) {
      expect(result.before).toBeGreaterThanOrEqual(result.beforeInterval.low);
      expect(result.before).toBeLessThanOrEqual(result.beforeInterval.high);
      expect(result.difference).toBeGreaterThanOrEqual(result.differenceInterval.low);
      expect(result.difference).toBeLessThanOrEqual(result.differenceInterval.high);
      for (const value of [result.before, result.after, result.pValueBefore]) {
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
      }
    }
  });

  it('is the same for the same seed', async () => {
    const { original, synthetic, donor } = setUp();
    const run = () => compareDependence(inputOf(original, synthetic, donor), inlineExecutor, silentTask);
    expect(await run()).toEqual(await run());
  });

  it('leaves out rows with missing cells where they matter, and says so', async () => {
    const { original, synthetic, donor } = setUp();
    const rare = rareRowsOf(original);
    original.columns[3]![rare[0]!] = Number.NaN;
    const { results, messages } = await compareDependence(
      inputOf(original, synthetic, donor),
      inlineExecutor,
      silentTask,
    );
    expect(find(results, 'within-class', 'night-spent').realRows).toBe(rare.length);
    expect(find(results, 'within-class', 'kind>spent').realRows).toBe(rare.length - 1);
    expect(messages).toContain(
      'Inside fraud = yes, 1 row with missing cells is left out for kind and spent given amount.',
    );
  });

  it('a column without variation and a class of three rows each get a sentence', async () => {
    const { original, synthetic, donor } = setUp();
    for (const frame of [original, synthetic]) frame.columns[0]!.fill(1);
    const { results } = await compareDependence(inputOf(original, synthetic, donor), inlineExecutor, silentTask);
    const night = find(results, 'within-class', 'night-new_device');
    expect(night.verdict).toBe('cannot-tell');
    expect(night.sentence).toMatch(/night or new_device does not vary/);

    const keep = rareRowsOf(original).slice(0, 3);
    const common = Array.from({ length: original.rows }, (_, i) => i).filter((i) => original.columns[5]![i] === 0);
    const few = selectRows(original, [...common, ...keep]);
    const report = await compareDependence(
      inputOf(few, synthetic, new Int32Array(synthetic.rows).fill(-1)),
      inlineExecutor,
      silentTask,
    );
    const inside = report.results.filter(({ comparison }) => comparison === 'within-class');
    expect(inside.every(({ verdict, sentence }) => verdict === 'cannot-tell' && sentence.endsWith('.'))).toBe(true);
  });

  it('refuses a column that is not there', async () => {
    const { original, synthetic, donor } = setUp();
    const wrong = { ...inputOf(original, synthetic, donor), statements: [independence('nigth', 'amount')] };
    await expect(compareDependence(wrong, inlineExecutor, silentTask)).rejects.toMatchObject({
      code: 'unknown-column',
    });
  });
});

describe('verdict', () => {
  it.each([
    [-0.05, 0.09, 'kept'],
    [0.11, 0.3, 'damaged'],
    [-0.4, -0.2, 'damaged'],
    [-0.2, 0.05, 'cannot-tell'],
    [-0.3, 0.3, 'cannot-tell'],
  ])('of [%d, %d] is %s', (low, high, verdict) => {
    expect(verdictOf({ low, high }, 0.1)).toBe(verdict);
  });

  it('names rows that would tell, and none where no sensible number would', () => {
    // Half-width 0.2 must become 0.1: four times the rows.
    expect(rowsNeeded(0, { low: -0.2, high: 0.2 }, 0.1, 100)).toBe(400);
    expect(rowsNeeded(0.1, { low: -0.1, high: 0.3 }, 0.1, 100)).toBeNull();
  });

  it('in words for a link turned round', () => {
    const sentence = sentenceOf({
      statement: arrow('a', 'b').statement,
      comparison: 'within-class',
      verdict: 'damaged',
      before: 0.4,
      after: 0.3,
      differenceInterval: { low: -0.8, high: -0.6 },
      turnedRound: true,
      margin: 0.1,
      rowsNeeded: null,
      realRows: 200,
      target: 'fraud',
      rareClass: 'fraud = yes',
      withinClassIndependent: false,
      within: null,
    });
    expect(sentence).toBe(
      'Inside fraud = yes, a and b turned their link round (0.40 -> -0.30), beyond the margin of 0.1.',
    );
  });
});

describe('the map against the data', () => {
  it('measures arrows, agrees with true independences and refutes false ones', async () => {
    const frame = world(createRng(9, 'map-check'), 4000);
    const check = await checkMapAgainstData(
      frame,
      [
        arrow('amount', 'spent', ['kind']).statement,
        arrow('kind', 'spent', ['amount']).statement,
        independence('night', 'new_device').statement,
        independence('amount', 'spent').statement,
      ],
      silentTask,
    );
    // spent = 0.8 amount + ... + 0.6 e: partial r = 0.8 sd / sqrt(0.64 sd² + 0.36), the sd of amount just above 1.
    expect(check.arrows[0]).toMatchObject({ from: 'amount', to: 'spent', rows: 4000 });
    expect(Math.abs(check.arrows[0]!.effect - 0.8)).toBeLessThan(0.03);
    expect(check.arrows[1]!.low).toBeGreaterThan(0.4);
    expect(check.independences.map(({ verdict }) => verdict)).toEqual(['agrees', 'refuted']);
  });

  it('cannot tell from forty rows', async () => {
    const frame = world(createRng(9, 'map-check'), 40);
    const check = await checkMapAgainstData(frame, [independence('night', 'new_device').statement], silentTask);
    expect(check.independences[0]!.verdict).toBe('cannot-tell');
  });
});
