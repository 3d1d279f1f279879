import { dealFolds } from '../data/folds';
import { isNumericColumn, type Table } from '../data/table';
import type { StudyDesign } from '../project/project';
import { createRng } from '../rng';
import type { RunInput } from './runInput';

/** Rare rows held out from learning, with all that belongs to them. Frame rows, rising. */
export interface HeldOut {
  readonly learned: Int32Array;
  readonly rare: Int32Array;
  /** Common rows to judge the held-out rare ones beside, where those of the table will not do; null takes any. */
  readonly common: Int32Array | null;
}

export interface HeldOutRare {
  readonly parts: readonly HeldOut[];
  /** How it was done, in words: "on half of the 80 rare rows at a time and checked on the other half". */
  readonly said: string;
}

const FOLDS = 2;

/**
 * The rare rows cut in two, so that mechanisms can be judged on rows that nothing was learned from. Without a time column each
 * half is held out in turn; whole units (patients, sites) are dealt out, and a held-out unit is held out with its common rows.
 * With a time column the later half is held out once, and what is learned from is strictly earlier, of other units.
 */
export function heldOutRare(
  table: Table,
  input: Pick<RunInput, 'frame' | 'rows' | 'target' | 'rareCodes' | 'units'>,
  design: StudyDesign | undefined,
  seed: number,
): HeldOutRare {
  const { frame, target, rareCodes, units } = input;
  const codes = frame.columns[target]!;
  const isRare = (row: number) => rareCodes.includes(codes[row]!);
  const every = Int32Array.from(codes.keys());
  const rare = every.filter(isRare);
  const count = rare.length.toLocaleString('en');
  const ofGroups = units ? ', whole groups together' : '';
  const inTime = design?.time ? laterHalf(table, input, design.time, every, rare) : null;
  if (inTime)
    return {
      parts: [inTime.part],
      said: `from the rows before the later half of the ${count} rare rows by ${design!.time}${ofGroups}, and checked on that half${inTime.unknown > 0 ? ` (${inTime.unknown.toLocaleString('en')} rows without a time were left out)` : ''}`,
    };
  const own = units && rare.map((row) => units[row]!);
  const fold = dealFolds({ rows: rare.length, folds: FOLDS, units: own }, createRng(seed, 'mechanism-folds'));
  return {
    parts: Array.from({ length: FOLDS }, (_, f) => {
      const held = rare.filter((_, i) => fold[i] === f);
      const away = new Set(units ? Array.from(held, (row) => units[row]!) : held);
      return { learned: every.filter((row) => !away.has(units ? units[row]! : row)), rare: held, common: null };
    }),
    said: `from half of the ${count} rare rows at a time${ofGroups}, and checked on the other half`,
  };
}

/** Null where the column says nothing of time, or no rare row comes before another. */
function laterHalf(
  table: Table,
  { rows, units }: Pick<RunInput, 'rows' | 'units'>,
  time: string,
  every: Int32Array,
  rare: Int32Array,
): { readonly part: HeldOut; readonly unknown: number } | null {
  const column = table.columns.find(({ name }) => name === time);
  if (!column || !isNumericColumn(column)) return null;
  const at = (row: number) => column.values[rows[row]!]!;
  const times = Float64Array.from(rare, at)
    .filter((value) => !Number.isNaN(value))
    .sort();
  if (times.length < 2 || times[0] === times[times.length - 1]) return null;
  // Rows of one moment stay together: the cut goes below the middle value, or above it where nothing is below.
  const middle = times[times.length >> 1]!;
  const cut = middle > times[0]! ? middle : times.find((value) => value > middle)!;
  const held = rare.filter((row) => at(row) >= cut);
  const heldUnits = new Set(units ? Array.from(held, (row) => units[row]!) : []);
  const isRare = new Set(rare);
  const before = every.filter((row) => at(row) < cut);
  const learned = before.filter((row) => !units || !heldUnits.has(units[row]!));
  if (!learned.some((row) => isRare.has(row))) return null;
  return {
    part: { learned, rare: held, common: every.filter((row) => at(row) >= cut && !isRare.has(row)) },
    unknown: every.filter((row) => Number.isNaN(at(row))).length,
  };
}
