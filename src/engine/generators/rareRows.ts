import { isNumericSpec, type ValueSpec } from '../data/frame';
import { EngineError } from '../errors';
import { gather } from '../numeric/gather';
import type { GeneratorInput } from './generator';

/** The real rare rows a baseline works on. */
export interface RareRows {
  /** Their frame rows. */
  readonly rows: Int32Array;
  /** One array of shape (rows.length,) per frame column. */
  readonly columns: readonly Float64Array[];
  readonly messages: readonly string[];
}

export const countOf = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;

export const rareLevelOf = ({ frame, target, rareCode }: GeneratorInput): string =>
  frame.specs[target]!.levels?.[rareCode] ?? String(rareCode);

/**
 * All rows of the rare class, or with `complete` only those without a missing cell.
 * @throws EngineError `too-few-rows` where fewer than `needed` are left.
 */
export function rareRowsOf(input: GeneratorInput, label: string, needed: number, complete: boolean): RareRows {
  const { frame, target, rareCode } = input;
  const rare: number[] = [];
  let incomplete = 0;
  for (let row = 0; row < frame.rows; row++) {
    if (frame.columns[target]![row] !== rareCode) continue;
    if (complete && frame.columns.some((column) => Number.isNaN(column[row]))) incomplete++;
    else rare.push(row);
  }
  const target_ = `${frame.specs[target]!.name} = ${rareLevelOf(input)}`;
  if (rare.length < needed) {
    const found = `${label} needs at least ${countOf(needed, 'row')} with ${target_}${complete ? ' and no missing cell' : ''}, and there ${rare.length === 1 ? 'is' : 'are'} ${rare.length}`;
    const wayOut =
      incomplete > 0 ? 'fill the missing cells or leave their columns out' : 'add rare rows or choose another target';
    throw new EngineError('too-few-rows', `${found}: ${wayOut}.`, { needed, found: rare.length, incomplete });
  }
  const rows = Int32Array.from(rare);
  const messages =
    incomplete > 0
      ? [
          `${label} leaves out ${countOf(incomplete, 'rare row')} with missing cells; ${countOf(rare.length, 'row')} remain.`,
        ]
      : [];
  return { rows, columns: frame.columns.map((column) => gather(column, rows)), messages };
}

/** Names joined for a sentence: "a, b and 3 more". */
export function nameSome(specs: readonly ValueSpec[]): string {
  const names = specs.map(({ name }) => name);
  return names.length <= 4 ? names.join(', ') : `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`;
}

/** Columns other than the target, split by what they hold; indices into the frame. */
export function featureColumns({ frame, target }: GeneratorInput): {
  readonly numeric: readonly number[];
  readonly categorical: readonly number[];
} {
  const features = frame.specs.map((_, column) => column).filter((column) => column !== target);
  return {
    numeric: features.filter((column) => isNumericSpec(frame.specs[column]!)),
    categorical: features.filter((column) => !isNumericSpec(frame.specs[column]!)),
  };
}
