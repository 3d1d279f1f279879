import type { StatementResult } from '../../engine/dependence/comparison';
import type { CausalMap } from '../../engine/graph/causalMap';
import { dagOf } from '../../engine/graph/dag';
import { isDSeparated } from '../../engine/graph/dSeparation';

/** What the world a demo was simulated from says of a statement. */
export type StatementTruth = 'independent' | 'not separated';

/**
 * Read off the map the rows were simulated by, which need not be the map on screen: columns it separates are independent
 * in the world, exactly. Of others it promises nothing. Null for columns the world has not, and for a table balanced by
 * class, of which the world says nothing.
 */
export function statementTruth(
  world: CausalMap,
  { statement: { x, y }, givenUsed, comparison }: Pick<StatementResult, 'statement' | 'givenUsed' | 'comparison'>,
): StatementTruth | null {
  const names = new Set(world.nodes.flatMap(({ name, latent }) => (latent ? [] : [name])));
  if (comparison === 'unweighted' || ![x, y, ...givenUsed].every((name) => names.has(name))) return null;
  const given = givenUsed.filter((name) => name !== x && name !== y);
  return isDSeparated(dagOf(world), [x], [y], given) ? 'independent' : 'not separated';
}
