import type { Piece } from './mixture';

/** Numbers with at most this many distinct values, each seen often, are learned as a choice among the values. */
const FEW_VALUES = 15;
const LEAST_ROWS_PER_VALUE = 20;
/** A lowest or highest value that at least this share of rows holds is an atom of its own. */
const ATOM_SHARE = 0.04;

/**
 * The pieces of a numeric column without missing cells, in increasing order: few-valued numbers are atoms altogether, values piled
 * up at an end are an atom beside the rest.
 */
export function piecesOf(values: Float64Array): readonly Piece[] {
  const counts = new Map<number, number>();
  for (const v of values) counts.set(v === 0 ? 0 : v, (counts.get(v === 0 ? 0 : v) ?? 0) + 1);
  const distinct = [...counts.keys()].sort((a, b) => a - b);
  if (distinct.length <= FEW_VALUES && values.length >= LEAST_ROWS_PER_VALUE * distinct.length)
    return distinct.map((value): Piece => ({ kind: 'atom', value }));
  const isAtom = (v: number) =>
    counts.get(v)! >= Math.max(5, ATOM_SHARE * values.length) && counts.get(v)! < values.length - 5;
  const first = distinct[0]!;
  const last = distinct[distinct.length - 1]!;
  const pieces: Piece[] = isAtom(first) ? [{ kind: 'atom', value: first }] : [];
  pieces.push({ kind: 'core' });
  if (last !== first && isAtom(last)) pieces.push({ kind: 'atom', value: last });
  return pieces;
}

/** The lowest value where pieces are atoms at consecutive whole numbers from 0 or more, so that they may be a count; else null. */
export function firstCountOf(pieces: readonly Piece[]): number | null {
  const [first] = pieces;
  if (first?.kind !== 'atom' || pieces.length < 3 || !(first.value >= 0) || !Number.isInteger(first.value)) return null;
  const isRun = pieces.every((piece, k) => piece.kind === 'atom' && piece.value === first.value + k);
  return isRun ? first.value : null;
}
