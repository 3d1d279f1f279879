import type { Condition, Rule } from '../constraints/rule';
import type { ValueSpec } from '../data/frame';
import type { MapNode } from '../graph/causalMap';
import { categoricalMechanism } from '../mechanisms/classifier';
import { insideUnit } from '../mechanisms/locationScale';
import type { Mechanism } from '../mechanisms/mechanism';
import { normalCdf, normalLogDensity, normalQuantile } from '../numeric/normal';

/** One variable of a simulated world, with its true mechanism. */
export interface WorldNode {
  readonly spec: ValueSpec;
  readonly parents: readonly string[];
  readonly mechanism: Mechanism;
  /** True for a cause that no table records: an ellipse on the map, and no column. */
  readonly isLatent?: boolean;
}

/** What an expert would say of a variable besides its arrows. */
export type NodeFacts = Partial<Pick<MapNode, 'tag' | 'note' | 'tier' | 'sensitive' | 'fixed'>>;

/** Cells emptied in one column of the demo file, with the share among the rows of either class. */
export interface MissingCells {
  readonly column: string;
  readonly common: number;
  readonly rare: number;
}

/** A later day that only some rows have, such as that of a chargeback; with it the row's own day is on the map too. */
export interface FollowUp {
  readonly column: string;
  /** The rows that have it. */
  readonly when: { readonly column: string; readonly level: string };
  /** Days after the row's own day: 1 + an exponential time of this mean, rounded down. */
  readonly meanDays: number;
  readonly rules: readonly Rule[];
  /** Canvas positions of the row's day and of the later day, pixels. */
  readonly positions: { readonly day: readonly [number, number]; readonly later: readonly [number, number] };
  readonly facts: { readonly day: NodeFacts; readonly later: NodeFacts };
}

/** What a demo's file has beside the simulated columns; none of it is on the map but what a `followUp` puts there. */
export interface FileExtras {
  readonly id: { readonly column: string; readonly prefix: string };
  readonly constant: { readonly column: string; readonly value: string };
  /** The day of each row, rising through the file. */
  readonly day: {
    readonly column: string;
    readonly from: string;
    readonly to: string;
    /** The project names it as the column that orders rows in time. */
    readonly isDesign?: boolean;
  };
  readonly followUp?: FollowUp;
  readonly missing: readonly MissingCells[];
}

/** What a later batch of the same world is: some mechanisms are no longer what they were. */
export interface Drift {
  /** What changed and what did not, in one or two sentences. */
  readonly story: string;
  /** First and last day of the batch. */
  readonly from: string;
  readonly to: string;
  readonly rows: number;
  /** Nodes with another mechanism, of the same name and parents. */
  readonly nodes: readonly WorldNode[];
}

/** A number that the world is built to show; `stated` is what its design says, to the digits it is written with. */
export type Claim = {
  readonly text: string;
  readonly stated: number;
  /** Half a unit of the last digit stated. */
  readonly precision: number;
} & (
  | { readonly kind: 'prevalence' }
  /** P(rare | do(exposure = second level)) - P(rare | do(first level)); `direct`: along the one arrow only. */
  | { readonly kind: 'effect'; readonly exposure: string; readonly direct?: boolean }
  /** P(rare | second level) - P(rare | first level), among the rows that meet the condition. */
  | { readonly kind: 'contrast'; readonly exposure: string; readonly within?: Condition }
  /** P(rare | level), among the rows that meet the condition. */
  | { readonly kind: 'risk'; readonly exposure: string; readonly level: string; readonly within?: Condition }
  /** Pearson correlation of two columns; `balanced`: with both classes given the same weight. */
  | {
      readonly kind: 'correlation';
      readonly x: string;
      readonly y: string;
      readonly balanced?: boolean;
      readonly within?: Condition;
    }
);

/** A world whose law is known exactly: what a demo shows and what samplers are judged by. */
export interface World {
  readonly id: string;
  readonly title: string;
  /** What the world teaches, one or two sentences. */
  readonly story: string;
  /** The mistake that the world is built to catch, in a few words; none for a world that is no demo. */
  readonly trap?: string;
  /** Parents before children. */
  readonly nodes: readonly WorldNode[];
  readonly target: string;
  readonly rareLevel: string;
  readonly exposure: string;
  readonly rules: readonly Rule[];
  /** Canvas positions of the nodes, pixels. */
  readonly positions: Readonly<Record<string, readonly [number, number]>>;
  readonly rows: number;
  readonly facts?: Readonly<Record<string, NodeFacts>>;
  /** Effects that rise or fall throughout, as cause, effect, direction. */
  readonly monotone?: readonly (readonly [from: string, to: string, sign: '+' | '-'])[];
  readonly extras?: FileExtras;
  readonly drift?: Drift;
  readonly claims?: readonly Claim[];
}

export type RowFunction = (parents: readonly number[]) => number;

export const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

export const numericSpec = (name: string, decimals: number): ValueSpec => ({
  name,
  kind: decimals === 0 ? 'integer' : 'continuous',
  levels: null,
  decimals,
  datePattern: null,
});

/** One value a row, from the row's parents. */
export const onRows = (
  parents: readonly Float64Array[],
  rows: number,
  compute: (row: readonly number[], i: number) => number,
) => {
  const row = new Array<number>(parents.length);
  return Float64Array.from({ length: rows }, (_, i) => {
    for (let p = 0; p < parents.length; p++) row[p] = parents[p]![i]!;
    return compute(row, i);
  });
};

/** A known law as a mechanism; `noise` is given a tie break in (0, 1) for values that are atoms. */
export const trueMechanism = (
  quantile: (row: readonly number[], u: number) => number,
  noise: (row: readonly number[], v: number, tieBreak: number) => number,
  logDensity: (row: readonly number[], v: number) => number,
  equation: string,
): Mechanism => ({
  family: 'true-law',
  quantile: (parents, u) => onRows(parents, u.length, (row, i) => quantile(row, u[i]!)),
  noise: (parents, values, tieBreak) =>
    onRows(parents, values.length, (row, i) => insideUnit(noise(row, values[i]!, tieBreak[i]!))),
  logDensity: (parents, values) => onRows(parents, values.length, (row, i) => logDensity(row, values[i]!)),
  card: () => ({ family: 'true-law', label: 'True law', equation, terms: [] }),
  toJSON: () => ({ family: 'true-law', equation }),
});

/** v ~ N(mean(parents), sd^2), cut to [low, high]. */
export function normalNode(
  name: string,
  parents: readonly string[],
  mean: RowFunction,
  sd: number,
  decimals: number,
  low = -Infinity,
  high = Infinity,
): WorldNode {
  const cut = (row: readonly number[]) => {
    const mu = mean(row);
    const from = normalCdf((low - mu) / sd);
    return { mu, from, width: normalCdf((high - mu) / sd) - from };
  };
  const mechanism = trueMechanism(
    (row, u) => {
      const { mu, from, width } = cut(row);
      return mu + sd * normalQuantile(from + u * width);
    },
    (row, v) => {
      const { mu, from, width } = cut(row);
      return (normalCdf((v - mu) / sd) - from) / width;
    },
    (row, v) => {
      const { mu, width } = cut(row);
      return normalLogDensity((v - mu) / sd) - Math.log(sd * width);
    },
    `${name} ~ Normal`,
  );
  return { spec: numericSpec(name, decimals), parents, mechanism };
}

/** log v ~ N(mean(parents), sd^2). */
export function logNormalNode(
  name: string,
  parents: readonly string[],
  mean: RowFunction,
  sd: number,
  decimals: number,
): WorldNode {
  const mechanism = trueMechanism(
    (row, u) => Math.exp(mean(row) + sd * normalQuantile(u)),
    (row, v) => normalCdf((Math.log(v) - mean(row)) / sd),
    (row, v) => normalLogDensity((Math.log(v) - mean(row)) / sd) - Math.log(sd * v),
    `log ${name} ~ Normal`,
  );
  return { spec: numericSpec(name, decimals), parents, mechanism };
}

/** A category with the given level probabilities. */
export function choiceNode(
  name: string,
  levels: readonly string[],
  parents: readonly string[],
  probabilities: (row: readonly number[]) => readonly number[],
): WorldNode {
  const size = levels.length;
  const table = (columns: readonly Float64Array[], rows: number) => {
    const out = new Float64Array(rows * size);
    onRows(columns, rows, (row, i) => {
      out.set(probabilities(row), i * size);
      return 0;
    });
    return out;
  };
  const card = () => ({ family: 'true-law', label: 'True law', equation: `${name} by known probabilities`, terms: [] });
  const mechanism = categoricalMechanism('true-law', { levels: size, probabilities: table }, card, () => ({
    family: 'true-law',
    name,
  }));
  const kind = size === 2 ? 'binary' : 'nominal';
  return { spec: { name, kind, levels, decimals: 0, datePattern: null }, parents, mechanism };
}

/** A yes/no variable with P(second level) = probability(parents). */
export const binaryNode = (
  name: string,
  levels: readonly [string, string],
  parents: readonly string[],
  probability: RowFunction,
): WorldNode =>
  choiceNode(name, levels, parents, (row) => {
    const p = probability(row);
    return [1 - p, p];
  });

/** A number that takes one of a few values, each with its probability. */
export function gridNode(
  name: string,
  values: readonly number[],
  parents: readonly string[],
  probabilities: (row: readonly number[]) => readonly number[],
): WorldNode {
  const { mechanism } = choiceNode(name, values.map(String), parents, probabilities);
  const codes = (column: Float64Array) => column.map((v) => values.indexOf(v));
  return {
    spec: numericSpec(name, 0),
    parents,
    mechanism: {
      ...mechanism,
      quantile: (columns, u) => mechanism.quantile(columns, u).map((code) => values[code]!),
      noise: (columns, v, tieBreak) => mechanism.noise(columns, codes(v), tieBreak),
      logDensity: (columns, v) => mechanism.logDensity(columns, codes(v)),
    },
  };
}
