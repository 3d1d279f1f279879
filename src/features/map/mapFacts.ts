import { useMemo } from 'react';
import type { CausalMap, MapEdge } from '../../engine/graph/causalMap';
import { type NodeRole, type Role, rolesOf } from '../../engine/graph/roles';
import { tagConflict } from '../../engine/graph/tagConflict';
import { isMapCheckStale } from '../../state/checks';
import { tableSummary } from '../../state/data';
import { useStudio } from '../../state/StudioProvider';
import type { ColumnSummary, MapCheck } from '../../worker/api';

/** What the data say of an arrow: seen, so weak that it hardly exists, or too uncertain to say. */
export type ArrowVerdict = 'seen' | 'refuted' | 'cannot-tell' | 'unknown';

export interface ArrowStrength {
  readonly effect: number;
  readonly low: number;
  readonly high: number;
  readonly rows: number;
  readonly verdict: ArrowVerdict;
}

/** Below this strength a dependence is too weak to matter; the same margin as for implied independences. */
export const smallestEffect = 0.1;

/** An arrow is refuted when the whole interval is below a tenth of the margin: a weak arrow is not a wrong one. */
export const arrowVerdict = ({ low, high }: { readonly low: number; readonly high: number }): ArrowVerdict =>
  low > 0 ? 'seen' : high < smallestEffect ? 'refuted' : 'cannot-tell';

export function arrowStrength(check: MapCheck | null, edge: MapEdge): ArrowStrength | null {
  const found = check?.arrows.find(({ from, to }) => from === edge.from && to === edge.to);
  if (!found || edge.kind !== '->') return null;
  const { effect, low, high, rows } = found;
  return { effect, low, high, rows, verdict: rows === 0 ? 'unknown' : arrowVerdict(found) };
}

export const roleNames: Record<Role, string> = {
  exposure: 'Exposure',
  outcome: 'Outcome',
  confounder: 'Confounder',
  mediator: 'Mediator',
  collider: 'Collider',
  instrument: 'Instrument',
  'cause-of-exposure': 'Causes exposure',
  'cause-of-outcome': 'Causes outcome',
  'effect-of-outcome': 'After outcome',
  'effect-of-exposure': 'After exposure',
  proxy: 'Proxy',
  unrelated: 'Unrelated',
};

/** Roles and contradictions by node, or the one sentence why they cannot be told. */
export interface MapFacts {
  readonly roles: ReadonlyMap<string, readonly NodeRole[]>;
  readonly conflicts: ReadonlyMap<string, string>;
  readonly problem: string | null;
}

/** Facts are of the arrows and tags, so that moving a card does not compute them again. */
const structureOf = (map: CausalMap) =>
  JSON.stringify([
    map.nodes.map(({ name, latent, tag }) => [name, latent, tag]),
    map.edges.map(({ from, to, kind }) => [from, to, kind]),
  ]);

let latest: { readonly key: string; readonly facts: MapFacts } | null = null;

export function factsOf(map: CausalMap, exposure: string | null, target: string | null): MapFacts {
  const key = JSON.stringify([structureOf(map), exposure, target]);
  // One map is on screen at a time, read by canvas, table and inspector.
  if (latest?.key === key) return latest.facts;
  const facts = computeFacts(map, exposure, target);
  latest = { key, facts };
  return facts;
}

function computeFacts(map: CausalMap, exposure: string | null, target: string | null): MapFacts {
  const roles = new Map<string, NodeRole[]>();
  const conflicts = new Map<string, string>();
  const names = new Set(map.nodes.map(({ name }) => name));
  if (target === null || !names.has(target))
    return { roles, conflicts, problem: 'Choose a target and put it on the map to see the role of each column.' };
  try {
    for (const role of rolesOf(map, exposure, target)) roles.set(role.node, [...(roles.get(role.node) ?? []), role]);
    for (const { name, tag } of map.nodes) {
      const conflict = tag ? tagConflict(map, name, exposure, target) : null;
      if (conflict) conflicts.set(name, conflict);
    }
    return { roles, conflicts, problem: null };
  } catch (error) {
    return { roles: new Map(), conflicts: new Map(), problem: error instanceof Error ? error.message : String(error) };
  }
}

export function useMapFacts(): MapFacts {
  const map = useStudio((s) => s.project.map);
  const exposure = useStudio((s) => s.project.exposure);
  const target = useStudio((s) => s.project.target?.column ?? null);
  return useMemo(() => factsOf(map, exposure, target), [map, exposure, target]);
}

/** The map check, or null while it is about an earlier map: a verdict on another map is no verdict. */
export const useCurrentCheck = (): MapCheck | null => useStudio((s) => (isMapCheckStale(s) ? null : s.mapCheck));

export function useColumns(): ReadonlyMap<string, ColumnSummary> {
  const summary = useStudio(tableSummary);
  return useMemo(() => new Map(summary?.columns.map((column) => [column.name, column])), [summary]);
}
