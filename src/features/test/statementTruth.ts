import type { StatementResult } from '../../engine/dependence/comparison';
import type { CausalMap } from '../../engine/graph/causalMap';
import { dagOf } from '../../engine/graph/dag';
import { isDSeparated } from '../../engine/graph/dSeparation';
import { signedText } from '../../ui/signedText';
import type { WorldTruth } from '../../worker/api';

/** What the world a demo was simulated from says of a statement. */
export interface StatementTruth {
  readonly isIndependent: boolean;
  /** On the scale of the tests, with its sign where it has one; null where the table of truth lacks it. */
  readonly effect: number | null;
  readonly hasSign: boolean;
}

type Asked = Pick<StatementResult, 'statement' | 'givenUsed' | 'comparison'>;
type Strengths = WorldTruth['strengths'];

/**
 * Read off the map the rows were simulated by, which need not be the map on screen: columns it separates are independent
 * in the world, exactly; of the others the table of truth knows the strength where the world's own map asks the same.
 * Null for columns the world has not, and for a table balanced by class, of which the world says nothing.
 */
export function statementTruth(
  world: CausalMap,
  strengths: Strengths,
  target: string,
  { statement: { x, y }, givenUsed, comparison }: Asked,
): StatementTruth | null {
  const names = new Set(world.nodes.flatMap(({ name, latent }) => (latent ? [] : [name])));
  if (comparison === 'unweighted' || ![x, y, ...givenUsed].every((name) => names.has(name))) return null;
  const given = givenUsed.filter((name) => name !== x && name !== y);
  if (isDSeparated(dagOf(world), [x], [y], given)) return { isIndependent: true, effect: 0, hasSign: true };
  const isInClass = comparison === 'within-class';
  // Inside the class the table of truth leaves the target unsaid.
  const named = new Set(isInClass ? given.filter((name) => name !== target) : given);
  const found = strengths.find(
    (one) =>
      ((one.x === x && one.y === y) || (one.x === y && one.y === x)) &&
      sameNames(isInClass ? one.given.filter((name) => name !== target) : one.given, named) &&
      (isInClass ? one.rare : one.all) !== null,
  );
  return {
    isIndependent: false,
    effect: (isInClass ? found?.rare : found?.all) ?? null,
    hasSign: found?.hasSign ?? false,
  };
}

const sameNames = (list: readonly string[], set: ReadonlySet<string>) =>
  list.length === set.size && list.every((name) => set.has(name));

/** Product of the true signed effects along a path, in the whole table; null where one of them is not known or has no sign. */
export function pathTruth(
  world: CausalMap,
  strengths: Strengths,
  target: string,
  results: readonly StatementResult[],
  nodes: readonly string[],
): number | null {
  let product = 1;
  for (const [i, to] of nodes.slice(1).entries()) {
    const arrow = results.find(
      ({ statement, comparison }) =>
        statement.kind === 'arrow' && comparison === 'weighted' && statement.x === nodes[i] && statement.y === to,
    );
    const truth = arrow && statementTruth(world, strengths, target, arrow);
    if (!truth || truth.effect === null || !truth.hasSign) return null;
    product *= truth.effect;
  }
  return product;
}

/** "0, independent", "−0.31", "not 0". */
export function truthText({ isIndependent, effect }: StatementTruth): string {
  if (isIndependent) return '0, independent';
  return effect === null ? 'not 0' : signedText(effect, 2);
}

/** Where the mark of the truth stands on the axis from 0 to 1, which is turned so that the real effect is not negative. */
export function truthPlace(truth: StatementTruth, signedBefore: number | null): number | null {
  if (truth.effect === null) return null;
  if (!truth.hasSign || signedBefore === null) return Math.abs(truth.effect);
  return Math.max(0, signedBefore < 0 ? -truth.effect : truth.effect);
}
