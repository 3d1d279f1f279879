import type { Frame } from '../src/engine/data/frame';
import { compareDependence } from '../src/engine/dependence/compareDependence';
import type { StatementFacts } from '../src/engine/dependence/comparisonInput';
import { inlineExecutor } from '../src/engine/executor';
import { createRng } from '../src/engine/rng';
import { silentTask } from '../src/engine/task';
import { categoricalSpec, numericSpec } from '../src/engine/testing/generatorInput';

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
    inlineExecutor,
    silentTask,
    () => {
      first ||= performance.now() - from;
    },
  );
  return { total: (performance.now() - from) / 1000, first: first / 1000, statements: facts.length };
}

/** Time of comparing dependences before and after. */
export async function run(): Promise<{ name: string; lines: string[]; figures: Record<string, number> }> {
  const { total, first, statements } = await compareSeconds();
  return {
    name: 'Dependence before and after',
    lines: [
      `Comparing ${statements} statements of 10 columns, 10,500 real and 10,000 synthetic rows: ${total.toFixed(2)} s, first results after ${first.toFixed(2)} s.`,
    ],
    figures: { 'compare-dependence-seconds': total, 'compare-dependence-first-seconds': first },
  };
}
