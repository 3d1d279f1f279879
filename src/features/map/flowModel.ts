import { type CausalMap, type EdgeKey, edgeKey } from '../../engine/graph/causalMap';
import { cycleIfAdded } from '../../engine/graph/dag';
import { cardSize } from '../../state/mapPlaces';
import type { ColumnSummary } from '../../worker/api';
import type { ArrowFlowEdge } from './ArrowEdge';
import { arrowText } from './arrowText';
import { type EffectColours, partWords } from './effectPart';
import { type Box, freeBend } from './geometry';
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
  /** The effect whose paths the colours show; null where colours show what the data say. */
  readonly effect: EffectColours | null;
}

/** Beyond this many nodes arrows go straight: a free way for each would take too long to find. */
const mostAvoided = 160;

/**
 * How far each edge of the map bends, in the order of its edges: around cards in its way, and apart from another edge
 * between the same two nodes. Found for the places in the document, not for those passed while a card is dragged.
 */
export function edgeBends(map: CausalMap): readonly number[] {
  const boxes = new Map(
    map.nodes.map(({ name, position, latent }): [string, Box] => [
      name,
      { ...(position ?? { x: 0, y: 0 }), ...cardSize, isEllipse: latent },
    ]),
  );
  const pairOf = ({ from, to }: EdgeKey) => JSON.stringify([from, to].sort());
  const pairs = new Map<string, number>();
  for (const edge of map.edges) pairs.set(pairOf(edge), (pairs.get(pairOf(edge)) ?? 0) + 1);
  return map.edges.map((edge) => {
    const [a, b] = [boxes.get(edge.from), boxes.get(edge.to)];
    const isPaired = (pairs.get(pairOf(edge)) ?? 0) > 1;
    const usual = edge.kind === '<->' ? 0.22 : isPaired ? -0.08 : 0;
    if (!a || !b || boxes.size > mostAvoided) return usual;
    const others = [...boxes.values()].filter((box) => box !== a && box !== b);
    return freeBend(a, b, others) || usual;
  });
}

export function cardNodes(given: CanvasFacts): CardNode[] {
  const { map, facts, columns, hasTable, target, exposure, cycle, drawingFrom, effect } = given;
  const onCycle = new Set(cycle);
  return map.nodes.map((node): CardNode => {
    const column = columns.get(node.name);
    const roles = facts.roles.get(node.name) ?? [];
    const [first] = roles;
    const role = first ? roleNames[first.role] : null;
    const conflict = facts.conflicts.get(node.name);
    const kind = node.latent ? 'latent' : (column?.kind ?? 'nominal');
    const isHeld = effect?.held.has(node.name) ?? false;
    const marks = [
      role,
      conflict && `tag ${node.tag} contradicts the arrows`,
      node.latent && 'not recorded',
      node.selected && 'rows were chosen by it',
      isHeld && 'held fixed',
    ];
    return {
      id: node.name,
      type: 'card',
      position: node.position ?? { x: 0, y: 0 },
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
        isHeld,
        isSelection: node.selected,
        isOnCycle: onCycle.has(node.name),
        isBarred:
          drawingFrom !== null && node.name !== drawingFrom && cycleIfAdded(map, drawingFrom, node.name) !== null,
      },
    };
  });
}

export function arrowEdges({ map, checked, cycle, effect }: CanvasFacts, bends: readonly number[]): ArrowFlowEdge[] {
  const cycleSteps = new Set(cycle.slice(1).map((name, i) => JSON.stringify([cycle[i], name])));
  return map.edges.map((edge, i): ArrowFlowEdge => {
    const strength = arrowStrength(checked, map, edge);
    const verdict = strength?.verdict ?? 'unknown';
    const said =
      strength && verdict !== 'unknown' ? `, strength ${strength.effect.toFixed(2)}, ${verdictWords[verdict]}` : '';
    const part = effect ? (effect.parts.get(edgeKey(edge)) ?? 'none') : null;
    const plays = part === null || part === 'none' ? '' : `, ${partWords[part]}`;
    return {
      id: edgeId(edge),
      type: 'arrow',
      source: edge.from,
      target: edge.to,
      sourceHandle: 'rim',
      targetHandle: 'rim',
      ariaLabel:
        edge.kind === '->'
          ? `${edge.from} causes ${edge.to}${said}${plays}`
          : `${edge.from} and ${edge.to} share an unrecorded cause${plays}`,
      data: {
        edge,
        effect: strength?.effect ?? null,
        verdict,
        part,
        isOnCycle: edge.kind === '->' && cycleSteps.has(JSON.stringify([edge.from, edge.to])),
        bend: bends[i] ?? 0,
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
