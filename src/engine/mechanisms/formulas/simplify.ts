const MOST_DIGITS = 12;

/**
 * The simplest numbers that are as good: each in turn becomes 0, a whole number, or the one with the fewest digits for which
 * `holds` counts no fewer rows than before.
 */
export function simplify(numbers: readonly number[], holds: (numbers: readonly number[]) => number): readonly number[] {
  const out = [...numbers];
  let kept = holds(out);
  for (let j = 0; j < out.length; j++) {
    const exact = out[j]!;
    for (const candidate of simplerThan(exact)) {
      out[j] = candidate;
      const now = holds(out);
      if (now >= kept) {
        kept = now;
        break;
      }
      out[j] = exact;
    }
  }
  return out;
}

function* simplerThan(exact: number): Generator<number> {
  yield 0;
  yield Math.round(exact);
  if (exact !== 0) yield 1 / Math.round(1 / exact) || 0;
  for (let digits = 1; digits <= MOST_DIGITS; digits++) yield Number(exact.toPrecision(digits));
}
