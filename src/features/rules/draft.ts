import type { Condition, Rule, RuleKind } from '../../engine/constraints/rule';
import type { ColumnSummary } from '../../worker/api';

/** A condition while it is typed: texts, so that half-typed numbers are no error. */
export interface ConditionDraft {
  readonly column: string;
  readonly op: Condition['op'];
  readonly text: string;
}

/** A rule while it is built. */
export interface RuleDraft {
  readonly kind: RuleKind;
  readonly column: string;
  readonly other: string;
  readonly min: string;
  readonly max: string;
  readonly values: string;
  readonly strict: boolean;
  readonly when: readonly ConditionDraft[];
  readonly then: ConditionDraft;
  readonly reason: string;
}

export const isNumber = (column: ColumnSummary | undefined): boolean =>
  column !== undefined && ['continuous', 'integer', 'datetime'].includes(column.kind);

export const emptyCondition = (column: ColumnSummary | undefined): ConditionDraft => ({
  column: column?.name ?? '',
  op: isNumber(column) ? '=' : 'in',
  text: '',
});

export function emptyDraft(columns: readonly ColumnSummary[]): RuleDraft {
  const first = columns.find(isNumber) ?? columns[0];
  return {
    kind: 'implication',
    column: first?.name ?? '',
    other: columns.filter(isNumber)[1]?.name ?? '',
    min: '',
    max: '',
    values: '',
    strict: false,
    when: [emptyCondition(columns[0])],
    then: emptyCondition(columns[1] ?? columns[0]),
    reason: '',
  };
}

const listOf = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
const numberOrNull = (text: string): number | null => (text.trim() === '' ? null : Number(text));

/**
 * The rule a draft stands for, or one sentence on what is missing.
 * @param id Kept through typing, so that its check can be found again.
 */
export function ruleOf(draft: RuleDraft, id: string): Rule | string {
  const base = { id, reason: draft.reason.trim(), enabled: true };
  switch (draft.kind) {
    case 'range': {
      const min = numberOrNull(draft.min);
      const max = numberOrNull(draft.max);
      if (Number.isNaN(min) || Number.isNaN(max)) return 'A bound is not a number: write it like 12.5.';
      if (min === null && max === null) return 'Give at least one bound.';
      return { ...base, kind: 'range', column: draft.column, min, max };
    }
    case 'allowed': {
      const values = listOf(draft.values);
      return values.length === 0
        ? 'List the allowed values, separated by commas.'
        : { ...base, kind: 'allowed', column: draft.column, values };
    }
    case 'order':
      return draft.column === draft.other
        ? 'Choose two different columns.'
        : { ...base, kind: 'order', lower: draft.column, upper: draft.other, strict: draft.strict };
    case 'implication': {
      const when = draft.when.map(conditionOf);
      const then = conditionOf(draft.then);
      const problem = [...when, then].find((one) => typeof one === 'string');
      if (typeof problem === 'string') return problem;
      return { ...base, kind: 'implication', when: when as Condition[], then: then as Condition };
    }
  }
}

function conditionOf({ column, op, text }: ConditionDraft): Condition | string {
  if (op === 'in' || op === 'not-in') {
    const levels = listOf(text);
    return levels.length === 0 ? `Say which values of "${column}", separated by commas.` : { column, op, levels };
  }
  const value = numberOrNull(text);
  if (value === null || Number.isNaN(value)) return `Compare "${column}" with a number.`;
  return { column, op, value };
}
