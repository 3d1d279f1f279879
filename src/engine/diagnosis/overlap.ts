import type { Frame, ValueSpec } from '../data/frame';
import type { RowUnits } from '../data/rowUnits';
import { outOfFoldLogit } from './outOfFoldLogit';

/** Whether rows with every value of the exposure are found at every value of what is held fixed. */
export interface Overlap {
  readonly exposure: string;
  readonly heldFixed: readonly string[];
  /** One a level of the exposure; thirds of a numeric one. */
  readonly arms: readonly {
    readonly label: string;
    readonly rows: number;
    /** Shares, by tenths of the estimated P(this arm | held fixed), of the rows in the arm and of all others. */
    readonly inside: readonly number[];
    readonly outside: readonly number[];
    /** Rows worth of the arm once weighted by 1 / P: (sum w)² / sum w². */
    readonly effectiveRows: number;
  }[];
  /** Share of rows with an arm that the model gives less than 2 %: there, any effect is extrapolated. */
  readonly unsupported: number;
  readonly rows: number;
}

const TENTHS = 10;
const RARE_ARM = 0.02;
const MOST_ARMS = 5;
const FEWEST_ROWS = 50;

/**
 * Positivity of an exposure: P(arm | held fixed) of every row by a spline logit fitted without its fold. Rows with a missing
 * exposure or a missing cell of what is held fixed are left out.
 * @returns Null with fewer than 50 rows or an exposure of one value or of more than five levels.
 * @see Constructing inverse probability weights for marginal structural models, Am. J. Epidemiol. 168 (2008).
 */
export function overlapOf(
  frame: Frame,
  exposure: string,
  heldFixed: readonly string[],
  units: RowUnits | null = null,
): Overlap | null {
  const at = (name: string) => frame.specs.findIndex((spec) => spec.name === name);
  const x = at(exposure);
  const held = heldFixed.map(at);
  if (x < 0 || held.some((c) => c < 0) || held.length === 0) return null;
  const rows = [...Array(frame.rows).keys()].filter((row) =>
    [x, ...held].every((c) => !Number.isNaN(frame.columns[c]![row]!)),
  );
  if (rows.length < FEWEST_ROWS) return null;
  const { labels, codes } = armsOf(
    frame.specs[x]!,
    Float64Array.from(rows, (row) => frame.columns[x]![row]!),
  );
  if (labels.length < 2 || labels.length > MOST_ARMS) return null;
  const { probabilities } = outOfFoldLogit(
    labels,
    codes,
    held.map((c) => frame.specs[c]!),
    held.map((c) => Float64Array.from(rows, (row) => frame.columns[c]![row]!)),
    'overlap-folds',
    units && Int32Array.from(rows, (row) => units[row]!),
  );
  const probability = (row: number, arm: number) => probabilities[row * labels.length + arm]!;
  let unsupported = 0;
  for (let row = 0; row < rows.length; row++)
    if (labels.some((_, arm) => probability(row, arm) < RARE_ARM)) unsupported++;
  return {
    exposure,
    heldFixed,
    arms: labels.map((label, arm) => {
      const inside = new Array<number>(TENTHS).fill(0);
      const outside = new Array<number>(TENTHS).fill(0);
      let [own, weight, squares] = [0, 0, 0];
      for (let row = 0; row < rows.length; row++) {
        const p = probability(row, arm);
        const tenth = Math.min(TENTHS - 1, Math.floor(p * TENTHS));
        if (codes[row] !== arm) outside[tenth]!++;
        else {
          inside[tenth]!++;
          own++;
          weight += 1 / p;
          squares += 1 / p ** 2;
        }
      }
      const others = rows.length - own;
      return {
        label,
        rows: own,
        inside: inside.map((count) => count / Math.max(1, own)),
        outside: outside.map((count) => count / Math.max(1, others)),
        effectiveRows: squares > 0 ? weight ** 2 / squares : 0,
      };
    }),
    unsupported: unsupported / rows.length,
    rows: rows.length,
  };
}

/** Levels that occur, or the thirds of a number. */
function armsOf({ levels, decimals }: ValueSpec, values: Float64Array): { labels: string[]; codes: Float64Array } {
  if (levels) {
    const present = [...new Set(values)].sort((a, b) => a - b);
    const place = new Map(present.map((code, i) => [code, i]));
    return { labels: present.map((code) => levels[code]!), codes: values.map((code) => place.get(code)!) };
  }
  const sorted = Float64Array.from(values).sort();
  const [low, high] = [sorted[Math.floor(sorted.length / 3)]!, sorted[Math.floor((2 * sorted.length) / 3)]!];
  const raw = values.map((v) => (v < low ? 0 : v < high ? 1 : 2));
  const present = [...new Set(raw)].sort();
  const text = (v: number) => v.toFixed(Math.min(3, decimals));
  const names = [`below ${text(low)}`, `${text(low)} to ${text(high)}`, `${text(high)} and above`];
  return { labels: present.map((arm) => names[arm]!), codes: raw.map((arm) => present.indexOf(arm)) };
}
