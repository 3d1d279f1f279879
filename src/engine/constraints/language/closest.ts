import type { ValueSpec } from '../../data/frame';
import type { EngineError } from '../../errors';
import type { Span } from './expression';
import { textError } from './textError';

/** @returns `bad-rule` at the place of a name that no column has. */
export function unknownColumn(name: string, specs: readonly ValueSpec[], at: Span): EngineError {
  const close = closest(
    name,
    specs.map((spec) => spec.name),
  );
  return textError(at, `there is no column "${name}"${close === null ? '.' : `; did you mean "${close}"?`}`);
}

/** The name that differs from a wrong one in case alone or by one letter; null where there is none. */
export function closest(wrong: string, names: readonly string[]): string | null {
  const lower = wrong.toLowerCase();
  return (
    names.find((name) => name.toLowerCase() === lower) ??
    names.find((name) => Math.abs(name.length - wrong.length) <= 1 && distanceIsOne(lower, name.toLowerCase())) ??
    null
  );
}

/** Whether one letter replaced, added, left out or swapped with its neighbour turns a into b. */
function distanceIsOne(a: string, b: string): boolean {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  const rest = (text: string, from: number) => text.slice(from);
  return (
    rest(a, start + 1) === rest(b, start + 1) ||
    rest(a, start + 1) === rest(b, start) ||
    rest(a, start) === rest(b, start + 1) ||
    (a[start] === b[start + 1] && a[start + 1] === b[start] && rest(a, start + 2) === rest(b, start + 2))
  );
}
