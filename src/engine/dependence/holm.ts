/**
 * Holm's adjusted p-values, in the given order: the smallest times m, the next times m - 1, ..., never falling, at most 1.
 * NaN (a statement that could not be tested) stays NaN and does not count.
 * @see A simple sequentially rejective multiple test procedure, Scand. J. Statist. 6 (1979).
 */
export function holm(pValues: readonly number[]): number[] {
  const tested = pValues.map((p, i) => ({ p, i })).filter(({ p }) => !Number.isNaN(p));
  tested.sort((a, b) => a.p - b.p);
  const adjusted = pValues.map(() => Number.NaN);
  let running = 0;
  tested.forEach(({ p, i }, rank) => {
    running = Math.max(running, Math.min(1, p * (tested.length - rank)));
    adjusted[i] = running;
  });
  return adjusted;
}
