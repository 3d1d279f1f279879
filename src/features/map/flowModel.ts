import type { CausalMap } from '../../engine/graph/causalMap';
import { cycleIfAdded } from '../../engine/graph/dag';
import { type EdgeKey, isSameEdge } from '../../state/map';
import type { ColumnSummary } from '../../worker/api';
import type { ArrowFlowEdge } from './ArrowEdge';
import { arrowText } from './arrowText';
import { cardSize } from './layout';
import { arrowStrength, type CheckedMap, type MapFacts, roleNames } from './mapFacts';
import type { CardNode } from './NodeCard';

/** The id React Flow knows an edge by; reversible. */
export const edgeId = ({ from, to, kind }: EdgeKey): string => JSON.stringify([from, to, kind]);
export const edgeOfId = (id: string): EdgeKey => {
  const [from, to, kind] = JSON.parse(id) as [string, string, EdgeKey['kind']];
  return { from, to, kind };
};

export interface CanvasFacts {
  readonly map: CausalMap;
  readonly facts: MapFacts;
  readonly checked: CheckedMap | null;
  readonly columns: ReadonlyMap<string, ColumnSummary>;
  readonly hasTable: boolean;
  readonly target: string | null;
  readonly exposure: string | null;
  /** Names round the cycle that is being refused, first name repeated. */
  readonly cycle: readonly string[];
  /** The node an arrow is being drawn from. */
  readonly drawingFrom: string | null;
  readonly selectedNodes: readonly string[];
  readonly selectedEdges: readonly EdgeKey[];
}

export function cardNodes(given: CanvasFacts): CardNode[] {
  const { map, facts, columns, hasTable, target, exposure, cycle, drawingFrom, selectedNodes } = given;
  const onCycle = new Set(cycle);
  const selected = new Set(selectedNodes);
  return map.nodes.map((node): CardNode => {
    const column = columns.get(node.name);
    const roles = facts.roles.get(node.name) ?? [];
    const [first] = roles;
    const role = first ? roleNames[first.role] : null;
    const conflict = facts.conflicts.get(node.name);
    const kind = node.latent ? 'latent' : (column?.kind ?? 'nominal');
    const marks = [role, conflict && `tag ${node.tag} contradicts the arrows`, node.latent && 'not recorded'];
    return {
      id: node.name,
      type: 'card',
      position: node.position ?? { x: 0, y: 0 },
      selected: selected.has(node.name),
      ariaLabel: [node.name, ...marks.filter(Boolean)].join(', '),
      initialWidth: cardSize.width,
      initialHeight: cardSize.height,
      data: {
        kind,
        isUnknown: hasTable && !node.latent && !column,
        isTarget: node.name === target,
        isExposure: node.name === exposure,
        role,
        moreRoles: Math.max(0, roles.length - 1),
        roleTitle: roles.map(({ sentence }) => sentence.replaceAll('*', '')).join(' '),
        tag: node.tag,
        conflict: conflict ? arrowText(conflict) : null,
        isOnCycle: onCycle.has(node.name),
        isBarred:
          drawingFrom !== null && node.name !== drawingFrom && cycleIfAdded(map, drawingFrom, node.name) !== null,
      },
    };
  });
}

export function arrowEdges({ map, checked, cycle, selectedEdges }: CanvasFacts): ArrowFlowEdge[] {
  const cycleSteps = new Set(cycle.slice(1).map((name, i) => JSON.stringify([cycle[i], name])));
  const pairs = new Map<string, number>();
  const pairOf = ({ from, to }: EdgeKey) => JSON.stringify([from, to].sort());
  for (const edge of map.edges) pairs.set(pairOf(edge), (pairs.get(pairOf(edge)) ?? 0) + 1);
  return map.edges.map((edge): ArrowFlowEdge => {
    const strength = arrowStrength(checked, map, edge);
    const verdict = strength?.verdict ?? 'unknown';
    const said =
      strength && verdict !== 'unknown' ? `, strength ${strength.effect.toFixed(2)}, ${verdictWords[verdict]}` : '';
    return {
      id: edgeId(edge),
      type: 'arrow',
      source: edge.from,
      target: edge.to,
      sourceHandle: 'rim',
      targetHandle: 'rim',
      selected: selectedEdges.some((other) => isSameEdge(other, edge)),
      ariaLabel:
        edge.kind === '->'
          ? `${edge.from} causes ${edge.to}${said}`
          : `${edge.from} and ${edge.to} share an unrecorded cause`,
      data: {
        edge,
        effect: strength?.effect ?? null,
        verdict,
        isOnCycle: edge.kind === '->' && cycleSteps.has(JSON.stringify([edge.from, edge.to])),
        isPaired: (pairs.get(pairOf(edge)) ?? 0) > 1,
      },
    };
  });
}

export const verdictWords = {
  seen: 'seen in the data',
  refuted: 'not seen in the data',
  'cannot-tell': 'the data cannot tell',
  unknown: 'not checked yet',
} as const;
