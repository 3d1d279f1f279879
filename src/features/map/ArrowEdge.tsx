import { BaseEdge, type Edge, EdgeLabelRenderer, type EdgeProps, useInternalNode } from '@xyflow/react';
import { type CSSProperties, memo } from 'react';
import type { ArrowVerdict } from '../../engine/dependence/mapCheck';
import type { MapEdge } from '../../engine/graph/causalMap';
import { cardSize } from '../../state/mapPlaces';
import { useStudio } from '../../state/StudioProvider';
import { type ArrowVerdictAfter, arrowVerdictAfter } from '../../state/testing';
import { classes } from '../../ui/classes';
import { ArrowEnds } from './ArrowEnds';
import type { EffectPart } from './effectPart';
import { type Box, routeBetween } from './geometry';

export interface ArrowData extends Record<string, unknown> {
  readonly edge: MapEdge;
  /** Strength in the data in [0, 1]; null when unknown. */
  readonly effect: number | null;
  readonly verdict: ArrowVerdict;
  /** Its part in the effect asked about; null where colours show what the data say. */
  readonly part: EffectPart | 'none' | null;
  readonly isOnCycle: boolean;
  /** How far it bends sideways, as a share of its length. */
  readonly bend: number;
}
export type ArrowFlowEdge = Edge<ArrowData, 'arrow'>;

type Measured = NonNullable<ReturnType<typeof useInternalNode>>;
export const boxOf = (node: Measured): Box => ({
  x: node.internals.positionAbsolute.x,
  y: node.internals.positionAbsolute.y,
  width: node.measured.width ?? cardSize.width,
  height: node.measured.height ?? cardSize.height,
  isEllipse: node.data.kind === 'latent',
});

/** Width for strength, dash and label for the verdict, so that colour says nothing alone. */
export const ArrowEdge = memo(function ArrowEdge({ source, target, data, selected }: EdgeProps<ArrowFlowEdge>) {
  const from = useInternalNode(source);
  const to = useInternalNode(target);
  const tested = useStudio((s) => arrowVerdictAfter(s, source, target));
  if (!from || !to || !data) return null;
  const { edge, effect, verdict, part, isOnCycle, bend } = data;
  const isBidirected = edge.kind === '<->';
  const { path, label, start, end } = routeBetween(boxOf(from), boxOf(to), bend);
  const isDamaged = tested?.verdict === 'damaged' && edge.kind === '->';
  const look = isOnCycle
    ? 'cycle'
    : selected
      ? 'selected'
      : part !== null
        ? part
        : isDamaged
          ? 'damaged'
          : isBidirected
            ? 'bidirected'
            : verdict;
  const width = effect === null ? 1.5 : 1.25 + 4.5 * Math.min(1, effect);
  const words = isOnCycle
    ? null
    : part === null
      ? (testedLabel(tested, isDamaged, selected === true) ?? verdictLabel(verdict, selected ? effect : null))
      : selected
        ? partLabels[part]
        : null;
  return (
    <>
      <BaseEdge
        path={path}
        className={classes('arrow', `arrow-${look}`, part === null ? `arrow-dash-${verdict}` : `arrow-dash-${part}`)}
        style={{ '--width': isOnCycle ? 2.5 : width } as CSSProperties}
        markerEnd={`url(#arrowhead-${look})`}
        {...(isBidirected ? { markerStart: `url(#arrowhead-${look})` } : {})}
        interactionWidth={18}
      />
      {selected && <ArrowEnds edge={edge} start={start} end={end} />}
      {words && (
        <EdgeLabelRenderer>
          <div
            className={`arrow-label arrow-label-${part ?? (isDamaged ? 'damaged' : verdict)}`}
            title={part === null ? tested?.sentence : undefined}
            style={{ transform: `translate(-50%, -50%) translate(${label.x}px, ${label.y}px)` }}
          >
            {words}
          </div>
        </EdgeLabelRenderer>
      )}
    </>
  );
});

/** What the synthetic rows did to the link: always where it is damaged, else for the chosen arrow. */
function testedLabel(tested: ArrowVerdictAfter | null, isDamaged: boolean, isSelected: boolean): string | null {
  if (!tested || !(isDamaged || isSelected)) return null;
  const change = `${tested.before.toFixed(2)} → ${tested.after.toFixed(2)}`;
  return isDamaged ? `damaged ${change}` : change;
}

function verdictLabel(verdict: ArrowVerdict, effect: number | null): string | null {
  if (verdict === 'refuted') return 'not seen in data';
  if (verdict === 'cannot-tell') return 'cannot tell';
  return effect === null ? null : effect.toFixed(2);
}

const partLabels = { causal: 'effect', biasing: 'bias', both: 'effect and bias', none: null } as const;

const looks = [
  'seen',
  'unknown',
  'refuted',
  'damaged',
  'cannot-tell',
  'bidirected',
  'selected',
  'cycle',
  'causal',
  'biasing',
  'both',
  'none',
  'hint',
] as const;

/** Arrowheads of constant size, whatever the width of their line. */
export function Arrowheads() {
  return (
    <svg width="0" height="0" style={{ position: 'absolute' }} aria-hidden="true">
      <defs>
        {looks.map((look) => (
          <marker
            key={look}
            id={`arrowhead-${look}`}
            className={`arrowhead arrowhead-${look}`}
            viewBox="0 0 10 10"
            refX="8.5"
            refY="5"
            markerWidth="11"
            markerHeight="11"
            markerUnits="userSpaceOnUse"
            orient="auto-start-reverse"
          >
            <path d="M0.5,1 L9.5,5 L0.5,9 Z" />
          </marker>
        ))}
      </defs>
    </svg>
  );
}
