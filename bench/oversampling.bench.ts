import type { Frame } from '../src/engine/data/frame';
import { compareDependence } from '../src/engine/dependence/compareDependence';
import type { StatementFacts } from '../src/engine/dependence/comparisonInput';
import type { GeneratorDefinition } from '../src/engine/generators/generator';
import { smote } from '../src/engine/generators/smote';
import { smoteNc } from '../src/engine/generators/smoteNc';
import { createRng } from '../src/engine/rng';
import { silentTask } from '../src/engine/task';
import { categoricalSpec, generatorInput, numericSpec } from '../src/engine/testing/generatorInput';

/** imbalanced-learn 0.10's CPU seconds for the same table sizes, as measured in the project's reference. */
const CASES: readonly {
  readonly generator: GeneratorDefinition;
  readonly common: number;
  readonly columns: number;
  readonly rare: number;
  readonly reference: number;
}[] = [
  { generator: smote, common: 10_000, columns: 10, rare: 526, reference: 0.012 },
  { generator: smote, common: 100_000, columns: 10, rare: 5263, reference: 0.32 },
  { generator: smote, common: 100_000, columns: 50, rare: 5263, reference: 0.5 },
  { generator: smoteNc, common: 10_000, columns: 50, rare: 526, reference: 2.25 },
  { generator: smoteNc, common: 100_000, columns: 50, rare: 1010, reference: 20 },
  { generator: smoteNc, common: 100_000, columns: 50, rare: 5263, reference: 70 },
];

/** Independent normal columns; for SMOTE-NC 30 % of them categories with five levels. */
function table(common: number, rare: number, columns: number, categories: number): Frame {
  const rng = createRng(1, 'bench-oversampling');
  const rows = common + rare;
  const levels = ['a', 'b', 'c', 'd', 'e'];
  const specs = Array.from({ length: columns }, (_, c) =>
    c < categories ? categoricalSpec(`c${c}`, levels) : numericSpec(`x${c}`, 17),
  );
  return {
    rows,
    specs: [...specs, categoricalSpec('target', ['no', 'yes'])],
    columns: [
      ...specs.map(({ levels: own }) =>
        Float64Array.from({ length: rows }, () => (own ? rng.integer(5) : rng.normal())),
      ),
      Float64Array.from({ length: rows }, (_, i) => Number(i >= common)),
    ],
  };
}

/** Ten linked columns, 10,000 common and 10,000 synthetic rows over 500 real rare ones. */
async function compareSeconds(): Promise<{
  readonly total: number;
  readonly first: number;
  readonly statements: number;
}> {
  const nodes = 10;
  const rare = 500;
  const rng = createRng(2, 'bench-dependence');
  const draw = (rows: number, target: (i: number) => number): Frame => {
    const columns = Array.from({ length: nodes }, () => new Float64Array(rows));
    for (let i = 0; i < rows; i++) {
      const y = target(i);
      for (let c = 0; c < nodes - 1; c++) {
        const parent = c > 0 ? columns[c - 1]![i]! : y;
        const value = 0.5 * parent + rng.normal();
        columns[c]![i] = c % 3 === 2 ? Number(value > 0) : value;
      }
      columns[nodes - 1]![i] = y;
    }
    const specs = columns.map((_, c) =>
      c % 3 === 2 || c === nodes - 1 ? categoricalSpec(`v${c}`, ['no', 'yes']) : numericSpec(`v${c}`),
    );
    return { rows, specs, columns };
  };
  const original = draw(10_000 + rare, (i) => Number(i >= 10_000));
  const synthetic = draw(10_000, () => 1);
  const donor = Int32Array.from({ length: 10_000 }, () => 10_000 + rng.integer(rare));
  const facts: StatementFacts[] = [];
  for (let x = 0; x < nodes; x++)
    for (let y = x + 1; y < nodes; y++)
      facts.push({
        statement: {
          id: `${x}/${y}`,
          kind: y === x + 1 ? 'arrow' : 'independence',
          x: `v${x}`,
          y: `v${y}`,
          given: y > x + 1 ? [`v${y - 1}`, `v${x + 1}`].filter((name, i, all) => all.indexOf(name) === i) : [],
        },
        survivesBalancing: false,
        withinClassIndependent: false,
      });
  const from = performance.now();
  let first = 0;
  await compareDependence(
    { original, synthetic, donor, target: 'v9', rareCodes: [1], statements: facts, seed: 1 },
    silentTask,
    () => {
      first ||= performance.now() - from;
    },
  );
  return { total: (performance.now() - from) / 1000, first: first / 1000, statements: facts.length };
}

/** Time of the baselines (balancing to 1:1, neighbours and rows) and of comparing dependences; best of three. */
export async function run(): Promise<{ name: string; lines: string[]; figures: Record<string, number> }> {
  const lines = [
    '| generator | common rows | columns | rare rows | seconds | imbalanced-learn 0.10, CPU s |',
    '| --- | --- | --- | --- | --- | --- |',
  ];
  const figures: Record<string, number> = {};
  for (const { generator, common, columns, rare, reference } of CASES) {
    const frame = table(common, rare, columns, generator === smoteNc ? Math.round(0.3 * columns) : 0);
    let best = Infinity;
    for (let turn = 0; turn < 3; turn++) {
      const from = performance.now();
      const { plan } = await generator.prepare(generatorInput(frame), { k: 5 }, silentTask);
      generator.draw(plan, 0, common - rare);
      best = Math.min(best, (performance.now() - from) / 1000);
    }
    lines.push(`| ${generator.label} | ${common} | ${columns} | ${rare} | ${best.toFixed(2)} | ${reference} |`);
    figures[`${generator.id}-${common}x${columns}-${rare}-seconds`] = best;
  }
  const compared = await compareSeconds();
  lines.push(
    '',
    `Comparing ${compared.statements} statements of 10 columns, 10,500 real and 10,000 synthetic rows: ${compared.total.toFixed(2)} s, first results after ${compared.first.toFixed(2)} s.`,
  );
  figures['compare-dependence-seconds'] = compared.total;
  figures['compare-dependence-first-seconds'] = compared.first;
  return { name: 'Baselines and dependence', lines, figures };
}
