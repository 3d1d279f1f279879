import type { Frame, ValueSpec } from '../../data/frame';

/** Neighbours that say how far out a row is, and the most reference rows, as the support score is defined. */
const NEIGHBOURS = 5;
const MOST_REFERENCE = 2000;
/** Two sums of the same distances may differ by their rounding. */
const ROUNDING = 1e-9;

/**
 * How far out rows lie, by the definition of the support score and nothing else of it. Slow, and in the row's favour where
 * rounding could decide.
 * @param reference The real rare rows.
 * @returns Whether a row of `columns` has a support below `least`.
 */
export function lackOfSupport(reference: Frame, least: number) {
  const every = Math.max(1, reference.rows / MOST_REFERENCE);
  const chosen = Array.from({ length: Math.min(reference.rows, MOST_REFERENCE) }, (_, i) => Math.floor(i * every));
  const rank = reference.specs.map((spec, c) => rankOf(spec, reference.columns[c]!));
  const placeOf = (columns: readonly Float64Array[], row: number) => columns.map((column, c) => rank[c]!(column[row]!));
  const places = chosen.map((row) => placeOf(reference.columns, row));
  const farness = (place: readonly number[], leftOut: number): number => {
    const nearest: number[] = [];
    places.forEach((other, k) => {
      if (k === leftOut) return;
      const distance = place.reduce((sum, v, c) => sum + gap(v, other[c]!, reference.specs[c]!), 0);
      if (nearest.length === NEIGHBOURS && distance >= nearest[NEIGHBOURS - 1]!) return;
      nearest.push(distance);
      nearest.sort((a, b) => a - b);
      nearest.length = Math.min(nearest.length, NEIGHBOURS);
    });
    return nearest.reduce((a, b) => a + b, 0) / nearest.length;
  };
  const own = places.map((place, k) => farness(place, k));
  return (columns: readonly Float64Array[], row: number): boolean => {
    if (places.length < 2) return false;
    const far = farness(placeOf(columns, row), -1) * (1 - ROUNDING);
    return own.filter((distance) => distance >= far).length / own.length < least - ROUNDING;
  };
}

function gap(a: number, b: number, { levels }: ValueSpec): number {
  if (Number.isNaN(a) && Number.isNaN(b)) return 0;
  if (Number.isNaN(a) || Number.isNaN(b)) return 1;
  return levels ? Number(a !== b) : Math.abs(a - b);
}

/** A level as it is; a number's share of values below it and half of those equal, straight between values and in units of the range beyond them. */
function rankOf({ levels }: ValueSpec, values: Float64Array): (v: number) => number {
  if (levels) return (v) => v;
  const counts = new Map<number, number>();
  for (const v of values) if (!Number.isNaN(v)) counts.set(v, (counts.get(v) ?? 0) + 1);
  const distinct = [...counts.keys()].sort((a, b) => a - b);
  const known = [...counts.values()].reduce((a, b) => a + b, 0);
  let below = 0;
  const shares = distinct.map((v) => {
    const share = (below + counts.get(v)! / 2) / known;
    below += counts.get(v)!;
    return share;
  });
  const [low, high] = [distinct[0]!, distinct.at(-1)!];
  const unit = high > low ? high - low : Math.max(1, Math.abs(high));
  return (v) => {
    if (Number.isNaN(v) || distinct.length === 0) return Number.isNaN(v) ? v : 0;
    if (v <= low) return shares[0]! + (v - low) / unit;
    if (v >= high) return shares.at(-1)! + (v - high) / unit;
    const at = distinct.findLastIndex((w) => w <= v);
    const part = (v - distinct[at]!) / (distinct[at + 1]! - distinct[at]!);
    return shares[at]! + part * (shares[at + 1]! - shares[at]!);
  };
}
