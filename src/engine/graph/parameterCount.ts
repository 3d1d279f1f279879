import type { CausalMap } from './causalMap';

export type CasesVerdict = 'enough' | 'thin' | 'too-few';

/** Below this many cases a parameter coefficients are noise; from twice as many on they are comfortable. */
export const FEW_CASES = 5;
const ENOUGH_CASES = 10;

/** The recorded causes of a node, by the arrows of the map. */
export const recordedCauses = (map: CausalMap, node: string, isRecorded: (name: string) => boolean): string[] =>
  map.edges.filter(({ kind, from, to }) => kind === '->' && to === node && isRecorded(from)).map(({ from }) => from);

/** Coefficients of one straight equation for a node: one, one a number and one a further level of each cause. */
export const straightParameters = (causes: readonly string[], levelsOf: (name: string) => number | null): number =>
  causes.reduce((sum, cause) => sum + Math.max(1, (levelsOf(cause) ?? 2) - 1), 1);

/**
 * What so many cases a parameter allow.
 * @see A simulation study of the number of events per variable in logistic regression analysis, J. Clin. Epidemiol. 49 (1996).
 */
export const casesVerdict = (casesPerParameter: number): CasesVerdict =>
  casesPerParameter < FEW_CASES ? 'too-few' : casesPerParameter < ENOUGH_CASES ? 'thin' : 'enough';
