import type { Rule } from '../constraints/rule';
import type { ValueSpec } from '../data/frame';
import { categoricalMechanism } from '../mechanisms/classifier';
import { insideUnit } from '../mechanisms/locationScale';
import type { Mechanism } from '../mechanisms/mechanism';
import { normalCdf, normalLogDensity, normalQuantile } from '../numeric/normal';

/** One variable of a simulated world, with its true mechanism. */
export interface WorldNode {
  readonly spec: ValueSpec;
  readonly parents: readonly string[];
  readonly mechanism: Mechanism;
}

/** A world whose law is known exactly: what a demo shows and what samplers are judged by. */
export interface World {
  readonly id: string;
  readonly title: string;
  /** What the world teaches, one or two sentences. */
  readonly story: string;
  /** Parents before children. */
  readonly nodes: readonly WorldNode[];
  readonly target: string;
  readonly rareLevel: string;
  readonly exposure: string;
  readonly rules: readonly Rule[];
  /** Canvas positions of the nodes, pixels. */
  readonly positions: Readonly<Record<string, readonly [number, number]>>;
  readonly rows: number;
}

export type RowFunction = (parents: readonly number[]) => number;

export const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

const numericSpec = (name: string, decimals: number): ValueSpec => ({
  name,
  kind: decimals === 0 ? 'integer' : 'continuous',
  levels: null,
  decimals,
  datePattern: null,
});

const onRows = (
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

const trueMechanism = (
  quantile: (row: readonly number[], u: number) => number,
  noise: (row: readonly number[], v: number) => number,
  logDensity: (row: readonly number[], v: number) => number,
  equation: string,
): Mechanism => ({
  family: 'true-law',
  quantile: (parents, u) => onRows(parents, u.length, (row, i) => quantile(row, u[i]!)),
  noise: (parents, values) => onRows(parents, values.length, (row, i) => insideUnit(noise(row, values[i]!))),
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
