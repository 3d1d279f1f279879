/** Beyond this many decimals a double has no digits left to round. */
const MOST_DECIMALS = 15;

/** The value on the grid of `decimals` decimals, halves away from zero; NaN and infinities stay as they are. */
export function roundToDecimals(value: number, decimals: number): number {
  if (decimals > MOST_DECIMALS || !Number.isFinite(value)) return value;
  const factor = 10 ** decimals;
  const scaled = Math.round(Math.abs(value) * factor);
  // Past 2^53 every double is already on the grid.
  if (scaled >= Number.MAX_SAFE_INTEGER) return value;
  const rounded = scaled / factor;
  return value < 0 && rounded > 0 ? -rounded : rounded;
}
