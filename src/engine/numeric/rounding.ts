/** Beyond this many decimals a double has no digits left to round. */
const MOST_DECIMALS = 15;
/** Looked up, as a power a cell would take most of the time. */
const POWERS_OF_TEN = Float64Array.from({ length: MOST_DECIMALS + 1 }, (_, decimals) => Number(`1e${decimals}`));

/** The value on the grid of `decimals` decimals, halves away from zero; NaN and infinities stay as they are. */
export function roundToDecimals(value: number, decimals: number): number {
  if (decimals > MOST_DECIMALS || !Number.isFinite(value)) return value;
  const factor = POWERS_OF_TEN[decimals]!;
  const scaled = Math.round(Math.abs(value) * factor);
  // Past 2^53 every double is already on the grid.
  if (scaled >= Number.MAX_SAFE_INTEGER) return value;
  const rounded = scaled / factor;
  return value < 0 && rounded > 0 ? -rounded : rounded;
}

/** Multiplied by, as a branch on the sign is guessed wrong every other time. */
const SIGNS = Float64Array.of(1, -1);

/** Every value as `roundToDecimals` has it. */
export function roundInPlace(values: Float64Array, decimals: number): void {
  if (decimals > MOST_DECIMALS) return;
  const factor = POWERS_OF_TEN[decimals]!;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    const scaled = Math.round(Math.abs(value) * factor);
    // Not so for NaN and infinities either. Adding 0 makes 0 of -0.
    if (scaled < Number.MAX_SAFE_INTEGER) values[i] = (scaled / factor) * SIGNS[Number(value < 0)]! + 0;
  }
}
