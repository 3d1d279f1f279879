import type { ComparisonKind, StatementResult, Verdict } from '../../engine/dependence/comparison';

export const verdictNames: Readonly<Record<Verdict, string>> = {
  damaged: 'Damaged',
  'cannot-tell': 'Cannot tell',
  'expected-from-balancing': 'Expected from balancing',
  kept: 'Kept',
};
/** Worst first: the order of cards and of sorting by verdict. */
export const verdicts: readonly Verdict[] = ['damaged', 'cannot-tell', 'expected-from-balancing', 'kept'];
export const verdictTones: Readonly<Record<Verdict, 'bad' | 'accent' | 'neutral' | 'good'>> = {
  damaged: 'bad',
  'expected-from-balancing': 'accent',
  'cannot-tell': 'neutral',
  kept: 'good',
};
export const verdictMeanings: Readonly<Record<Verdict, string>> = {
  damaged: 'The change lies outside the margin: synthetic rows broke what the real ones showed.',
  'cannot-tell': 'Too few real rows to say either way.',
  'expected-from-balancing': 'Changed because rows were added by class; gone inside each class and with weights.',
  kept: 'The change lies inside the margin.',
};
export const comparisonNames: Readonly<Record<ComparisonKind, string>> = {
  'within-class': 'Inside the rare class',
  weighted: 'Whole table, with weights',
  unweighted: 'Whole table, no weights',
};
export const statementNames = { independence: 'Missing arrow', arrow: 'Arrow' } as const;

export type SortKey = 'verdict' | 'statement' | 'change';
export interface Sorting {
  readonly key: SortKey;
  readonly isDescending: boolean;
}

export interface Filter {
  readonly verdict: Verdict | 'all';
  readonly comparison: ComparisonKind | 'all';
  readonly kind: 'independence' | 'arrow' | 'all';
}
export const showAll: Filter = { verdict: 'all', comparison: 'all', kind: 'all' };

/** One statement in one comparison, for the run on screen and for the run it is compared with. */
export interface ResultPair {
  readonly result: StatementResult;
  readonly rival: StatementResult | null;
}

const keyOf = ({ statement, comparison }: StatementResult) => `${comparison}/${statement.id}`;

/** Joins the results of two runs, in the order of the first. */
export function pairResults(
  results: readonly StatementResult[],
  rivals: readonly StatementResult[] | null,
): ResultPair[] {
  const byKey = new Map((rivals ?? []).map((rival) => [keyOf(rival), rival]));
  return results.map((result) => ({ result, rival: byKey.get(keyOf(result)) ?? null }));
}

/** A pair passes a verdict when either of its runs got it, so that damage by the rival is found too. */
export const filterPairs = (pairs: readonly ResultPair[], { verdict, comparison, kind }: Filter): ResultPair[] =>
  pairs.filter(
    ({ result, rival }) =>
      (verdict === 'all' || result.verdict === verdict || rival?.verdict === verdict) &&
      (comparison === 'all' || result.comparison === comparison) &&
      (kind === 'all' || result.statement.kind === kind),
  );

const worst = ({ result, rival }: ResultPair): number =>
  Math.min(verdicts.indexOf(result.verdict), rival ? verdicts.indexOf(rival.verdict) + 0.5 : verdicts.length);

/** Sorted by the key; ties by size of change, then by statement, so that the order never wavers. */
export function sortPairs(pairs: readonly ResultPair[], { key, isDescending }: Sorting): ResultPair[] {
  const size = ({ result, rival }: ResultPair) =>
    Math.max(Math.abs(result.difference), Math.abs(rival?.difference ?? 0));
  const name = ({ result }: ResultPair) => `${result.statement.x}\n${result.statement.y}\n${keyOf(result)}`;
  const compareNames = (a: ResultPair, b: ResultPair) => (name(a) < name(b) ? -1 : name(a) > name(b) ? 1 : 0);
  const main: Record<SortKey, (a: ResultPair, b: ResultPair) => number> = {
    verdict: (a, b) => worst(a) - worst(b),
    statement: compareNames,
    change: (a, b) => size(a) - size(b),
  };
  const sign = isDescending ? -1 : 1;
  return pairs.toSorted((a, b) => sign * main[key](a, b) || size(b) - size(a) || compareNames(a, b));
}
