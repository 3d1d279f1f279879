import type { ComparisonKind, StatementResult, Verdict } from '../../engine/dependence/comparison';

export const verdictNames: Readonly<Record<Verdict, string>> = {
  damaged: 'Damaged',
  'expected-from-balancing': 'Expected',
  'cannot-tell': 'Cannot tell',
  kept: 'Kept',
};
export const verdictTones: Readonly<Record<Verdict, 'bad' | 'accent' | 'neutral' | 'good'>> = {
  damaged: 'bad',
  'expected-from-balancing': 'accent',
  'cannot-tell': 'neutral',
  kept: 'good',
};
export const comparisonNames: Readonly<Record<ComparisonKind, string>> = {
  'within-class': 'Inside the class',
  weighted: 'Weighted',
  unweighted: 'Unweighted',
};

export type SortKey = 'verdict' | 'change';

const severity: readonly Verdict[] = ['damaged', 'expected-from-balancing', 'cannot-tell', 'kept'];

/** Worst verdict first, or largest change first; ties by change, then by statement. */
export function sortResults(results: readonly StatementResult[], key: SortKey): readonly StatementResult[] {
  const bySize = (a: StatementResult, b: StatementResult) =>
    Math.abs(b.difference) - Math.abs(a.difference) || (a.statement.id < b.statement.id ? -1 : 1);
  return [...results].sort((a, b) =>
    key === 'change' ? bySize(a, b) : severity.indexOf(a.verdict) - severity.indexOf(b.verdict) || bySize(a, b),
  );
}
