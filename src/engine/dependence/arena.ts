import { type Frame, selectRows } from '../data/frame';
import type { RowWeights } from '../generation/exposureWeights';
import { createRng, type Rng, shuffleInPlace } from '../rng';
import type { ComparisonKind } from './comparison';
import type { ComparisonInput } from './comparisonInput';
import { bootstrapGroups } from './donorBootstrap';
import { columnIndex } from './statementRows';

/** More rows of a kind than this make no interval visibly shorter. */
export const MOST_ROWS_OF_A_KIND = 20_000;

/** Synthetic rows beyond so many a donor say nothing new of it; never fewer than the second number. */
const MOST_ROWS_OF_A_DONOR = 20;
const ENOUGH_SYNTHETIC_ROWS = 4000;

/** One sample that is compared with the one before. */
export interface After {
  readonly comparison: ComparisonKind;
  /** Shape (frame.rows,). */
  readonly weights: Float64Array;
}

/** Real rows followed by synthetic ones: a sample before, and one or two after, on the same rows. */
export interface Arena {
  /** Begins a sentence: "Inside fraud = yes", "In the whole table". */
  readonly place: string;
  readonly rareClass: string;
  readonly frame: Frame;
  /** The first so many rows are real; they are the sample before. */
  readonly realRows: number;
  readonly weightBefore: Float64Array;
  /** Whether the samples after hold the real rows too (an augmented table does). */
  readonly afterIncludesReal: boolean;
  readonly after: readonly After[];
  /** Bootstrap group of each row: a synthetic row is in its donor's. */
  readonly group: Int32Array;
  readonly groups: number;
  readonly messages: readonly string[];
}

/** Real rare rows before, synthetic rare rows after. */
export function withinClassArena(input: ComparisonInput): Arena {
  const rng = createRng(input.seed, 'within-class-rows');
  const real = capped(rowsOfClass(input, input.original, 'rare'), rng);
  const synthetic = capped(rowsOfClass(input, input.synthetic, 'rare'), rng, syntheticLimit(real.total));
  const rareClass = rareClassName(input);
  const weights = new Float64Array(real.rows.length + synthetic.rows.length).fill(1);
  return {
    place: `Inside ${rareClass}`,
    rareClass,
    ...joined(input, real.rows, synthetic.rows, rng),
    weightBefore: weights,
    afterIncludesReal: false,
    after: [{ comparison: 'within-class', weights }],
    messages: [...capMessage(real, 'real rare rows'), ...capMessage(synthetic, 'synthetic rows')],
  };
}

/**
 * The original table before, the augmented one after: once with weights back to the original law (row by row where the rows
 * carry such, else every class back to its original share), once as it is.
 */
export function populationArena(input: ComparisonInput): Arena {
  const rng = createRng(input.seed, 'population-rows');
  const common = capped(rowsOfClass(input, input.original, 'common'), rng);
  const rare = capped(rowsOfClass(input, input.original, 'rare'), rng);
  const synthetic = capped(rowsOfClass(input, input.synthetic, 'rare'), rng, syntheticLimit(rare.total));
  // Where the outcome was drawn, rows in which it came out common are part of the augmented table too.
  const drawn = capped(rowsOfClass(input, input.synthetic, 'common'), rng);
  const real = [...common.rows, ...rare.rows];
  const made = [...synthetic.rows, ...drawn.rows];
  const unweighted = Float64Array.from(
    [common, rare, synthetic, drawn].flatMap(({ rows, total }) => rows.map(() => total / rows.length)),
  );
  const before = unweighted.map((weight, i) => (i < real.length ? weight : 0));
  const rows = joined(input, real, made, rng);
  return {
    place: 'In the whole table',
    rareClass: rareClassName(input),
    ...rows,
    weightBefore: before,
    afterIncludesReal: true,
    after: [
      {
        comparison: 'weighted',
        weights: input.rowWeights
          ? rowByRow(unweighted, input.rowWeights, real, made)
          : weighedBack(rows.frame, input.target, before, unweighted),
      },
      { comparison: 'unweighted', weights: unweighted },
    ],
    messages: [
      ...capMessage(common, 'common rows'),
      ...capMessage(rare, 'real rare rows'),
      ...capMessage(synthetic, 'synthetic rows'),
      ...capMessage(drawn, 'synthetic common rows'),
    ],
  };
}

/** What the rows kept stand for, times the weights they carry. */
const rowByRow = (
  standsFor: Float64Array,
  weights: RowWeights,
  real: readonly number[],
  made: readonly number[],
): Float64Array =>
  standsFor.map(
    (count, i) => count * (i < real.length ? weights.real[real[i]!]! : weights.synthetic[made[i - real.length]!]!),
  );

/** `after` scaled so that every class of the target weighs as much as in `before`. */
function weighedBack(frame: Frame, target: string, before: Float64Array, after: Float64Array): Float64Array {
  const codes = targetColumn(frame, target);
  const totals = new Map<number, { before: number; after: number }>();
  codes.forEach((code, row) => {
    const total = totals.get(code) ?? { before: 0, after: 0 };
    totals.set(code, { before: total.before + before[row]!, after: total.after + after[row]! });
  });
  return after.map((weight, row) => {
    const total = totals.get(codes[row]!)!;
    return total.after > 0 ? (weight * total.before) / total.after : 0;
  });
}

const targetColumn = (frame: Frame, target: string): Float64Array => frame.columns[columnIndex(frame, target)]!;

function rareClassName({ original, target, rareCodes }: ComparisonInput): string {
  const levels = original.specs.find((spec) => spec.name === target)?.levels;
  const texts = rareCodes.map((code) => levels?.[code] ?? String(code));
  return texts.length === 1 ? `${target} = ${texts[0]}` : `the rare classes of ${target}`;
}

function rowsOfClass({ target, rareCodes }: ComparisonInput, frame: Frame, wanted: 'rare' | 'common'): number[] {
  const codes = targetColumn(frame, target);
  const rare = new Set(rareCodes);
  const rows: number[] = [];
  for (let row = 0; row < frame.rows; row++) if (rare.has(codes[row]!) === (wanted === 'rare')) rows.push(row);
  return rows;
}

const syntheticLimit = (realRareRows: number): number =>
  Math.min(MOST_ROWS_OF_A_KIND, Math.max(ENOUGH_SYNTHETIC_ROWS, MOST_ROWS_OF_A_DONOR * realRareRows));

function capped(
  rows: number[],
  rng: Rng,
  limit = MOST_ROWS_OF_A_KIND,
): { readonly rows: readonly number[]; readonly total: number } {
  if (rows.length <= limit) return { rows, total: rows.length };
  const kept = shuffleInPlace(Int32Array.from(rows), rng).subarray(0, limit).sort();
  return { rows: Array.from(kept), total: rows.length };
}

const capMessage = ({ rows, total }: { readonly rows: readonly number[]; readonly total: number }, what: string) =>
  total > rows.length
    ? [
        `Dependences were looked at on ${rows.length.toLocaleString('en')} of ${total.toLocaleString('en')} ${what}, drawn at random.`,
      ]
    : [];

/** Real rows in random groups, synthetic rows in their donor's. */
function joined(
  { original, units, synthetic, donor }: ComparisonInput,
  real: readonly number[],
  made: readonly number[],
  rng: Rng,
): Pick<Arena, 'frame' | 'realRows' | 'group' | 'groups'> {
  const a = selectRows(original, real);
  const b = selectRows(synthetic, made);
  const columns = a.columns.map((column, c) => {
    const both = new Float64Array(real.length + made.length);
    both.set(column);
    both.set(b.columns[c]!, real.length);
    return both;
  });
  const drawn = bootstrapGroups(real, units ?? null, rng);
  const group = new Int32Array(real.length + made.length);
  group.set(drawn.group);
  // A donor that was not drawn into the subsample, or is not known, still needs a group of its own kind: a random one.
  made.forEach((row, i) => {
    group[real.length + i] = drawn.groupOf(donor[row]!) ?? rng.integer(drawn.groups);
  });
  return {
    frame: { rows: real.length + made.length, specs: original.specs, columns },
    realRows: real.length,
    group,
    groups: drawn.groups,
  };
}
