import { useMemo } from 'react';
import type { ArrowVerdict } from '../../engine/dependence/mapCheck';
import type { CausalMap, MapEdge } from '../../engine/graph/causalMap';
import { type NodeRole, type Role, rolesOf } from '../../engine/graph/roles';
import { tagConflict } from '../../engine/graph/tagConflict';
import { isMapCheckStale } from '../../state/checks';
import { useStudio } from '../../state/StudioProvider';
import { tableSummary } from '../../state/tableState';
import type { ColumnSummary, MapCheck } from '../../worker/api';

export interface ArrowStrength {
  readonly effect: number;
  readonly low: number;
  readonly high: number;
  readonly rows: number;
  readonly verdict: ArrowVerdict;
}

/** A check with the map it is about. */
export interface CheckedMap {
  readonly check: MapCheck;
  readonly map: CausalMap;
  /** False while a newer map waits for its own check. */
  readonly isCurrent: boolean;
}

const causesOf = (map: CausalMap, node: string) =>
  map.edges
    .filter(({ to, kind }) => kind === '->' && to === node)
    .map(({ from }) => from)
    .sort()
    .join('\n');

/**
 * The strength of an arrow, as far as it is known. It depends on the causes of its effect only, so it outlives edits
 * elsewhere on the map and does not flicker while the next check runs.
 */
export function arrowStrength(checked: CheckedMap | null, map: CausalMap, edge: MapEdge): ArrowStrength | null {
  const found = checked?.check.arrows.find(({ from, to }) => from === edge.from && to === edge.to);
  if (!found || edge.kind !== '->') return null;
  if (!checked?.isCurrent && causesOf(map, edge.to) !== causesOf(checked!.map, edge.to)) return null;
  return found;
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
export const structureOf = (map: CausalMap) =>
  JSON.stringify([
    map.nodes.map(({ name, latent, selected, tag }) => [name, latent, selected, tag]),
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
  if (target === null) return { roles, conflicts, problem: 'Choose a target to see the role of each column.' };
  if (!names.has(target))
    return {
      roles,
      conflicts,
      problem: `The target ${target} is not on the map: add it to see the role of each column.`,
    };
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

/** The exposure and the outcome that the map is asked about; the outcome is the target unless another one was chosen. */
export function useQuestion(): { readonly exposure: string | null; readonly outcome: string | null } {
  const exposure = useStudio((s) => s.project.exposure);
  const target = useStudio((s) => s.project.target?.column ?? null);
  const chosen = useStudio((s) => s.effectQuestion.outcome);
  const isOnMap = useStudio((s) => chosen !== null && s.project.map.nodes.some(({ name }) => name === chosen));
  const outcome = isOnMap && chosen !== exposure ? chosen : target;
  return useMemo(() => ({ exposure, outcome }), [exposure, outcome]);
}

export function useMapFacts(): MapFacts {
  const map = useStudio((s) => s.project.map);
  const { exposure, outcome } = useQuestion();
  return useMemo(() => factsOf(map, exposure, outcome), [map, exposure, outcome]);
}

export function useCheckedMap(): CheckedMap | null {
  const check = useStudio((s) => s.mapCheck);
  const map = useStudio((s) => s.checkedMap);
  const isCurrent = useStudio((s) => !isMapCheckStale(s));
  return useMemo(() => (check && map ? { check, map, isCurrent } : null), [check, map, isCurrent]);
}

export function useColumns(): ReadonlyMap<string, ColumnSummary> {
  const summary = useStudio(tableSummary);
  return useMemo(() => new Map(summary?.columns.map((column) => [column.name, column])), [summary]);
}
