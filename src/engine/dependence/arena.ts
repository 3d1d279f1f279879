import { type Frame, selectRows } from '../data/frame';
import { createRng, type Rng, shuffleInPlace } from '../rng';
import type { ComparisonKind } from './comparison';
import type { ComparisonInput } from './comparisonInput';
import { MOST_GROUPS } from './donorBootstrap';
import { columnIndex } from './statementRows';

/** More rows of a kind than this make no interval visibly shorter. */
export const MOST_ROWS_OF_A_KIND = 20_000;

/** Real rows followed by synthetic ones, with the weights of the sample before and of the sample after. */
export interface Arena {
  readonly comparison: ComparisonKind;
  /** Begins a sentence: "Inside fraud = yes", "With weights". */
  readonly name: string;
  readonly rareClass: string;
  readonly frame: Frame;
  /** The first so many rows are real. */
  readonly realRows: number;
  /** Whether the sample after holds the real rows too (an augmented table does). */
  readonly afterIncludesReal: boolean;
  /** Shape (frame.rows,); 0 outside the sample. */
  readonly weightBefore: Float64Array;
  readonly weightAfter: Float64Array;
  /** Bootstrap group of each row: a synthetic row is in its donor's. */
  readonly group: Int32Array;
  readonly groups: number;
  readonly messages: readonly string[];
}

/** Real rare rows before, synthetic rare rows after. */
export function withinClassArena(input: ComparisonInput): Arena {
  const rng = createRng(input.seed, 'within-class-rows');
  const real = capped(rowsOfClass(input, input.original, 'rare'), rng);
  const synthetic = capped(rowsOfClass(input, input.synthetic, 'rare'), rng);
  const rareClass = rareClassName(input);
  return {
    comparison: 'within-class',
    name: `Inside ${rareClass}`,
    rareClass,
    ...joined(input, real.rows, synthetic.rows, rng),
    afterIncludesReal: false,
    weightBefore: ones(real.rows.length, synthetic.rows.length),
    weightAfter: new Float64Array(real.rows.length + synthetic.rows.length).fill(1),
    messages: [...capMessage(real.total, 'real rare rows'), ...capMessage(synthetic.total, 'synthetic rows')],
  };
}

/**
 * The original table before, the augmented one after; `weighted` brings every class of the augmented table back to its
 * original share.
 */
export function populationArena(input: ComparisonInput, comparison: 'weighted' | 'unweighted'): Arena {
  const rng = createRng(input.seed, 'population-rows');
  const common = capped(rowsOfClass(input, input.original, 'common'), rng);
  const rare = capped(rowsOfClass(input, input.original, 'rare'), rng);
  const synthetic = capped(rowsOfClass(input, input.synthetic, 'rare'), rng);
  const real = [...common.rows, ...rare.rows];
  const before = new Float64Array(real.length + synthetic.rows.length);
  before.fill(common.total / common.rows.length, 0, common.rows.length);
  before.fill(rare.total / rare.rows.length, common.rows.length, real.length);
  const after = Float64Array.from(before);
  after.fill(synthetic.total / synthetic.rows.length, real.length);
  const rows = joined(input, real, synthetic.rows, rng);
  if (comparison === 'weighted') weighBack(rows.frame, input.target, before, after);
  return {
    comparison,
    name: comparison === 'weighted' ? 'With weights' : 'After balancing',
    rareClass: rareClassName(input),
    ...rows,
    afterIncludesReal: true,
    weightBefore: before,
    weightAfter: after,
    messages: [
      ...capMessage(common.total, 'common rows'),
      ...capMessage(rare.total, 'real rare rows'),
      ...capMessage(synthetic.total, 'synthetic rows'),
    ],
  };
}

/** Scales `after` so that every class of the target weighs as much as in `before`. */
function weighBack(frame: Frame, target: string, before: Float64Array, after: Float64Array): void {
  const codes = targetColumn(frame, target);
  const totals = new Map<number, { before: number; after: number }>();
  codes.forEach((code, row) => {
    const total = totals.get(code) ?? { before: 0, after: 0 };
    totals.set(code, { before: total.before + before[row]!, after: total.after + after[row]! });
  });
  codes.forEach((code, row) => {
    const total = totals.get(code)!;
    after[row]! *= total.after > 0 ? total.before / total.after : 0;
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

function capped(rows: number[], rng: Rng): { readonly rows: readonly number[]; readonly total: number } {
  if (rows.length <= MOST_ROWS_OF_A_KIND) return { rows, total: rows.length };
  const kept = shuffleInPlace(Int32Array.from(rows), rng).subarray(0, MOST_ROWS_OF_A_KIND).sort();
  return { rows: Array.from(kept), total: rows.length };
}

const capMessage = (total: number, what: string): readonly string[] =>
  total > MOST_ROWS_OF_A_KIND
    ? [
        `Dependences were looked at on ${MOST_ROWS_OF_A_KIND.toLocaleString('en')} of ${total.toLocaleString('en')} ${what}, drawn at random.`,
      ]
    : [];

const ones = (filled: number, empty: number): Float64Array => new Float64Array(filled + empty).fill(1, 0, filled);

/** Real rows in random groups (one each while they are few), synthetic rows in their donor's. */
function joined(
  { original, synthetic, donor }: ComparisonInput,
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
  const groups = Math.max(1, Math.min(real.length, MOST_GROUPS));
  const order = shuffleInPlace(
    Int32Array.from(real, (_, i) => i),
    rng,
  );
  const group = new Int32Array(real.length + made.length);
  const groupOfRow = new Map<number, number>();
  real.forEach((row, i) => {
    group[i] = order[i]! % groups;
    groupOfRow.set(row, group[i]!);
  });
  // A donor that was not drawn into the subsample, or is not known, still needs a group of its own kind: a random one.
  made.forEach((row, i) => {
    group[real.length + i] = groupOfRow.get(donor[row]!) ?? rng.integer(groups);
  });
  return {
    frame: { rows: real.length + made.length, specs: original.specs, columns },
    realRows: real.length,
    group,
    groups,
  };
}
