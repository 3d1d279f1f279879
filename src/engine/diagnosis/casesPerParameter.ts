import type { Frame } from '../data/frame';
import type { CausalMap } from '../graph/causalMap';
import { type CasesVerdict, casesVerdict, recordedCauses, straightParameters } from '../graph/parameterCount';

/** How many rows speak for each number that a node's mechanism must learn. */
export interface NodeCases {
  readonly node: string;
  readonly parents: readonly string[];
  /** Coefficients of a straight mechanism: one, and one a number or further level of each parent, for each level of the node but one. */
  readonly parameters: number;
  /** Rows that tell them apart: all known rows; rare rows for the target and its children; the rarest level for categories. */
  readonly cases: number;
  readonly casesPerParameter: number;
  readonly verdict: CasesVerdict;
}

/** Events per parameter of every recorded node of the map that has parents, fewest first. */
export function casesPerParameter(frame: Frame, map: CausalMap, target: string, isRare: Uint8Array): NodeCases[] {
  const at = new Map(frame.specs.map(({ name }, c) => [name, c]));
  const rareRows = isRare.reduce((sum, is) => sum + is, 0);
  return map.nodes
    .flatMap(({ name }): NodeCases[] => {
      const c = at.get(name);
      const parents = recordedCauses(map, name, (cause) => at.has(cause));
      if (c === undefined || parents.length === 0) return [];
      const equations = name === target ? 1 : Math.max(1, (frame.specs[c]!.levels?.length ?? 2) - 1);
      const parameters =
        equations * straightParameters(parents, (parent) => frame.specs[at.get(parent)!]!.levels?.length ?? null);
      const limits = [known(frame.columns[c]!), rarestLevel(frame, c)];
      if (name === target || parents.includes(target)) limits.push(rareRows);
      const cases = Math.min(...limits);
      const share = cases / parameters;
      return [{ node: name, parents, parameters, cases, casesPerParameter: share, verdict: casesVerdict(share) }];
    })
    .sort((a, b) => a.casesPerParameter - b.casesPerParameter);
}

const known = (values: Float64Array): number => values.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : 1), 0);

/** Rows of the rarest level that occurs; no limit for numbers. */
function rarestLevel({ specs, columns }: Frame, c: number): number {
  const { levels } = specs[c]!;
  if (!levels) return Number.POSITIVE_INFINITY;
  const counts = new Float64Array(levels.length);
  for (const code of columns[c]!) if (!Number.isNaN(code)) counts[code]!++;
  return Math.min(...counts.filter((count) => count > 0));
}
