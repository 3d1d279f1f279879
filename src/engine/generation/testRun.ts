import { type Frame, selectRows } from '../data/frame';
import type { Table } from '../data/table';
import { compareDependence } from '../dependence/compareDependence';
import type { StatementResult, Verdict } from '../dependence/comparison';
import { mapStatements } from '../dependence/mapStatements';
import type { Project } from '../project/project';
import type { Task } from '../task';
import { runInput } from './runInput';

export interface SyntheticTable {
  /** Names of the generated columns and their values: codes of the table's levels for categories. */
  readonly columnNames: readonly string[];
  readonly columns: readonly Float64Array[];
  /** Table row of each row's donor, -1 where unknown. */
  readonly donor: Int32Array;
}

export interface DependenceReport {
  readonly results: readonly StatementResult[];
  readonly counts: Readonly<Record<Verdict, number>>;
  readonly messages: readonly string[];
}

/** Puts every statement of the project's map to the real and the synthetic rows. @throws EngineError as `runInput`. */
export async function testRun(
  table: Table,
  project: Pick<Project, 'map' | 'rules' | 'target'>,
  synthetic: SyntheticTable,
  seed: number,
  task: Task,
  onResults?: (results: readonly StatementResult[]) => void,
): Promise<DependenceReport> {
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
  const rare = [...all.columns[input.target]!.keys()].filter((i) =>
    input.rareCodes.includes(all.columns[input.target]![i]!),
  );
  const isDrawn = rare.length < all.rows;
  const made = isDrawn ? selectRows(all, rare) : all;
  const donors = isDrawn ? Int32Array.from(rare, (i) => synthetic.donor[i]!) : synthetic.donor;
  const { results, messages } = await compareDependence(
    {
      original: frame,
      synthetic: made,
      donor: donors.map((row) => frameRow.get(row) ?? -1),
      target,
      rareCodes: input.rareCodes,
      statements: mapStatements(input.drawn, target),
      seed,
    },
    task,
    onResults,
  );
  return {
    results,
    counts: countVerdicts(results),
    messages: [...input.messages, ...(isDrawn ? [drawnMessage(rare.length, all.rows)] : []), ...messages],
  };
}

const drawnMessage = (rare: number, rows: number): string =>
  `The outcome of these rows was drawn: the ${rare.toLocaleString('en')} of ${rows.toLocaleString('en')} in which it came out rare are compared. Their causes were tilted on purpose, so causes that the tilt ties together are not damage.`;

function countVerdicts(results: readonly StatementResult[]): Record<Verdict, number> {
  const counts: Record<Verdict, number> = { kept: 0, damaged: 0, 'cannot-tell': 0, 'expected-from-balancing': 0 };
  for (const { verdict } of results) counts[verdict]++;
  return counts;
}
