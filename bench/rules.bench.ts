import { independentCheck } from '../src/engine/constraints/checker/independentCheck';
import { compileRules } from '../src/engine/constraints/compileRules';
import { findConflict } from '../src/engine/constraints/conflicts';
import { readRules } from '../src/engine/constraints/ruleText';
import type { Frame, ValueSpec } from '../src/engine/data/frame';
import { createRng } from '../src/engine/rng';

const number = (name: string, decimals: number): ValueSpec => ({
  name,
  kind: decimals === 0 ? 'integer' : 'continuous',
  levels: null,
  decimals,
  datePattern: null,
});
const specs: readonly ValueSpec[] = [
  number('age', 1),
  number('dose', 0),
  number('price', 2),
  number('count', 0),
  number('total', 2),
  { ...number('admitted', 0), kind: 'datetime' },
  { ...number('left', 0), kind: 'datetime' },
  { name: 'sex', kind: 'binary', levels: ['female', 'male'], decimals: 0, datePattern: null },
  { name: 'treated', kind: 'binary', levels: ['no', 'yes'], decimals: 0, datePattern: null },
  { name: 'stage', kind: 'ordinal', levels: ['I', 'II', 'III', 'IV'], decimals: 0, datePattern: null },
];
const ten = `age in 18 .. 90
dose in 0 .. 50 step 10
whole count
stage in ("I", "II", "III")
admitted <= left gap 0 .. 60
total = price * count
if treated = "no" then dose = 0
never sex = "male" and stage = "IV" and age < 30
if dose > 20 or stage = "III" then age - 18 > sqrt(count) and price / count < 80
years(admitted, left) < 1 or month(left) in (1, 2, 12)`;
const DAY_MS = 86_400_000;

/** Rows that keep most rules, a few cells missing. */
function table(rows: number): Frame {
  const rng = createRng(5, 'rules-bench');
  const columns = specs.map(() => new Float64Array(rows));
  for (let i = 0; i < rows; i++) {
    const treated = rng.integer(2);
    const price = Math.round(rng.uniform() * 5000) / 100;
    const count = 1 + rng.integer(9);
    const day = 15_000 + rng.integer(4000);
    const row = [
      18 + Math.round(rng.uniform() * 720) / 10,
      treated * 10 * (1 + rng.integer(5)),
      price,
      count,
      Math.round(price * count * 100) / 100,
      day * DAY_MS,
      (day + rng.integer(70)) * DAY_MS,
      rng.integer(2),
      treated,
      rng.integer(4),
    ];
    for (let c = 0; c < row.length; c++) columns[c]![i] = rng.uniform() < 0.02 ? Number.NaN : row[c]!;
  }
  return { rows, specs, columns };
}

function medianMs(times: number, work: () => void): number {
  const all = Array.from({ length: times }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  }).sort((a, b) => a - b);
  return all[Math.floor(times / 2)]!;
}

/** How long rules take: on rows, in the independent reading, and against each other. */
export async function run() {
  const { rules } = readRules(ten, specs, (line) => `r${line}`);
  const lines: string[] = [];
  const figures: Record<string, number> = {};
  const compiled = compileRules(rules, specs);
  for (const rows of [100_000, 1_000_000]) {
    const frame = table(rows);
    const ms = medianMs(5, () => compiled.check(frame.columns, 0, rows));
    figures[`check ${rows}`] = ms;
    lines.push(`${rules.length} rules on ${rows} rows: ${ms.toFixed(0)} ms`);
  }
  const read = table(100_000);
  figures.independent = medianMs(3, () => independentCheck(rules, read));
  lines.push(`the independent reading of 100000 rows: ${figures.independent.toFixed(0)} ms`);
  for (const count of [10, 40]) {
    const many = Array.from({ length: count }, (_, i) => `if age > ${20 + i} and dose >= 10 then price in ${i} .. 90`);
    const set = readRules([...many, 'price < 5', 'age > 70', 'dose = 20'].join('\n'), specs, (line) => `r${line}`);
    const ms = medianMs(5, () => findConflict(set.rules, specs));
    figures[`conflict ${count}`] = ms;
    const found = findConflict(set.rules, specs);
    lines.push(`smallest conflict among ${count + 3} rules: ${ms.toFixed(1)} ms, ${found?.ruleIds.length} rules`);
  }
  return { lines, figures };
}
