import { isNumericSpec, type ValueSpec } from '../../data/frame';
import type { Task } from '../../task';
import type { Condition } from '../rule';
import { type Candidate, mayBreak, type Search } from './candidate';

/** More levels than this make codes, not conditions. */
const MOST_LEVELS = 20;
const LEAST_ROWS = 20;
/** A value that this share of the known cells has is looked at as a value of its own, as nought often is. */
const ATOM_SHARE = 0.05;

interface Group {
  readonly column: number;
  readonly when: Condition;
  readonly rows: Int32Array;
}

/**
 * What follows from one condition: a level or a value that always goes with it, levels that never do, being missing, and
 * how far a number reaches. The condition is a level of a category, or a value many rows share.
 */
export async function conditionalRules(search: Search, task: Task): Promise<Candidate[]> {
  const { frame } = search;
  const groups = groupsOf(search);
  const found: { readonly candidate: Candidate; readonly cells: readonly string[]; readonly size: number }[] = [];
  for (const [i, group] of groups.entries()) {
    await task.checkpoint(i / groups.length, 'Looking for rules');
    for (let b = 0; b < frame.specs.length; b++) {
      if (b === group.column) continue;
      // "if x > 0 then treated" is the same as "if not treated then x = 0", which is the plainer one.
      if (isNumericSpec(frame.specs[group.column]!) && !isNumericSpec(frame.specs[b]!)) continue;
      for (const one of consequences(search, group, b)) found.push({ ...one, size: group.rows.length });
    }
  }
  // Each forbidden pair of values is told once, by the rule with the rarer condition.
  const told = new Set<string>();
  return found
    .sort((x, y) => x.size - y.size)
    .filter(({ cells }) => {
      const isNew = cells.length === 0 || cells.some((cell) => !told.has(cell));
      for (const cell of cells) told.add(cell);
      return isNew;
    })
    .map(({ candidate }) => candidate);
}

function groupsOf({ frame }: Search): Group[] {
  return frame.specs.flatMap((spec, column) => {
    const values = frame.columns[column]!;
    const rowsWith = (test: (value: number) => boolean) => {
      const rows: number[] = [];
      for (let row = 0; row < values.length; row++) if (test(values[row]!)) rows.push(row);
      return Int32Array.from(rows);
    };
    const groups: Group[] = [];
    if (spec.levels && spec.levels.length <= MOST_LEVELS)
      for (const [code, level] of spec.levels.entries())
        groups.push({
          column,
          when: { column: spec.name, op: 'in', levels: [level] },
          rows: rowsWith((value) => value === code),
        });
    const atom = isNumericSpec(spec) && spec.kind !== 'datetime' ? atomOf(values) : null;
    if (atom !== null) {
      groups.push({ column, when: { column: spec.name, op: '=', value: atom }, rows: rowsWith((v) => v === atom) });
      groups.push({
        column,
        when: { column: spec.name, op: '!=', value: atom },
        rows: rowsWith((v) => !Number.isNaN(v) && v !== atom),
      });
    }
    return groups.filter(({ rows }) => rows.length >= LEAST_ROWS && rows.length < frame.rows);
  });
}

type Found = { readonly candidate: Candidate; readonly cells: readonly string[] };

function consequences(search: Search, group: Group, b: number): Found[] {
  const { frame, leastExpected } = search;
  const spec = frame.specs[b]!;
  const values = frame.columns[b]!;
  const inGroup = new Set(group.rows);
  const known = group.rows.filter((row) => !Number.isNaN(values[row]!));
  const missing = group.rows.length - known.length;
  const allKnown = values.reduce((count, value) => count + (Number.isNaN(value) ? 0 : 1), 0);
  const missingShare = 1 - allKnown / frame.rows;
  const found: Found[] = [];
  const add = (then: Condition, tier: 1 | 2, broken: number, rows: number, expected: number, cells: string[]) => {
    if (rows < LEAST_ROWS || expected < leastExpected || !mayBreak(broken, rows, expected)) return;
    const isAboutMissing = then.op === 'missing' || then.op === 'known';
    found.push({
      candidate: {
        said: { kind: 'implication', when: [group.when], then },
        tier,
        expected,
        applies: (row) => inGroup.has(row) && (isAboutMissing || !Number.isNaN(values[row]!)),
      },
      cells,
    });
  };
  if (missingShare > 0) {
    const size = group.rows.length;
    add({ column: spec.name, op: 'missing' }, 1, known.length, size, size * (1 - missingShare), []);
    add({ column: spec.name, op: 'known' }, 1, missing, size, size * missingShare, []);
  }
  if (known.length < LEAST_ROWS) return found;
  if (spec.levels) {
    if (spec.levels.length <= MOST_LEVELS) levelConsequence(group, spec, values, known, allKnown, add);
  } else numberConsequences(spec, values, known, allKnown, add);
  return found;
}

type Add = (then: Condition, tier: 1 | 2, broken: number, rows: number, expected: number, cells: string[]) => void;

function levelConsequence(
  group: Group,
  spec: ValueSpec,
  values: Float64Array,
  known: Int32Array,
  allKnown: number,
  add: Add,
): void {
  const levels = spec.levels!;
  const here = countsOf(
    levels.length,
    known.map((row) => values[row]!),
  );
  const overall = countsOf(levels.length, values);
  const absent = levels.flatMap((_, code) => {
    const expected = (known.length * overall[code]!) / allKnown;
    return mayBreak(here[code]!, known.length, expected) && overall[code]! > 0 ? [{ code, expected }] : [];
  });
  const present = levels.filter((_, code) => overall[code]! > 0 && !absent.some((one) => one.code === code));
  if (absent.length === 0 || present.length === 0) return;
  const expected = absent.reduce((sum, one) => sum + one.expected, 0);
  const broken = absent.reduce((sum, { code }) => sum + here[code]!, 0);
  const gone = absent.map(({ code }) => levels[code]!);
  const then: Condition =
    present.length <= gone.length
      ? { column: spec.name, op: 'in', levels: present }
      : { column: spec.name, op: 'not-in', levels: gone };
  const from = `${group.when.column}\n${'levels' in group.when ? group.when.levels[0] : ''}`;
  const cells = gone.map((level) => [from, `${spec.name}\n${level}`].sort().join('\n\n'));
  add(then, 1, broken, known.length, expected, cells);
}

function numberConsequences(
  spec: ValueSpec,
  values: Float64Array,
  known: Int32Array,
  allKnown: number,
  add: Add,
): void {
  const column = spec.name;
  const sorted = Float64Array.from(known, (row) => values[row]!).sort();
  const share = (test: (value: number) => boolean) => values.reduce((n, v) => n + (test(v) ? 1 : 0), 0) / allKnown;
  const middle = sorted[sorted.length >> 1]!;
  const same = sorted.filter((value) => value === middle).length;
  if (spec.kind !== 'datetime') {
    if (same >= 0.99 * sorted.length) {
      add(
        { column, op: '=', value: middle },
        1,
        sorted.length - same,
        sorted.length,
        sorted.length * (1 - share((v) => v === middle)),
        [],
      );
      return;
    }
    const atom = atomOf(values);
    if (atom !== null) {
      const broken = sorted.filter((value) => value === atom).length;
      const isLeast = values.every((value) => Number.isNaN(value) || value >= atom);
      const isApart = mayBreak(broken, sorted.length, sorted.length * share((v) => v === atom));
      add(
        { column, op: isLeast ? '>' : '!=', value: atom },
        1,
        broken,
        sorted.length,
        sorted.length * share((v) => v === atom),
        [],
      );
      // Where the value alone tells the groups apart, how far the rest reaches tells nothing new.
      if (isApart) return;
    }
  }
  // Half of what the rows reach elsewhere must be out of reach here, or every subset would have its own bounds.
  const [least, most] = [sorted[0]!, sorted.at(-1)!];
  const above = share((value) => value > most);
  const below = share((value) => value < least);
  if (above > 0.25) add({ column, op: '<=', value: most }, 2, 0, sorted.length, sorted.length * above, []);
  if (below > 0.25) add({ column, op: '>=', value: least }, 2, 0, sorted.length, sorted.length * below, []);
}

/** The value most cells share, where enough do and there are others; null where there is none. */
function atomOf(values: Float64Array): number | null {
  const counts = new Map<number, number>();
  let known = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    known++;
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const [atom, count] = [...counts].reduce((best, one) => (one[1] > best[1] ? one : best), [0, 0]);
  return counts.size > 2 && count >= ATOM_SHARE * known && count < known ? atom : null;
}

function countsOf(levels: number, codes: Float64Array | Int32Array): Float64Array {
  const counts = new Float64Array(levels);
  for (const code of codes) if (!Number.isNaN(code)) counts[code]! += 1;
  return counts;
}
