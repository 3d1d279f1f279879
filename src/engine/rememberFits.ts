import type { Executor } from './executor';
import type { NodeFitRequest, NodeFitResult } from './mechanisms/fitNode';

/** The oldest go first beyond this many. */
const MOST_FITS = 200;

/**
 * The same executor, which does not learn a mechanism twice: a node whose columns, parents and seed are as before gets
 * the result it got then, so that a changed arrow costs the nodes it points to and a changed step nothing. A fit is a
 * pure function of its request, so results are those of `executor`.
 */
export function rememberFits(executor: Executor): Executor {
  const known = new Map<string, { readonly request: NodeFitRequest; readonly result: NodeFitResult }>();
  const find = (request: NodeFitRequest): NodeFitResult | null => {
    const found = known.get(keyOf(request));
    return found && isSameTable(found.request, request) ? found.result : null;
  };
  const keep = (request: NodeFitRequest, result: NodeFitResult) => {
    const key = keyOf(request);
    known.delete(key);
    known.set(key, { request, result });
    const oldest = known.keys().next().value;
    if (known.size > MOST_FITS && oldest !== undefined) known.delete(oldest);
  };
  return {
    ...executor,
    async fitNodes(requests, task) {
      const results = requests.map(find);
      const missing = requests.filter((_, i) => results[i] === null);
      const fitted = missing.length > 0 ? await executor.fitNodes(missing, task) : [];
      fitted.forEach((result, i) => {
        keep(missing[i]!, result);
      });
      let next = 0;
      return results.map((result) => result ?? fitted[next++]!);
    },
  };
}

const keyOf = ({ child, parents, targetParent, seed, settings }: NodeFitRequest): string =>
  JSON.stringify([child, parents, targetParent, seed, settings ?? null]);

const isSameTable = (a: NodeFitRequest, b: NodeFitRequest): boolean =>
  isSameColumn(a.values, b.values) &&
  isSameColumn(a.weights, b.weights) &&
  isSameColumn(a.units ?? noUnits, b.units ?? noUnits) &&
  a.parentColumns.every((column, p) => isSameColumn(column, b.parentColumns[p]!));

const noUnits = new Int32Array(0);

function isSameColumn(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return false;
  return true;
}
