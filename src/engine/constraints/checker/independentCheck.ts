import type { Frame, ValueSpec } from '../../data/frame';
import { parseExpression } from '../language/parseExpression';
import type { Condition, Rule, SupportRule } from '../rule';
import { type Cell, interpret, type Row } from './interpret';
import { lackOfSupport } from './supportReading';

/** Rows, evenly spread, whose support is read: each is held against every real rare row. */
const MOST_SUPPORT_ROWS = 300;

/** How many rows break a rule, by the slow and independent reading of it. */
export interface IndependentCount {
  readonly ruleId: string;
  readonly broken: number;
  /** Row of the first one, from 0; null where there is none. */
  readonly firstRow: number | null;
}

/**
 * Judges every row by every enabled rule, from what the rule says and what the cells read, kind by kind. Nothing of the
 * compiled rules is used, so that a mistake in them shows here as a broken row. Support is read of some rows, evenly spread.
 * @param donors The real row each row started from, for what has to be kept of it; null where there are none.
 */
export function independentCheck(
  rules: readonly Rule[],
  frame: Frame,
  donors: readonly Float64Array[] | null = null,
): readonly IndependentCount[] {
  const places = new Map(frame.specs.map(({ name }, c) => [name, c]));
  let at = 0;
  const row: Row = {
    cell: (name) => cellOf(frame.specs, frame.columns, places.get(name), at),
    spec: (name) => frame.specs[places.get(name) ?? -1],
  };
  const donor: Row | null = donors && {
    ...row,
    cell: (name) => cellOf(frame.specs, donors, places.get(name), at),
  };
  return rules
    .filter(({ enabled }) => enabled)
    .map((rule) => {
      const breaks = rule.kind === 'support' ? supportOf(rule, frame, () => at) : judge(rule);
      const stride = rule.kind === 'support' ? Math.max(1, Math.ceil(frame.rows / MOST_SUPPORT_ROWS)) : 1;
      let broken = 0;
      let firstRow: number | null = null;
      for (at = 0; at < frame.rows; at += stride) {
        if (!breaks(row, donor)) continue;
        broken++;
        firstRow ??= at;
      }
      return { ruleId: rule.id, broken, firstRow };
    });
}

function cellOf(
  specs: readonly ValueSpec[],
  columns: readonly Float64Array[],
  place: number | undefined,
  at: number,
): Cell {
  if (place === undefined) return null;
  const value = columns[place]![at]!;
  if (Number.isNaN(value)) return null;
  return specs[place]!.levels?.[value] ?? value;
}

/** Support is a matter of all columns at once; nothing can be said of it without the real rare rows. */
function supportOf({ least, reference }: SupportRule, { specs, columns }: Frame, row: () => number): Judgement {
  if (!reference || reference.length !== specs.length || reference[0]?.length === 0) return () => false;
  const lacks = lackOfSupport({ rows: reference[0]!.length, specs, columns: reference }, least);
  return () => lacks(columns, row());
}

type Judgement = (row: Row, donor: Row | null) => boolean;

/** Whether a row breaks the rule; what a missing cell leaves open is not broken. */
function judge(rule: Exclude<Rule, SupportRule>): Judgement {
  switch (rule.kind) {
    case 'range':
      return (row) => {
        const value = row.cell(rule.column) as number | null;
        if (value === null) return false;
        if (value < (rule.min ?? -Infinity) || value > (rule.max ?? Infinity)) return true;
        if (rule.step === undefined) return false;
        const steps = (value - (rule.min ?? 0)) / rule.step;
        return Math.abs(steps - Math.round(steps)) > 1e-6;
      };
    case 'whole':
      return (row) => {
        const value = row.cell(rule.column);
        return value !== null && !Number.isInteger(value);
      };
    case 'allowed':
      return (row) => {
        const value = row.cell(rule.column);
        if (value === null) return false;
        return !rule.values.some((text) => text === value || (typeof value === 'number' && Number(text) === value));
      };
    case 'order':
      return (row) => {
        const [low, high] = [ranked(row, rule.lower), ranked(row, rule.upper)];
        if (low === null || high === null) return false;
        if (low > high || (rule.strict && low === high)) return true;
        const isDate = row.spec(rule.lower)?.kind === 'datetime';
        const gap = isDate ? (high - low) / 86_400_000 : high - low;
        const slack = 1e-12 * Math.abs(gap);
        return gap < (rule.gap?.min ?? -Infinity) - slack || gap > (rule.gap?.max ?? Infinity) + slack;
      };
    case 'formula': {
      const formula = parseExpression(rule.formula);
      return (row) => {
        const value = row.cell(rule.column) as number | null;
        const wanted = interpret(formula, row) as number | null;
        if (value === null || wanted === null) return false;
        const spec = row.spec(rule.column)!;
        if (spec.kind === 'datetime')
          return Math.abs(value - wanted) > Math.max(1, rule.tolerance * 86_400_000) * (1 + 1e-9);
        return Math.abs(value - wanted) > Math.max(rule.tolerance, 0.5 / 10 ** spec.decimals) * (1 + 1e-9) + 1e-15;
      };
    }
    case 'implication':
      return (row) => rule.when.every((one) => holds(one, row) === true) && holds(rule.then, row) === false;
    case 'forbidden':
      return (row) => rule.conditions.every((one) => holds(one, row) === true);
    case 'expression': {
      const statement = parseExpression(rule.text);
      return (row) => interpret(statement, row) === false;
    }
    case 'fixed':
      return (row, donor) => donor !== null && row.cell(rule.column) !== donor.cell(rule.column);
    case 'monotone':
    case 'bounded-effect':
    case 'tiers':
      // They speak of mechanisms and of the map: no row breaks them by what it reads.
      return () => false;
  }
}

/** A number, a time, or the place of a level in its order. */
function ranked(row: Row, column: string): number | null {
  const value = row.cell(column);
  return typeof value === 'string' ? row.spec(column)!.levels!.indexOf(value) : value;
}

function holds(condition: Condition, row: Row): boolean | null {
  const value = row.cell(condition.column);
  if ('levels' in condition)
    return value === null ? null : condition.levels.includes(String(value)) === (condition.op === 'in');
  if (!('value' in condition)) return (value === null) === (condition.op === 'missing');
  if (value === null) return null;
  const [a, b] = [value as number, condition.value];
  switch (condition.op) {
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
    case '=':
      return a === b;
    case '!=':
      return a !== b;
  }
}
