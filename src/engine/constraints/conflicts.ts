import type { ValueSpec } from '../data/frame';
import { EngineError } from '../errors';
import { describeRule, ruleMeaning } from './catalogue';
import { type Constraint, constraintOf, isJudged } from './feasibility';
import { type Expression, partsOf } from './language/expression';
import type { Rule } from './rule';
import { isPossible } from './solve';

/** Rules that no row can keep together; leaving out any one of them removes this conflict. */
export interface Conflict {
  readonly ruleIds: readonly string[];
  /** Also asked for: the rare outcome. Without it there would be no conflict. */
  readonly isAboutRare: boolean;
  /** One sentence, with the way out. */
  readonly message: string;
}

/** The rare outcome, as a column and its levels. */
export interface RareOutcome {
  readonly column: string;
  readonly levels: readonly string[];
}

/**
 * A smallest set of rules that no complete row can keep, found by leaving out one rule after the other as long as the
 * rest still conflicts. Bounds, lists, levels, grids of decimals, orders, formulas with products, quotients, powers,
 * functions and choices between values, completed months and years, and whatever "and", "or", "if" and "not" make of them are
 * judged; see `unjudgedRules` for the rest. Effort is limited, so null is no proof of harmony.
 */
export function findConflict(
  rules: readonly Rule[],
  specs: readonly ValueSpec[],
  rare: RareOutcome | null = null,
): Conflict | null {
  const { judged, constraints } = constraintsOf(rules, specs);
  const isOutcome: Constraint[] = [];
  const outcome = rare && judged.find(({ name }) => name === rare.column);
  if (outcome?.levels) {
    const codes = rare!.levels.map((level) => outcome.levels!.indexOf(level)).filter((code) => code >= 0);
    if (codes.length > 0)
      isOutcome.push({ type: 'listed', column: outcome.name, values: new Set(codes), isNegated: false });
  }
  const holdTogether = (some: readonly Rule[], withRare: boolean) =>
    isPossible([...some.map((rule) => constraints.get(rule)!), ...(withRare ? isOutcome : [])], judged);
  const all = [...constraints.keys()];
  const isAboutRare = holdTogether(all, false);
  if (isAboutRare && (isOutcome.length === 0 || holdTogether(all, true))) return null;
  let core = all;
  // With one rule gone another may turn out not to be needed, since effort is limited: again until nothing changes.
  for (let before = 0; before !== core.length; ) {
    before = core.length;
    for (const rule of core) {
      const without = core.filter((one) => one !== rule);
      if (!holdTogether(without, isAboutRare)) core = without;
    }
  }
  const words = listed(core.map((rule) => `“${describeRule(rule, specs)}”`));
  const row = isAboutRare ? `row with ${rare!.column} = ${rare!.levels.join(' or ')}` : 'row';
  const way = core.length === 1 ? 'change it or switch it off' : 'change or switch off one of them';
  return {
    ruleIds: core.map(({ id }) => id),
    isAboutRare,
    message: `No ${row} can keep ${words}: ${way}.`,
  };
}

/** Row rules of which the search for conflicts leaves a part open, as where a cell may be missing or two categories are compared. */
export function unjudgedRules(rules: readonly Rule[], specs: readonly ValueSpec[]): readonly string[] {
  const { constraints } = constraintsOf(rules, specs);
  return [...constraints].flatMap(([rule, constraint]) => (isJudged(constraint) ? [] : [rule.id]));
}

function constraintsOf(
  rules: readonly Rule[],
  specs: readonly ValueSpec[],
): { readonly judged: readonly ValueSpec[]; readonly constraints: ReadonlyMap<Rule, Constraint> } {
  const statements = rules.flatMap((rule) => {
    const meaning = ruleMeaning(rule, specs);
    return meaning ? [{ rule, meaning }] : [];
  });
  // A column that a rule allows or wants to be missing may be so in every row, and then breaks no rule.
  const mayBeMissing = new Set(statements.flatMap(({ meaning }) => askedForMissing(meaning)));
  const judged = specs.filter(({ name }) => !mayBeMissing.has(name));
  return { judged, constraints: new Map(statements.map(({ rule, meaning }) => [rule, constraintOf(meaning, judged)])) };
}

/** @throws EngineError `rule-conflict` that names a smallest set of rules no row can keep together. */
export function refuseConflicts(rules: readonly Rule[], specs: readonly ValueSpec[]): void {
  const conflict = findConflict(rules, specs);
  if (conflict) throw new EngineError('rule-conflict', conflict.message, { rules: conflict.ruleIds });
}

function listed(words: readonly string[]): string {
  if (words.length < 2) return words[0] ?? '';
  return `${words.length === 2 ? 'both ' : ''}${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

function askedForMissing(expression: Expression): string[] {
  if (expression.type === 'call' && (expression.name === 'missing' || expression.name === 'known'))
    return expression.arguments.flatMap((part) => (part.type === 'column' ? [part.name] : []));
  return partsOf(expression).flatMap(askedForMissing);
}
