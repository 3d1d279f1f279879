import type { Frame } from '../src/engine/data/frame';
import { categoricalMechanism } from '../src/engine/mechanisms/classifier';
import { softmaxRegression } from '../src/engine/mechanisms/softmaxRegression';
import { createRng, ROWS_PER_BLOCK } from '../src/engine/rng';
import { freshSampler } from '../src/engine/scm/freshSampler';
import { structureOf } from '../src/engine/worlds/simulate';
import { logistic, type World } from '../src/engine/worlds/world';
import { MADE } from './trueLaw';

/** What the log odds of the outcome are linear in, by world: functions of the outcome's causes in their order. */
const oddsForms: Readonly<Record<string, (causes: readonly number[]) => number[]>> = {
  'rare-disease': ([age, gene, smoker, severity, treated, crp]) => [
    age!,
    gene!,
    smoker!,
    severity!,
    treated!,
    Math.log(crp! + 0.005),
  ],
  'credit-default': (causes) => [...causes],
  'card-fraud': ([device, amount, velocity, night, country, tenure]) => [
    device!,
    Math.log(amount! + 0.005),
    velocity!,
    night!,
    Number(country === 2),
    tenure!,
  ],
  'machine-failure': (causes) => [...causes],
  'birth-weight': ([defect, weight, gestation, smoker, ses]) => [
    defect!,
    weight!,
    Math.max(0, 37 - gestation!),
    smoker!,
    ses!,
  ],
  // Who is not shortlisted is not hired: the first column says so.
  hiring: ([shortlisted, interview, referred, test, gender]) => [
    100 * (shortlisted! - 1),
    shortlisted! * interview!,
    shortlisted! * referred!,
    shortlisted! * test!,
    shortlisted! * gender!,
  ],
  'mixed-10': ([x1, flag, load, count]) => [x1!, flag!, Math.log(load! + 0.1), count!],
  'bursty-9': ([claim, contacts, score]) => [Math.log1p(claim!), contacts!, score!],
  'switch-8': ([carrier, pressure, rhythm, drug]) => [carrier!, pressure!, Math.abs(rhythm!), drug!, drug! * pressure!],
};
/** Forward draws for each row kept. */
const POOL = 40;
/** Only keeps the optimum finite where a level has no case. */
const PENALTY = 1e-3;

/**
 * Rows that know nearly all: every mechanism is the true one, and of the odds of the outcome the true form is known; only its
 * coefficients are learned from the table, by maximum likelihood. Whoever has to learn them without bias does no better in
 * large samples, so that the energy distance of these rows is a floor for what can be learned from so few cases: of whoever
 * does not know the other mechanisms and the form, more is asked.
 * @returns Null for a world whose form is not written down here.
 */
export function efficientRows(world: World, frame: Frame, seed: number): Frame | null {
  const form = oddsForms[world.id];
  if (!form) return null;
  const model = structureOf(world);
  const target = model.specs.findIndex(({ name }) => name === world.target);
  const rareCode = model.specs[target]!.levels!.indexOf(world.rareLevel);
  const rowForm = (columns: readonly Float64Array[], i: number) => form(columns.map((column) => column[i]!));
  const causes = world.nodes[target]!.parents.map(
    (name) => frame.columns[frame.specs.findIndex((spec) => spec.name === name)]!,
  );
  const outcome = frame.columns[frame.specs.findIndex(({ name }) => name === world.target)]!;
  const raw = Array.from(outcome, (_, i) => rowForm(causes, i));
  const scales = raw[0]!.map((_, j) => {
    const mean = raw.reduce((sum, row) => sum + row[j]!, 0) / raw.length;
    const spread = Math.sqrt(raw.reduce((sum, row) => sum + (row[j]! - mean) ** 2, 0) / raw.length);
    return { mean, spread: spread || 1 };
  });
  const standard = (row: readonly number[]) => row.map((v, j) => (v - scales[j]!.mean) / scales[j]!.spread);
  const design = [
    new Float64Array(raw.length).fill(1),
    ...scales.map((_, j) => Float64Array.from(raw, (row) => standard(row)[j]!)),
  ];
  const [beta] = softmaxRegression(
    design,
    outcome.map((v) => Number(v === rareCode)),
    2,
    new Float64Array(raw.length).fill(1),
    [0, ...scales.map(() => PENALTY)],
  );
  const learned = categoricalMechanism(
    'learned-odds',
    {
      levels: 2,
      probabilities(columns, rows) {
        const out = new Float64Array(2 * rows);
        for (let i = 0; i < rows; i++) {
          const p = logistic(standard(rowForm(columns, i)).reduce((sum, v, j) => sum + beta![j + 1]! * v, beta![0]!));
          out[2 * i + rareCode] = p;
          out[2 * i + 1 - rareCode] = 1 - p;
        }
        return out;
      },
    },
    () => ({ family: 'learned-odds', label: 'Learned odds', equation: '', terms: [] }),
    () => ({ family: 'learned-odds' }),
  );
  const sample = freshSampler({
    model: { ...model, mechanisms: model.mechanisms.with(target, learned) },
    target,
    rareCode,
    check: null,
    rules: 0,
    method: 'resampling',
    bound: 1,
    poolRows: POOL,
  });
  const blocks = Array.from(
    { length: MADE / ROWS_PER_BLOCK },
    (_, block) => sample(ROWS_PER_BLOCK, createRng(seed, 'bench-floor', block))!.columns,
  );
  const columns = frame.specs.map(({ name }) => {
    const c = model.specs.findIndex((spec) => spec.name === name);
    return Float64Array.from(blocks.flatMap((block) => Array.from(block[c]!)));
  });
  return { rows: MADE, specs: frame.specs, columns };
}
