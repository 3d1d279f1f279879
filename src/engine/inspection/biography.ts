import { describeRule, ruleColumns } from '../constraints/catalogue';
import { compileRule, stateOf } from '../constraints/compileRules';
import type { Rule } from '../constraints/rule';
import { ruleState } from '../constraints/ruleKind';
import { type Frame, frameOf, selectRows } from '../data/frame';
import type { Table } from '../data/table';
import type { RunInput } from '../generation/runInput';
import type { FittedModel } from '../scm/fittedModel';
import { parentCellRows, supportReference } from '../validation/supportScore';
import type { PointLayer } from './layerRows';
import { nearestRows } from './nearestRows';
import { type NodeStory, nodeStories } from './nodeStory';
import { type Habits, type Oddity, oddities } from './oddities';

/** Everything that is known of how one row came to be. */
export interface Biography {
  readonly layer: PointLayer;
  readonly row: number;
  /** The columns told of: those of the map in topological order, then those that only rules mention. */
  readonly columns: readonly string[];
  readonly texts: readonly string[];
  readonly isMade: boolean;
  readonly donor: Relative | null;
  readonly partner: Relative | null;
  /** Where between donor (0) and partner (1) the row lies, by its interpolated numbers; null where none differs. */
  readonly mixingShare: number | null;
  readonly stories: readonly NodeStory[];
  readonly rules: readonly {
    readonly text: string;
    readonly reason: string;
    readonly state: 'kept' | 'broken' | 'unknown';
    /** It refused a proposal on the way to this row. */
    readonly hasRefused: boolean;
  }[];
  /** Proposals tried for this row, and those of them that a rule refused; null for real rows. */
  readonly proposals: number | null;
  readonly refusedByRules: number | null;
  readonly oddities: readonly Oddity[];
  /**
   * Share of real rare rows that are at least as far from their own neighbours as this row is from its, and the least
   * number of real rows that share the cell of some node's parents; null for real rows and without a model.
   */
  readonly support: { readonly score: number; readonly parentRows: number } | null;
  /** Nearest real rare rows, nearest first. */
  readonly nearest: readonly (Relative & { readonly distance: number })[];
  /** Rows of the run made from this one, for a real rare row. */
  readonly descendants: number | null;
  /** What keeps the account from being complete. */
  readonly messages: readonly string[];
}

/** A real row shown beside another one. */
interface Relative {
  /** Table row. */
  readonly row: number;
  readonly texts: readonly string[];
}

/** A row that a generator made. */
export interface MadeRow {
  /** Values by column name; columns without one are the donor's. */
  readonly values: ReadonlyMap<string, number>;
  /** Table rows; a donor of -1 for a row drawn from nothing. */
  readonly donor: number;
  readonly partner: number | null;
  readonly proposals: number;
  readonly refusedByRules: number;
  readonly redrawn: readonly string[];
  readonly usesMap: boolean;
  /** Null where it is not known exactly; noises are then read off the values. */
  readonly trace: ExactTrace | null;
}

/** What a generator knows of a row it made. */
export interface ExactTrace {
  /** Noise u of the donor and of the row, by column whose noise moved. */
  readonly noises: ReadonlyMap<string, readonly [before: number, after: number]>;
  /** Bit r: the r-th enabled rule refused a proposal. */
  readonly rulesTouched: number;
}

export interface BiographyInput {
  readonly table: Table;
  readonly run: RunInput;
  /** What the real rows of `run` show. */
  readonly habits: Habits;
  readonly rules: readonly Rule[];
  /** Null where no model could be learned; the reason is then in `messages`. */
  readonly model: FittedModel | null;
  readonly layer: PointLayer;
  readonly row: number;
  /** Null for a real row, whose table row is `row`. */
  readonly made: MadeRow | null;
  /** Writes the value of a named column as the file would. */
  readonly format: (column: string, value: number) => string;
  readonly descendants: number | null;
  readonly messages: readonly string[];
}

const NEAREST = 3;

/**
 * The account of one row: donor, what was redrawn and why, noise before and after, the prediction of every mechanism with
 * this value in it, rules touched, what is odd about it, the three nearest real rare rows.
 */
export function biographyOf(input: BiographyInput): Biography {
  const { table, run, model, made, layer, row, format } = input;
  const { specs } = run.frame;
  const names = specs.map(({ name }) => name);
  const order = model
    ? [...model.order, ...Array.from(names.keys()).filter((c) => !model.order.includes(c))]
    : [...names.keys()];
  const start = made ? made.donor : row;
  const source = frameOf(table, names, start < 0 ? [] : [start]);
  const values = names.map((name, c) => made?.values.get(name) ?? source.columns[c]![0] ?? Number.NaN);
  // A row drawn from nothing is told of by itself, as a real one is.
  const hasDonor = made !== null && made.donor >= 0;
  const donorValues = hasDonor ? source.columns.map((column) => column[0]!) : values;
  const texts = (all: readonly number[]) => order.map((c) => format(names[c]!, all[c]!));
  const relative = (tableRow: number): Relative & { values: number[] } => {
    const one = frameOf(table, names, [tableRow]).columns.map((column) => column[0]!);
    return { row: tableRow, texts: texts(one), values: one };
  };
  const partner = made?.partner === null || made === null ? null : relative(made.partner);
  const stories = model
    ? nodeStories({
        model,
        pair: names.map((_, c) => Float64Array.of(donorValues[c]!, values[c]!)),
        target: run.target,
        redrawn: hasDonor && made.usesMap ? made.redrawn : null,
        exact: made?.trace?.noises ?? null,
        origin: made === null ? 'real' : !made.usesMap ? 'mixed' : hasDonor ? 'twin' : 'fresh',
      })
    : [];
  const rareRows = rareRowsOf(run);
  const rare = selectRows(run.frame, rareRows);
  const own = made === null ? rareRows.findIndex((frameRow) => run.rows[frameRow] === row) : -1;
  const one: Frame = { rows: 1, specs, columns: values.map((value) => Float64Array.of(value)) };
  return {
    layer,
    row,
    columns: order.map((c) => names[c]!),
    texts: texts(values),
    isMade: made !== null,
    donor: hasDonor ? { row: made.donor, texts: texts(donorValues) } : null,
    partner: partner && { row: partner.row, texts: partner.texts },
    mixingShare: partner ? mixingShareOf(run, donorValues, partner.values, values) : null,
    stories,
    rules: ruleStates(input.rules, one, made?.trace?.rulesTouched ?? 0),
    proposals: made?.proposals ?? null,
    refusedByRules: made?.refusedByRules ?? null,
    oddities: made ? oddities(input.habits, values, stories, (c, value) => format(names[c]!, value)) : [],
    support:
      made && model
        ? {
            score: supportReference(rare).score(one.columns, 0, 1)[0]!,
            parentRows: parentCellRows(run.frame, model.parents, one.columns)[0]!,
          }
        : null,
    nearest: nearestRows(rare, values, NEAREST, own).map(({ row: at, distance }) => {
      const found = relative(run.rows[rareRows[at]!]!);
      return { row: found.row, texts: found.texts, distance };
    }),
    descendants: input.descendants,
    messages: input.messages,
  };
}

function rareRowsOf({ frame, target, rareCodes }: RunInput): Int32Array {
  const rows: number[] = [];
  frame.columns[target]!.forEach((code, i) => {
    if (rareCodes.includes(code)) rows.push(i);
  });
  return Int32Array.from(rows);
}

/** The median over numeric columns of (v - a) / (b - a): one share for all of them in SMOTE, up to rounding. */
function mixingShareOf(
  { frame, target }: RunInput,
  a: readonly number[],
  b: readonly number[],
  values: readonly number[],
): number | null {
  const shares = frame.specs
    .flatMap((spec, c) => {
      const gap = b[c]! - a[c]!;
      // A gap of few rounding steps says little about where between its ends a rounded number lies.
      const isTelling = c !== target && spec.levels === null && Math.abs(gap) >= 5 * 10 ** -spec.decimals;
      return isTelling ? [(values[c]! - a[c]!) / gap] : [];
    })
    .sort((x, y) => x - y);
  return shares.length === 0 ? null : shares[shares.length >> 1]!;
}

/** What every enabled rule says of the row; rules about columns that are not told of are left out. */
function ruleStates(rules: readonly Rule[], one: Frame, touched: number): Biography['rules'] {
  const names = new Set(one.specs.map(({ name }) => name));
  return rules
    .filter((rule) => rule.enabled)
    .map((rule, r) => ({ rule, hasRefused: r < 32 && ((touched >>> r) & 1) === 1 }))
    .filter(({ rule }) => ruleColumns(rule).every((name) => names.has(name)))
    .map(({ rule, hasRefused }) => {
      const state = stateOf(compileRule(rule, one.specs), one.columns, 0);
      return {
        text: describeRule(rule, one.specs),
        reason: rule.reason,
        state: state === ruleState.broken ? 'broken' : state === ruleState.kept ? 'kept' : 'unknown',
        hasRefused,
      };
    });
}
