import { isNumericSpec } from '../../data/frame';
import { type Candidate, mayBreak, type Search } from './candidate';

/** Pairs of numbers, of dates, or of ordered categories with the same levels, one of which is never above the other. */
export function orderRules({ frame, leastExpected }: Search): Candidate[] {
  const { specs, columns, rows } = frame;
  const found: { readonly low: number; readonly high: number; readonly candidate: Candidate }[] = [];
  for (let a = 0; a < specs.length; a++)
    for (let b = 0; b < specs.length; b++) {
      if (a === b || !comparable(specs[a]!, specs[b]!)) continue;
      const [low, high] = [columns[a]!, columns[b]!];
      let known = 0;
      let broken = 0;
      let equal = 0;
      for (let i = 0; i < rows && (broken <= 0.01 * rows || i < 200); i++) {
        if (Number.isNaN(low[i]!) || Number.isNaN(high[i]!)) continue;
        known++;
        if (low[i]! > high[i]!) broken++;
        else if (low[i] === high[i]) equal++;
      }
      if (known < 30 || broken > 0.01 * known) continue;
      const expected = known * shareAbove(low, high);
      if (expected < leastExpected || !mayBreak(broken, known, expected)) continue;
      const said = { kind: 'order', lower: specs[a]!.name, upper: specs[b]!.name, strict: equal === 0 } as const;
      found.push({
        low: a,
        high: b,
        candidate: {
          said,
          tier: 1,
          expected,
          applies: (i) => !Number.isNaN(low[i]!) && !Number.isNaN(high[i]!),
        },
      });
    }
  // a <= c says nothing new beside a <= b and b <= c.
  const holds = (low: number, high: number) => found.some((one) => one.low === low && one.high === high);
  return found
    .filter(
      ({ low, high }) => !specs.some((_, mid) => mid !== low && mid !== high && holds(low, mid) && holds(mid, high)),
    )
    .map(({ candidate }) => candidate);
}

function comparable(a: Search['frame']['specs'][number], b: Search['frame']['specs'][number]): boolean {
  if (isNumericSpec(a) && isNumericSpec(b)) return (a.kind === 'datetime') === (b.kind === 'datetime');
  return a.kind === 'ordinal' && b.kind === 'ordinal' && a.levels!.join('\n') === b.levels!.join('\n');
}

/** P(x > y) for x and y drawn from the two columns independently. */
function shareAbove(x: Float64Array, y: Float64Array): number {
  const a = x.filter((value) => !Number.isNaN(value)).sort();
  const b = y.filter((value) => !Number.isNaN(value)).sort();
  let below = 0;
  let pairs = 0;
  for (const value of a) {
    while (below < b.length && b[below]! < value) below++;
    pairs += below;
  }
  return pairs / (a.length * b.length);
}
