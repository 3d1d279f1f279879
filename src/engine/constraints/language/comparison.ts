import type { ValueSpec } from '../../data/frame';
import { closest } from './closest';
import { type CompiledExpression, combined, constant, date, mapped, number, truth } from './compiled';
import type { ComparisonOperator, Span } from './expression';
import { hintFor, worded } from './kindChecks';
import { exactComparisons, numberComparisons } from './operators';
import { readDateText } from './parseExpression';
import { textError } from './textError';

/** One value against another of a kind that goes with it: a text is read as a level or a date beside one. */
export function comparison(
  operator: ComparisonOperator,
  left: CompiledExpression,
  right: CompiledExpression,
  { at }: { readonly at: Span },
): CompiledExpression {
  const [a, b] = [left.type, right.type];
  if (a.kind === 'number' && b.kind === 'number') return combined(truth, left, right, numberComparisons[operator]);
  if (a.kind === 'date' && b.kind === 'date') return combined(truth, left, right, exactComparisons[operator]);
  if (a.kind === 'date' && b.kind === 'text') return comparison(operator, left, dateOf(b.value, at), { at });
  if (a.kind === 'text' && b.kind === 'date') return comparison(operator, dateOf(a.value, at), right, { at });
  if (a.kind === 'truth' && b.kind === 'truth' && (operator === '=' || operator === '!='))
    return combined(truth, left, right, exactComparisons[operator]);
  if (a.kind === 'category' && b.kind !== 'category') {
    requireOrder(operator, a.spec, at);
    return combined(truth, left, constant(number, levelOf(a.spec, right, at)), exactComparisons[operator]);
  }
  if (b.kind === 'category' && a.kind !== 'category') {
    requireOrder(operator, b.spec, at);
    return combined(truth, constant(number, levelOf(b.spec, left, at)), right, exactComparisons[operator]);
  }
  if (a.kind === 'category' && b.kind === 'category') {
    requireOrder(operator, a.spec, at);
    requireOrder(operator, b.spec, at);
    const [own, other] = [a.spec.levels!, b.spec.levels!];
    if (own.join('\n') === other.join('\n')) return combined(truth, left, right, exactComparisons[operator]);
    if (operator !== '=' && operator !== '!=')
      throw textError(
        at,
        `"${a.spec.name}" and "${b.spec.name}" do not have the same levels in the same order, so one cannot be above the other.`,
      );
    // Levels are equal by their text; one that the other column lacks equals nothing.
    const codes = other.map((text, i) => (own.includes(text) ? own.indexOf(text) : -1 - i));
    const translated = mapped(right.type, right, (code) => codes[code] ?? Number.NaN);
    return combined(truth, left, translated, exactComparisons[operator]);
  }
  throw textError(at, `${worded(a)} and ${worded(b)} cannot be compared${hintFor(a, b)}.`);
}

function requireOrder(operator: ComparisonOperator, spec: ValueSpec, at: Span): void {
  if (operator === '=' || operator === '!=' || spec.kind === 'ordinal') return;
  throw textError(
    at,
    `the levels of "${spec.name}" have no order, so "${operator}" says nothing of them: use = or in (...), or make the column ordinal on the Data stage.`,
  );
}

/** The code of a level given as a text or a number. @throws EngineError `bad-rule` for what is no level. */
export function levelOf(spec: ValueSpec, given: CompiledExpression, at: Span): number {
  const levels = spec.levels!;
  const { type } = given;
  if (type.kind === 'text' || (type.kind === 'number' && type.literal !== undefined)) {
    const text = type.kind === 'text' ? type.value : String(type.literal);
    const code = levels.findIndex(
      (level) => level === text || (type.kind === 'number' && level.trim() !== '' && Number(level) === type.literal),
    );
    if (code >= 0) return code;
    const close = closest(text, levels);
    const shown = levels.slice(0, 5).join(', ');
    throw textError(
      at,
      `"${spec.name}" has no level "${text}"${close === null ? ` (it has ${shown}${levels.length > 5 ? ', ...' : ''})` : `; did you mean "${close}"?`}`,
    );
  }
  throw textError(
    at,
    `"${spec.name}" holds categories, and ${worded(type)} cannot be compared with them: write a level in quotes, such as "${levels[0] ?? ''}".`,
  );
}

export function dateOf(text: string, at: Span): CompiledExpression {
  const ms = readDateText(text);
  if (ms === null) throw textError(at, `"${text}" is no date: write it as "2020-01-31" or "2020-01-31 18:30:00".`);
  return constant(date, ms);
}
