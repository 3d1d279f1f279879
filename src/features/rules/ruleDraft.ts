import type { Condition, Rule, RuleKind } from '../../engine/constraints/rule';
import { type ColumnKind, isCategoricalKind, isNumericKind } from '../../engine/data/table';

/** What the builder needs to know of a column. */
export interface RuleColumn {
  readonly name: string;
  readonly kind: ColumnKind;
  readonly levels: readonly string[];
  readonly decimals: number;
}

/** One condition while it is being written. */
export interface ConditionDraft {
  readonly column: string;
  readonly op: '<' | '<=' | '>' | '>=' | '=' | '!=' | 'in' | 'not-in' | 'missing' | 'known';
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
  readonly step: number | null;
  readonly values: readonly string[];
  readonly lower: string;
  readonly upper: string;
  readonly strict: boolean;
  readonly gapMin: number | null;
  readonly gapMax: number | null;
  readonly formula: string;
  readonly tolerance: number | null;
  /** Conditions after "if", or those that never hold together. */
  readonly when: readonly ConditionDraft[];
  readonly then: ConditionDraft;
  readonly cause: string;
  readonly effect: string;
  readonly direction: 'rises' | 'falls';
  readonly most: number | null;
  readonly least: number | null;
  /** Group of each column in time, by name; a column without one is left out. */
  readonly tiers: Readonly<Record<string, number>>;
  readonly text: string;
  readonly reason: string;
}

export const emptyCondition: ConditionDraft = { column: '', op: '=', value: null, levels: [] };

export const emptyDraft = (id: string, given: Partial<RuleDraft> = {}): RuleDraft => ({
  id,
  kind: 'range',
  column: '',
  min: null,
  max: null,
  step: null,
  values: [],
  lower: '',
  upper: '',
  strict: false,
  gapMin: null,
  gapMax: null,
  formula: '',
  tolerance: null,
  when: [emptyCondition],
  then: emptyCondition,
  cause: '',
  effect: '',
  direction: 'rises',
  most: null,
  least: null,
  tiers: {},
  text: '',
  reason: '',
  ...given,
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
  const conditions = draft.when.map((condition) => conditionOf(condition, columns));
  switch (draft.kind) {
    case 'range': {
      const { column: name, min, max, step } = draft;
      const column = known(name);
      if (!column || !isNumericKind(column.kind)) return missing('Choose a column that holds numbers or dates.');
      if (min === null && max === null && step === null)
        return missing('Give a smallest or a largest value, or a step.');
      if (min !== null && max !== null && min > max)
        return missing('The smallest value is above the largest: swap them.');
      if (step !== null && step <= 0) return missing('The step is above 0.');
      return { ok: true, rule: { ...base, kind: 'range', column: name, min, max, ...(step === null ? {} : { step }) } };
    }
    case 'whole':
    case 'fixed': {
      if (!known(draft.column)) return missing('Choose a column.');
      return { ok: true, rule: { ...base, kind: draft.kind, column: draft.column } };
    }
    case 'allowed': {
      if (!known(draft.column)) return missing('Choose a column.');
      if (draft.values.length === 0) return missing('Give at least one allowed value.');
      return { ok: true, rule: { ...base, kind: 'allowed', column: draft.column, values: draft.values } };
    }
    case 'order': {
      if (!known(draft.lower) || !known(draft.upper)) return missing('Choose two columns.');
      if (draft.lower === draft.upper) return missing('Choose two different columns.');
      const { lower, upper, strict, gapMin: min, gapMax: max } = draft;
      const gap = min === null && max === null ? {} : { gap: { min, max } };
      return { ok: true, rule: { ...base, kind: 'order', lower, upper, strict, ...gap } };
    }
    case 'formula': {
      if (!known(draft.column)) return missing('Choose the column that is calculated.');
      const formula = draft.formula.trim();
      if (formula === '') return missing('Write how it is calculated, such as price * count.');
      return {
        ok: true,
        rule: { ...base, kind: 'formula', column: draft.column, formula, tolerance: draft.tolerance ?? 0 },
      };
    }
    case 'implication': {
      const then = conditionOf(draft.then, columns);
      if (conditions.some((one) => one === null)) return missing('Finish every condition after “if”.');
      if (then === null) return missing('Finish the condition after “then”.');
      return { ok: true, rule: { ...base, kind: 'implication', when: conditions.filter((one) => one !== null), then } };
    }
    case 'forbidden': {
      if (conditions.some((one) => one === null)) return missing('Finish every condition.');
      if (conditions.length === 0) return missing('Add a condition.');
      return { ok: true, rule: { ...base, kind: 'forbidden', conditions: conditions.filter((one) => one !== null) } };
    }
    case 'monotone':
    case 'bounded-effect': {
      const { cause, effect } = draft;
      if (!known(cause) || !known(effect)) return missing('Choose a cause and its effect.');
      if (cause === effect) return missing('Choose two different columns.');
      if (draft.kind === 'monotone')
        return { ok: true, rule: { ...base, kind: 'monotone', cause, effect, direction: draft.direction } };
      if (draft.most === null) return missing('Give the largest effect.');
      return { ok: true, rule: { ...base, kind: 'bounded-effect', cause, effect, most: draft.most } };
    }
    case 'tiers': {
      const used = [...new Set(Object.values(draft.tiers))].sort((a, b) => a - b);
      if (used.length < 2) return missing('Put columns at two times at least.');
      const tiers = used.map((tier) => columns.flatMap(({ name }) => (draft.tiers[name] === tier ? [name] : [])));
      return { ok: true, rule: { ...base, kind: 'tiers', tiers } };
    }
    case 'support': {
      const { least } = draft;
      if (least === null || least <= 0 || least >= 1) return missing('Give the least support, between 0 and 1.');
      return { ok: true, rule: { ...base, kind: 'support', least } };
    }
    case 'expression': {
      const text = draft.text.trim();
      if (text === '') return missing('Write what must hold of every row, such as dose <= 50.');
      return { ok: true, rule: { ...base, kind: 'expression', text } };
    }
  }
}

function conditionOf(draft: ConditionDraft, columns: readonly RuleColumn[]): Condition | null {
  const column = columns.find(({ name }) => name === draft.column);
  if (!column) return null;
  const { op } = draft;
  if (op === 'missing' || op === 'known') return { column: draft.column, op };
  if (isCategoricalKind(column.kind)) {
    if (draft.levels.length === 0) return null;
    return { column: draft.column, op: op === 'not-in' ? 'not-in' : 'in', levels: draft.levels };
  }
  if (draft.value === null || op === 'in' || op === 'not-in') return null;
  return { column: draft.column, op, value: draft.value };
}

/** The draft that a rule came from, to change it. */
export function draftOf(rule: Rule): RuleDraft {
  const { id, kind, reason } = rule;
  const draft = (given: Partial<RuleDraft>) => emptyDraft(id, { ...given, kind, reason });
  switch (rule.kind) {
    case 'range':
      return draft({ column: rule.column, min: rule.min, max: rule.max, step: rule.step ?? null });
    case 'whole':
    case 'fixed':
      return draft({ column: rule.column });
    case 'allowed':
      return draft({ column: rule.column, values: rule.values });
    case 'order':
      return draft({
        lower: rule.lower,
        upper: rule.upper,
        strict: rule.strict,
        gapMin: rule.gap?.min ?? null,
        gapMax: rule.gap?.max ?? null,
      });
    case 'formula':
      return draft({ column: rule.column, formula: rule.formula, tolerance: rule.tolerance || null });
    case 'implication':
      return draft({ when: rule.when.map(openCondition), then: openCondition(rule.then) });
    case 'forbidden':
      return draft({ when: rule.conditions.map(openCondition) });
    case 'monotone':
      return draft({ cause: rule.cause, effect: rule.effect, direction: rule.direction });
    case 'bounded-effect':
      return draft({ cause: rule.cause, effect: rule.effect, most: rule.most });
    case 'tiers':
      return draft({
        tiers: Object.fromEntries(rule.tiers.flatMap((group, tier) => group.map((name) => [name, tier] as const))),
      });
    case 'support':
      return draft({ least: rule.least });
    case 'expression':
      return draft({ text: rule.text });
  }
}

function openCondition(condition: Condition): ConditionDraft {
  if ('levels' in condition) return { ...condition, value: null };
  return 'value' in condition ? { ...condition, levels: [] } : { ...condition, value: null, levels: [] };
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
