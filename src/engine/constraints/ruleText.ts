import type { ValueSpec } from '../data/frame';
import { EngineError } from '../errors';
import { ruleColumns, ruleKinds, ruleMeaning } from './catalogue';
import { unknownColumn } from './language/closest';
import { compileExpression } from './language/compileExpression';
import { Reader, readExpression } from './language/parseExpression';
import { spanOf, textError } from './language/textError';
import { tokenize } from './language/tokens';
import type { Rule, Said } from './rule';
import type { RuleKindDefinition } from './ruleKind';

const kinds = Object.values(ruleKinds) as unknown as readonly RuleKindDefinition<Rule>[];

/**
 * A rule as one line of text: what it says, then its reason after #. A rule that is switched off begins with "off".
 * `readRule` makes the same rule of it.
 */
export function printRule(rule: Rule, specs: readonly ValueSpec[]): string {
  const definition = ruleKinds[rule.kind] as unknown as RuleKindDefinition<Rule>;
  const reason = rule.reason.replace(/\s+/g, ' ').trim();
  return `${rule.enabled ? '' : 'off '}${definition.print(rule, specs)}${reason === '' ? '' : `  # ${reason}`}`;
}

/**
 * Reads one line of text. What has the form of a simpler kind becomes that kind: "dose >= 0" is a range.
 * @throws EngineError `bad-rule` with the place of what cannot be read or applied in `detail`.
 */
export function readRule(line: string, specs: readonly ValueSpec[], id: string): Rule {
  const { tokens, comment } = tokenize(line);
  const reader = new Reader(tokens);
  const enabled = !reader.takes('off');
  const said = readSaid(reader, specs);
  reader.end();
  // `said` is one member of the union; spreading loses which.
  const rule = { ...said, id, reason: comment ?? '', enabled } as Rule;
  for (const name of ruleColumns(rule)) {
    if (specs.some((spec) => spec.name === name)) continue;
    const place = tokens.find(({ kind, text }) => (kind === 'name' || kind === 'word') && text === name);
    throw unknownColumn(name, specs, place ?? reader.peek());
  }
  ruleMeaning(rule, specs);
  return rule;
}

function readSaid(reader: Reader, specs: readonly ValueSpec[]): Said<Rule> {
  const start = reader.peek();
  if (start.kind === 'end') throw textError(start, 'there is no rule here: write one, such as dose in 0 .. 50.');
  for (const { read } of kinds) {
    const said = read?.(reader);
    if (said) return said;
  }
  const isNever = reader.takes('never');
  const inner = readExpression(reader);
  // What does not fit together is told with its place, which the kinds no longer know.
  compileExpression(inner, specs);
  const expression = isNever ? ({ type: 'unary', operator: 'not', operand: inner, at: inner.at } as const) : inner;
  for (const { recognise } of kinds) {
    const said = recognise?.(expression, reader, specs);
    if (said) return said;
  }
  throw new Error('the free expression takes every statement');
}

/** A line of a rules file that could not be read. */
export interface RuleProblem {
  /** Line number, from 1. */
  readonly line: number;
  readonly message: string;
  /** Offsets in the line; null where the whole line is meant. */
  readonly span: { readonly from: number; readonly to: number } | null;
}

/**
 * Reads a text with one rule a line; blank lines and lines that are only a comment say nothing.
 * @returns The rules in order, with ids made by `newId`, and what is wrong with the other lines.
 */
export function readRules(
  text: string,
  specs: readonly ValueSpec[],
  newId: (line: number) => string,
): { readonly rules: readonly Rule[]; readonly problems: readonly RuleProblem[] } {
  const rules: Rule[] = [];
  const problems: RuleProblem[] = [];
  text.split(/\r\n|\r|\n/).forEach((content, i) => {
    if (/^\s*(#.*)?$/.test(content)) return;
    try {
      rules.push(readRule(content, specs, newId(i + 1)));
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      problems.push({ line: i + 1, message: error.message, span: spanOf(error) });
    }
  });
  return { rules, problems };
}

/** All rules as text, one a line. */
export const printRules = (rules: readonly Rule[], specs: readonly ValueSpec[]): string =>
  rules.map((rule) => `${printRule(rule, specs)}\n`).join('');

/** Whether two rules say the same, whatever their ids and reasons. */
export const saysTheSame = (a: Rule, b: Rule, specs: readonly ValueSpec[]): boolean =>
  a.kind === b.kind &&
  printRule({ ...a, reason: '', enabled: true }, specs) === printRule({ ...b, reason: '', enabled: true }, specs);
