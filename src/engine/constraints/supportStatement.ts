import type { ValueSpec } from '../data/frame';
import { supportReference } from '../validation/supportScore';
import { BLOCK_ROWS, type CompiledExpression } from './language/compiled';
import type { Rule, SupportRule } from './rule';

/** The rules with the real rare rows that support is read off, in frame order: all a worker needs to judge a row. */
export const withReference = (rules: readonly Rule[], rare: readonly Float64Array[]): readonly Rule[] =>
  rules.map((rule) => (rule.kind === 'support' ? { ...rule, reference: rare } : rule));

/** "The support score is at least `least`" as a statement of rows; null without rare rows to read it off. */
export function supportStatement(
  { least, reference }: SupportRule,
  specs: readonly ValueSpec[],
): CompiledExpression | null {
  if (!reference || reference.length !== specs.length || reference[0]?.length === 0) return null;
  const { score } = supportReference({ rows: reference[0]!.length, specs, columns: reference });
  const out = new Float64Array(BLOCK_ROWS);
  return {
    type: { kind: 'truth' },
    evaluate(columns, from, n) {
      const scores = score(columns, from, from + n);
      for (let i = 0; i < n; i++) out[i] = scores[i]! >= least ? 1 : 0;
      return out;
    },
  };
}
