import type { Rule } from '../constraints/rule';
import type { Frame } from '../data/frame';
import type { RowUnits } from '../data/rowUnits';
import type { CausalMap } from '../graph/causalMap';
import type { NeighbourSearch, Neighbours } from '../numeric/neighbours';
import type { FittedModel } from '../scm/fittedModel';
import type { Task } from '../task';

/** A numeric parameter of a generator; the form, the command line and the project file read it. */
export interface ParameterDefinition {
  readonly id: string;
  readonly label: string;
  /** One sentence: what a larger value does. */
  readonly help: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly initial: number;
}
export type ParameterValues = Readonly<Record<string, number>>;

/** What every generator is given. Row indices are those of `frame`. */
export interface GeneratorInput {
  /** Generated columns: the observed nodes of the map, target included; all rows whose target is known. */
  readonly frame: Frame;
  /** Unit of each row, which no split may tear apart; absent or null where every row stands alone. */
  readonly units?: RowUnits | null;
  readonly map: CausalMap;
  /** Index of the target among the frame's columns. */
  readonly target: number;
  /** Code of the rare level to make rows for. */
  readonly rareCode: number;
  readonly rules: readonly Rule[];
  /** Names of the nodes whose noise may be redrawn; null means all but the target. */
  readonly redraw: readonly string[] | null;
  readonly seed: number;
  /** Rows the run will make for this level. */
  readonly rowsWanted: number;
  /** Fits the causal model once and remembers it; baselines never call it. */
  model(task: Task): Promise<FittedModel>;
  /** The nearest rows, looked for in as many threads as there are. */
  neighbours(search: NeighbourSearch, task: Task): Promise<Neighbours>;
}

/** A generator made ready: structured-cloneable, so that any worker can draw any block of its rows. */
export interface GeneratorPlan {
  readonly generator: string;
  readonly seed: number;
  readonly [key: string]: unknown;
}

/** Synthetic rows [from, from + rows) of a plan, with where each came from. */
export interface SyntheticRows {
  readonly from: number;
  readonly rows: number;
  /** In the order of the input frame's columns; NaN is a missing cell. */
  readonly columns: readonly Float64Array[];
  /** Frame row each synthetic row started from; -1 for rows drawn from nothing. */
  readonly donor: Int32Array;
  /** Second real row it was made with (interpolation partner); -1 where there is none. */
  readonly partner: Int32Array;
  /** Candidate rows tried for this row, the accepted ones included. */
  readonly proposals: Uint32Array;
  /** Candidates refused because a rule would have been broken. */
  readonly refusedByRules: Uint32Array;
  /**
   * Refusals by the enabled rules of the run, in their order, over all rows of this slice; empty for generators that
   * refuse nothing.
   */
  readonly refusalsByRule: Uint32Array;
  /** 1 where at least one column differs from the donor. */
  readonly moved: Uint8Array;
}

/** The noises behind rows [from, from + rows) of a plan. */
export interface RowTrace {
  /** Columns whose noise moved, in frame order. */
  readonly nodes: readonly number[];
  /** Noise u in (0, 1) of the donor and of the row, one array of shape (rows,) per node. */
  readonly before: readonly Float64Array[];
  readonly after: readonly Float64Array[];
  /** Which enabled rules refused a proposal of the row: bit r for rule r, of the first 32. */
  readonly rulesTouched: Uint32Array;
}

/** What is known before the first row is drawn. */
export interface PreparedRun {
  readonly plan: GeneratorPlan;
  /** Plain sentences to show, such as a lowered k. */
  readonly messages: readonly string[];
  /**
   * For rows whose causes are tilted: how much more often than in the real table a row with the causes of each frame row
   * is drawn, mean 1. Its inverse weighs the tilt away.
   */
  readonly exposure?: Float64Array;
}

export interface GeneratorDefinition {
  readonly id: string;
  readonly label: string;
  /** One sentence for the chooser. */
  readonly summary: string;
  /** Whether the rows follow the causal map. */
  readonly usesMap: boolean;
  /** Rows have the outcome that its mechanism draws, not always the rare one. */
  readonly drawsTarget?: boolean;
  readonly parameters: readonly ParameterDefinition[];
  /** The heavy part, done once a run. */
  prepare(input: GeneratorInput, parameters: ParameterValues, task: Task): Promise<PreparedRun>;
  /** Rows [from, from + rows). Depends on (plan, row index) only. `from` is a multiple of ROWS_PER_BLOCK. */
  draw(plan: GeneratorPlan, from: number, rows: number): SyntheticRows;
  /** How the same rows came about, for generators that move noises. */
  trace?(plan: GeneratorPlan, from: number, rows: number): RowTrace;
}

export const defineGenerator = (definition: GeneratorDefinition): GeneratorDefinition => definition;

/** The given values, with the initial value where one is absent or not a finite number, kept inside [min, max]. */
export function completeParameters(
  definition: GeneratorDefinition,
  given: ParameterValues = {},
): Record<string, number> {
  return Object.fromEntries(
    definition.parameters.map(({ id, min, max, initial }) => {
      const value = Object.hasOwn(given, id) ? given[id]! : initial;
      return [id, Number.isFinite(value) ? Math.min(max, Math.max(min, value)) : initial];
    }),
  );
}
