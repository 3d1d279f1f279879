import type { Condition, Rule, RuleKind } from '../../engine/constraints/rule';
import { type ColumnKind, isCategoricalKind, isNumericKind } from '../../engine/data/table';

/** What the builder needs to know of a column. */
export interface RuleColumn {
  readonly name: string;
  readonly kind: ColumnKind;
  readonly levels: readonly string[];
  readonly decimals: number;
}

/** One side of an if-then while it is being written. */
export interface ConditionDraft {
  readonly column: string;
  readonly op: '<' | '<=' | '>' | '>=' | '=' | '!=' | 'in' | 'not-in';
  readonly value: number | null;
  readonly levels: readonly string[];
}

/** A rule while it is being written; fields of other kinds keep their text when the kind is changed. */
export interface RuleDraft {
  readonly id: string;
  readonly kind: RuleKind;
  readonly column: string;
  readonly min: number | null;
  readonly max: number | null;
  readonly values: readonly string[];
  readonly lower: string;
  readonly upper: string;
  readonly strict: boolean;
  readonly when: readonly ConditionDraft[];
  readonly then: ConditionDraft;
  readonly reason: string;
}

export const emptyCondition: ConditionDraft = { column: '', op: '=', value: null, levels: [] };

export const emptyDraft = (id: string): RuleDraft => ({
  id,
  kind: 'range',
  column: '',
  min: null,
  max: null,
  values: [],
  lower: '',
  upper: '',
  strict: false,
  when: [emptyCondition],
  then: emptyCondition,
  reason: '',
});

/** The condition on another column, with a comparison that fits what the column holds. */
export function conditionOn(column: RuleColumn): ConditionDraft {
  return isCategoricalKind(column.kind)
    ? { column: column.name, op: 'in', value: null, levels: column.levels.slice(0, 1) }
    : { column: column.name, op: column.kind === 'datetime' ? '>=' : '=', value: null, levels: [] };
}

export type DraftOutcome =
  | { readonly ok: true; readonly rule: Rule }
  /** What is still to be filled in, in one sentence. */
  | { readonly ok: false; readonly missing: string };

/** The rule a draft stands for, without its reason being asked for yet. */
export function ruleOf(draft: RuleDraft, columns: readonly RuleColumn[]): DraftOutcome {
  const base = { id: draft.id, reason: draft.reason.trim(), enabled: true };
  const missing = (text: string): DraftOutcome => ({ ok: false, missing: text });
  const known = (name: string) => columns.find((column) => column.name === name);
  switch (draft.kind) {
    case 'range': {
      const column = known(draft.column);
      if (!column || !isNumericKind(column.kind)) return missing('Choose a column that holds numbers or dates.');
      if (draft.min === null && draft.max === null) return missing('Give a smallest or a largest value.');
      if (draft.min !== null && draft.max !== null && draft.min > draft.max)
        return missing('The smallest value is above the largest: swap them.');
      return { ok: true, rule: { ...base, kind: 'range', column: draft.column, min: draft.min, max: draft.max } };
    }
    case 'allowed': {
      if (!known(draft.column)) return missing('Choose a column.');
      if (draft.values.length === 0) return missing('Give at least one allowed value.');
      return { ok: true, rule: { ...base, kind: 'allowed', column: draft.column, values: draft.values } };
    }
    case 'order': {
      if (!known(draft.lower) || !known(draft.upper)) return missing('Choose two columns.');
      if (draft.lower === draft.upper) return missing('Choose two different columns.');
      const { lower, upper, strict } = draft;
      return { ok: true, rule: { ...base, kind: 'order', lower, upper, strict } };
    }
    case 'implication': {
      const when = draft.when.map((condition) => conditionOf(condition, columns));
      const then = conditionOf(draft.then, columns);
      if (when.some((one) => one === null)) return missing('Finish every condition after “if”.');
      if (then === null) return missing('Finish the condition after “then”.');
      return { ok: true, rule: { ...base, kind: 'implication', when: when.filter((one) => one !== null), then } };
    }
  }
}

function conditionOf(draft: ConditionDraft, columns: readonly RuleColumn[]): Condition | null {
  const column = columns.find(({ name }) => name === draft.column);
  if (!column) return null;
  if (isCategoricalKind(column.kind)) {
    if (draft.levels.length === 0) return null;
    return { column: draft.column, op: draft.op === 'not-in' ? 'not-in' : 'in', levels: draft.levels };
  }
  if (draft.value === null || draft.op === 'in' || draft.op === 'not-in') return null;
  return { column: draft.column, op: draft.op, value: draft.value };
}

/** The draft that a rule came from, to change it. */
export function draftOf(rule: Rule): RuleDraft {
  const draft = { ...emptyDraft(rule.id), kind: rule.kind, reason: rule.reason };
  const open = (condition: Condition): ConditionDraft =>
    'levels' in condition ? { ...condition, value: null } : { ...condition, levels: [] };
  switch (rule.kind) {
    case 'range':
      return { ...draft, column: rule.column, min: rule.min, max: rule.max };
    case 'allowed':
      return { ...draft, column: rule.column, values: rule.values };
    case 'order':
      return { ...draft, lower: rule.lower, upper: rule.upper, strict: rule.strict };
    case 'implication':
      return { ...draft, when: rule.when.map(open), then: open(rule.then) };
  }
}

/** "0, 10, 20" or one a line, as separate values. */
export const splitValues = (text: string): readonly string[] => [
  ...new Set(
    text
      .split(/[\n,;]/)
      .map((value) => value.trim())
      .filter((value) => value !== ''),
  ),
];
