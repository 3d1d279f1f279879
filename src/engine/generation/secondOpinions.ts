import { type Frame, selectRows } from '../data/frame';
import type { RowUnits } from '../data/rowUnits';
import type { Table } from '../data/table';
import { dependenceTests } from '../dependence/catalogue';
import type { ComparisonKind, Statement } from '../dependence/comparison';
import type { DependenceResult, DependenceTestDefinition, Variable } from '../dependence/dependenceTest';
import { fisherDifference, mechanismDifference, oddsDifference, slopeDifference } from '../dependence/differenceTests';
import { columnIndex, completeRows } from '../dependence/statementRows';
import { stratifiedTables } from '../dependence/strata';
import { isOneColumn, lengthOf, variableOf } from '../dependence/variable';
import { EngineError } from '../errors';
import type { Project } from '../project/project';
import { createRng, shuffleInPlace } from '../rng';
import type { Task } from '../task';
import { runInput } from './runInput';
import type { SyntheticTable } from './testRun';

/** What one test says of a statement on the real rows and on the rows made; null where it cannot be asked. */
export interface Opinion {
  readonly id: string;
  readonly label: string;
  readonly assumes: string;
  readonly before: DependenceResult | null;
  readonly after: DependenceResult | null;
}

/** A test of the change itself, on disjoint rows: real against synthetic. */
export interface ChangeOpinion {
  readonly label: string;
  readonly help: string;
  readonly pValue: number;
}

export interface SecondOpinions {
  readonly opinions: readonly Opinion[];
  readonly changes: readonly ChangeOpinion[];
  readonly realRows: number;
  readonly madeRows: number;
  readonly messages: readonly string[];
}

const MOST_ROWS = 5000;

/**
 * Puts one statement to every test of the catalogue that takes its kinds of columns: inside the class on real and on synthetic
 * rare rows, else on the original and on the augmented table. p-values of made rows count rows that are no evidence of their
 * own: they are shown to compare tests, not to decide.
 * @throws EngineError as `runInput`, `cancelled`.
 */
export async function secondOpinions(
  table: Table,
  project: Pick<Project, 'map' | 'rules' | 'target' | 'tests' | 'design'>,
  synthetic: SyntheticTable,
  statement: Statement,
  comparison: ComparisonKind,
  task: Task,
): Promise<SecondOpinions> {
  const input = runInput(table, { ...project, rules: [], mechanisms: [] });
  const { frame, target, rareCodes } = input;
  const made: Frame = {
    rows: synthetic.donor.length,
    specs: frame.specs,
    columns: frame.specs.map(({ name }) => synthetic.columns[synthetic.columnNames.indexOf(name)]!),
  };
  const rare = new Set(rareCodes);
  const rareOf = ({ frame: one, units }: Sampled): Sampled => {
    const rows = [...one.columns[target]!.keys()].filter((row) => rare.has(one.columns[target]![row]!));
    return { frame: selectRows(one, rows), units: units && Int32Array.from(rows, (row) => units[row]!) };
  };
  const real: Sampled = { frame, units: input.units };
  const synthesised: Sampled = { frame: made, units: unitsOfMade(input, synthetic) };
  const isInside = comparison === 'within-class';
  const before = isInside ? rareOf(real) : real;
  const after = isInside ? rareOf(synthesised) : joined(real, synthesised);
  const targetName = frame.specs[target]!.name;
  const given = statement.given.filter((name) => !isInside || name !== targetName || rareCodes.length > 1);
  const [first, second] = [before, after].map((one) => sampleOf(one, [statement.x, statement.y, ...given]));
  const opinions: Opinion[] = [];
  for (const [i, test] of dependenceTests.entries()) {
    await task.checkpoint(i / dependenceTests.length, test.label);
    const [x, y, ...conditions] = first!.variables;
    if (!test.appliesTo(x!, y!, conditions)) continue;
    opinions.push({
      id: test.id,
      label: test.label,
      assumes: test.assumes,
      before: ask(test, first!),
      after: ask(test, second!),
    });
  }
  const separate = isInside ? second! : sampleOf(rareOf(synthesised), [statement.x, statement.y, ...given]);
  return {
    opinions,
    changes: isInside ? changeOpinions(first!.variables, separate.variables, project.tests.margin) : [],
    realRows: lengthOf(first!.variables[0]!),
    madeRows: lengthOf(second!.variables[0]!),
    messages: [
      ...([before, after].some((one) => one.frame.rows > MOST_ROWS)
        ? [`At most ${MOST_ROWS.toLocaleString('en')} rows of each table were looked at, drawn at random.`]
        : []),
      ...(input.units
        ? [
            `With groups named, ${dependenceTests.flatMap(({ respectsUnits, label }) => (respectsUnits ? [label] : [])).join(', ')} count groups; the other tests take rows as independent, so that their p-values are too small. The intervals above draw whole groups.`,
          ]
        : []),
    ],
  };
}

/** Rows of a table with the unit of each, where groups are named. */
interface Sampled {
  readonly frame: Frame;
  readonly units: RowUnits | null;
}

/** A row made is of the unit of its donor; one without a known donor is a unit of its own. */
function unitsOfMade(
  { units, rows }: { readonly units: RowUnits | null; readonly rows: Int32Array },
  { donor }: SyntheticTable,
): RowUnits | null {
  if (!units) return null;
  const unitOfRow = new Map(Array.from(rows, (row, i) => [row, units[i]!]));
  const first = units.length;
  return donor.map((row, i) => unitOfRow.get(row) ?? first + i);
}

function joined({ frame: a, units: first }: Sampled, { frame: b, units: second }: Sampled): Sampled {
  const frame: Frame = {
    rows: a.rows + b.rows,
    specs: a.specs,
    columns: a.columns.map((column, c) => {
      const out = new Float64Array(a.rows + b.rows);
      out.set(column);
      out.set(b.columns[c]!, a.rows);
      return out;
    }),
  };
  return { frame, units: first && second && Int32Array.from([...first, ...second]) };
}

interface SampledVariables {
  readonly variables: readonly Variable[];
  readonly units: RowUnits | null;
}

function sampleOf({ frame, units }: Sampled, names: readonly string[]): SampledVariables {
  const columns = names.map((name) => columnIndex(frame, name));
  const complete = completeRows(
    columns.map((c) => frame.columns[c]!),
    frame.rows,
  );
  const rows =
    complete.length > MOST_ROWS
      ? shuffleInPlace(Int32Array.from(complete), createRng(0, 'second-opinions')).subarray(0, MOST_ROWS).sort()
      : complete;
  return {
    variables: columns.map((c) => variableOf(frame, c, rows)),
    units: units && Int32Array.from(rows, (row) => units[row]!),
  };
}

/** Too few rows or a kind the test refuses: it has no opinion. */
function ask(test: DependenceTestDefinition, { variables, units }: SampledVariables): DependenceResult | null {
  const [x, y, ...given] = variables;
  try {
    return test.run(x!, y!, given, units);
  } catch (error) {
    if (error instanceof EngineError) return null;
    throw error;
  }
}

function changeOpinions(first: readonly Variable[], second: readonly Variable[], margin: number): ChangeOpinion[] {
  const [a, b] = [first, second].map(([x, y, ...given]) => ({ x: x!, y: y!, given }));
  const opinions: ChangeOpinion[] = [];
  const offer = (label: string, help: string, pValueOf: () => number) => {
    try {
      const pValue = pValueOf();
      if (!Number.isNaN(pValue)) opinions.push({ label, help, pValue });
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
    }
  };
  if (isOneColumn(a!.x) && isOneColumn(a!.y)) {
    offer(
      'Difference of partial correlations (Fisher z)',
      'small: the two differ',
      () => fisherDifference(a!, b!, margin).pValue,
    );
    offer(
      'Equivalence of partial correlations',
      `small: shown to differ by less than ${margin}`,
      () => fisherDifference(a!, b!, margin).equivalence.pValue,
    );
  }
  const mechanism = () =>
    mechanismDifference({ child: a!.y, parents: [a!.x, ...a!.given] }, { child: b!.y, parents: [b!.x, ...b!.given] });
  offer(
    'Same mechanism, level and slopes',
    'small: the regression of the second column is another',
    () => mechanism().all.pValue,
  );
  offer('Same slopes', 'small: slopes differ, whatever the level', () => mechanism().slopes.pValue);
  if (a!.x.kind === 'numeric' && a!.y.kind === 'numeric')
    offer(
      'Same slope of the first column (Wald)',
      'small: the slopes differ',
      () => slopeDifference(a!, b!).wald.pValue,
    );
  const isTwoByTwo = [a!.x, a!.y].every((variable) => variable.kind !== 'numeric' && variable.levels === 2);
  if (isTwoByTwo && a!.given.length === 0) {
    const [t1, t2] = [a!, b!].map(({ x, y }) => stratifiedTables(x, y, [])[0]!);
    offer('Same odds ratio (Woolf)', 'small: the odds ratios differ', () => oddsDifference(t1!, t2!).woolf.pValue);
  }
  return opinions;
}
