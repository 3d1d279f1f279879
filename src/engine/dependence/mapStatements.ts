import type { CausalMap } from '../graph/causalMap';
import { type Dag, dagOf } from '../graph/dag';
import { isDSeparated } from '../graph/dSeparation';
import { oneImplicationPerPair, oneWithinClassPerPair } from '../graph/implications';
import { projectLatents } from '../graph/projection';
import type { StatementFacts } from './comparisonInput';

/** `insideClassOnly` marks statements that are only true with the target held fixed. */
export interface MapStatement extends StatementFacts {
  readonly insideClassOnly: boolean;
}

/**
 * What a map claims about its columns, as statements to test: one independence for each missing arrow that can be
 * tested, in the population and inside a class, and one dependence for each arrow given the child's other parents.
 * Latent nodes are in no statement, but what goes through them is taken into account; so are nodes by which rows were chosen.
 * @param target Null, or a name the map lacks, leaves out what depends on a target.
 */
export function mapStatements(map: CausalMap, target: string | null): MapStatement[] {
  const dag = dagOf(map);
  const held = target !== null && dag.indexOf.has(target) && !dag.latent[dag.indexOf.get(target)!] ? target : null;
  // A latent node by which rows were chosen has one value in all of them: nothing has to be held.
  const recorded = (given: readonly string[]) => given.filter((name) => !dag.latent[dag.indexOf.get(name)!]);
  const population = oneImplicationPerPair(dag, held).map(
    (one): MapStatement => ({
      statement: {
        id: `independent/${one.x}/${one.y}`,
        kind: 'independence',
        x: one.x,
        y: one.y,
        given: recorded(one.given),
      },
      survivesBalancing: one.survivesBalancing ?? true,
      withinClassIndependent: one.withinClass ?? false,
      insideClassOnly: false,
    }),
  );
  const known = new Set(
    population.filter((one) => one.withinClassIndependent).map(({ statement }) => pairKey(statement.x, statement.y)),
  );
  const within = (held === null ? [] : oneWithinClassPerPair(dag, held))
    .filter(({ x, y }) => !known.has(pairKey(x, y)))
    .map(
      (one): MapStatement => ({
        statement: {
          id: `within-class/${one.x}/${one.y}`,
          kind: 'independence',
          x: one.x,
          y: one.y,
          given: recorded(one.given),
        },
        survivesBalancing: true,
        withinClassIndependent: true,
        insideClassOnly: true,
      }),
    );
  const projected = projectLatents(map);
  const observed = dagOf(projected);
  const arrows = projected.edges
    .filter((edge) => edge.kind === '->')
    .map(({ from, to }): MapStatement => {
      const given = observed.parents[observed.indexOf.get(to)!]!.map((p) => observed.names[p]!).filter(
        (name) => name !== from,
      );
      return {
        statement: { id: `arrow/${from}/${to}`, kind: 'arrow', x: from, y: to, given },
        survivesBalancing: held === null || strengthSurvives(dag, from, to, given, held),
        withinClassIndependent: false,
        insideClassOnly: false,
      };
    });
  return [...population, ...within, ...arrows];
}

const pairKey = (a: string, b: string) => JSON.stringify([a, b].sort());

/**
 * Whether the strength of from -> to is untouched by selection on the target. A strength depends on the law of `from` as
 * well as on the mechanism, so `from` must be separated from the target by the child's other parents.
 */
const strengthSurvives = (dag: Dag, from: string, to: string, given: readonly string[], target: string): boolean =>
  ![from, to, ...given].includes(target) && isDSeparated(dag, [from], [target], given);
