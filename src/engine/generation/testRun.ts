import { type Frame, selectRows } from '../data/frame';
import type { Table } from '../data/table';
import { type ComparisonReport, compareDependence } from '../dependence/compareDependence';
import type { ComparisonKind, StatementResult, Verdict } from '../dependence/comparison';
import { mapStatements } from '../dependence/mapStatements';
import { findNewLinks, type NewLink } from '../dependence/newLinks';
import { type PathEffect, pathEffects } from '../dependence/pathEffects';
import type { Executor } from '../executor';
import { dagOf } from '../graph/dag';
import { gather } from '../numeric/gather';
import type { Project, TestSettings } from '../project/project';
import { sideBySide, type Task } from '../task';
import { type FidelityReport, fidelity } from '../validation/fidelity';
import type { RowWeights } from './exposureWeights';
import { runInput } from './runInput';

export interface SyntheticTable {
  /** Names of the generated columns and their values: codes of the table's levels for categories. */
  readonly columnNames: readonly string[];
  readonly columns: readonly Float64Array[];
  /** Table row of each row's donor, -1 where unknown. */
  readonly donor: Int32Array;
  /** Weights row by row, real ones by TABLE row, where rows carry such. */
  readonly rowWeights?: RowWeights | null;
}

export interface DependenceReport {
  readonly results: readonly StatementResult[];
  readonly counts: Readonly<Record<Verdict, number>>;
  readonly settings: TestSettings;
  /** All independences of a comparison taken together, on the real rows: small where the map does not fit the data. */
  readonly together: ComparisonReport['together'];
  /** Along every directed path from the exposure to the target: the original table against the augmented one with weights. */
  readonly paths: readonly PathEffect[];
  readonly newLinks: readonly NewLink[];
  readonly fidelity: FidelityReport;
  readonly messages: readonly string[];
}

/** Shares of the work that statements, new links and the rows themselves take. */
const SHARES = [0.6, 0.1, 0.3] as const;

/**
 * Puts every statement of the project's map to the real and the synthetic rows, follows the paths from the exposure to the
 * target, looks for correlations that only the augmented table has, and compares the rows themselves.
 * @param onResult Hears each statement as soon as it is judged, its p-value not adjusted yet.
 * @throws EngineError as `runInput`, `cancelled`.
 */
export async function testRun(
  table: Table,
  project: Pick<Project, 'map' | 'rules' | 'target' | 'tests' | 'exposure' | 'design'>,
  synthetic: SyntheticTable,
  seed: number,
  executor: Executor,
  task: Task,
  onResult?: (results: readonly StatementResult[]) => void,
): Promise<DependenceReport> {
  const prepared = prepare(table, project, synthetic, seed);
  const { comparison, input } = prepared;
  const [forStatements, forLinks, forRows] = sideBySide(task, SHARES);
  const names = input.map.nodes.slice(0, input.mapColumns).map(({ name }) => name);
  const askAll = async () => {
    const compared = await compareDependence(comparison, executor, forStatements, onResult);
    return {
      ...compared,
      newLinks: await findNewLinks({ ...comparison, comparisons: everyComparison }, names, executor, forLinks),
    };
  };
  const measure = () => fidelityOf(prepared, seed, forRows);
  // In one thread the two would only take turns, and every verdict would come later.
  const [{ results, arrows, together, messages, newLinks }, report] = executor.isParallel
    ? await Promise.all([askAll(), measure()])
    : [await askAll(), await measure()];
  const { exposure, tests } = project;
  const paths =
    exposure && exposure !== comparison.target
      ? pathEffects(dagOf(input.map), exposure, comparison.target, arrows, 'weighted', tests.margin)
      : [];
  return {
    results,
    counts: countVerdicts(results),
    settings: tests,
    together,
    paths,
    newLinks,
    fidelity: report,
    messages: [...prepared.messages, ...messages],
  };
}

/** The rare rows themselves, without what is constant among them. */
function fidelityOf({ input, frame, made, donor }: Prepared, seed: number, task: Task): Promise<FidelityReport> {
  const rare = new Set(input.rareCodes);
  const codes = frame.columns[input.target]!;
  const rareRows = [...codes.keys()].filter((row) => rare.has(codes[row]!));
  const place = new Map(rareRows.map((row, i) => [row, i]));
  const columns = [...Array(input.mapColumns).keys()].filter((c) => c !== input.target || rare.size > 1);
  const only = (one: Frame): Frame => ({
    rows: one.rows,
    specs: columns.map((c) => one.specs[c]!),
    columns: columns.map((c) => one.columns[c]!),
  });
  return fidelity(
    only(selectRows(frame, rareRows)),
    only(made),
    donor.map((row) => place.get(row) ?? -1),
    seed,
    task,
    input.units && Int32Array.from(rareRows, (row) => input.units![row]!),
  );
}

/** The statements alone: what a pilot of another setting is judged by. @throws EngineError as `testRun`. */
export async function testStatements(
  table: Table,
  project: Pick<Project, 'map' | 'rules' | 'target' | 'tests' | 'design'>,
  synthetic: SyntheticTable,
  seed: number,
  executor: Executor,
  task: Task,
): Promise<readonly StatementResult[]> {
  const { comparison } = prepare(table, project, synthetic, seed);
  const { results } = await compareDependence(comparison, executor, task);
  return results;
}

const everyComparison: readonly ComparisonKind[] = ['within-class', 'weighted', 'unweighted'];
const judgedWithWeights: readonly ComparisonKind[] = ['within-class', 'weighted'];

type Prepared = ReturnType<typeof prepare>;

function prepare(
  table: Table,
  project: Pick<Project, 'map' | 'rules' | 'target' | 'tests' | 'design'>,
  synthetic: SyntheticTable,
  seed: number,
) {
  const input = runInput(table, { ...project, rules: [], mechanisms: [] });
  const { frame, rows } = input;
  const frameRow = new Map(Array.from(rows, (row, i) => [row, i]));
  const all: Frame = {
    rows: synthetic.donor.length,
    specs: frame.specs,
    columns: frame.specs.map(({ name }) => synthetic.columns[synthetic.columnNames.indexOf(name)]!),
  };
  const target = frame.specs[input.target]!.name;
  // Where the outcome is drawn, only the rows in which it came out rare have real ones to be compared with.
  const codes = all.columns[input.target]!;
  const rare = [...codes.keys()].filter((i) => input.rareCodes.includes(codes[i]!));
  const isDrawn = rare.length < all.rows;
  const made = isDrawn ? selectRows(all, rare) : all;
  const toFrame = (donor: number) => frameRow.get(donor) ?? -1;
  const donor = (isDrawn ? Int32Array.from(rare, (i) => synthetic.donor[i]!) : synthetic.donor).map(toFrame);
  const weights = synthetic.rowWeights ?? null;
  const { margin, adjustment, withWeights } = project.tests;
  const comparison = {
    original: frame,
    units: input.units,
    // Without weights of their own, rows in which the outcome came out common cannot be put in proportion.
    synthetic: weights ? all : made,
    donor: weights ? synthetic.donor.map(toFrame) : donor,
    rowWeights: weights && { real: gather(weights.real, rows), synthetic: weights.synthetic },
    target,
    rareCodes: input.rareCodes,
    statements: mapStatements(input.drawn, target),
    margin,
    adjustment,
    comparisons: withWeights ? judgedWithWeights : everyComparison,
    seed,
  };
  const messages = [...input.messages, ...(isDrawn ? [drawnMessage(rare.length, all.rows)] : [])];
  return { input, frame, made, donor, comparison, messages };
}

const drawnMessage = (rare: number, rows: number): string =>
  `The outcome of these rows was drawn: inside the class the ${rare.toLocaleString('en')} of ${rows.toLocaleString('en')} in which it came out rare are compared, with weights all of them. Their causes were tilted on purpose: what that ties together is undone by the weights.`;

function countVerdicts(results: readonly StatementResult[]): Record<Verdict, number> {
  const counts: Record<Verdict, number> = { kept: 0, damaged: 0, 'cannot-tell': 0, 'expected-from-balancing': 0 };
  for (const { verdict } of results) counts[verdict]++;
  return counts;
}
