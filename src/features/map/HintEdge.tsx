import { BaseEdge, type Edge, EdgeLabelRenderer, type EdgeProps, useInternalNode } from '@xyflow/react';
import { memo } from 'react';
import type { CausalMap } from '../../engine/graph/causalMap';
import type { ArrowSuggestions } from '../../worker/api';
import { boxOf } from './ArrowEdge';
import { routeBetween } from './geometry';

type Hint = ArrowSuggestions['hints'][number];
export type HintFlowEdge = Edge<{ readonly hint: Hint }, 'hint'>;

/** No edge of the map can be called this. */
const mark = '\u0001hint/';

/** The links that data would allow and the map does not have, between cards that are on it. */
export function hintEdges(hints: readonly Hint[], map: CausalMap): HintFlowEdge[] {
  const names = new Set(map.nodes.map(({ name }) => name));
  const isDrawn = (a: string, b: string) => map.edges.some(({ from, to }) => from === a && to === b);
  return hints
    .filter(({ kind, from, to }) => kind === 'add' && names.has(from) && names.has(to))
    .filter(({ from, to }) => !isDrawn(from, to) && !isDrawn(to, from))
    .map((hint) => ({
      id: `${mark}${JSON.stringify([hint.from, hint.to])}`,
      type: 'hint',
      source: hint.from,
      target: hint.to,
      sourceHandle: 'rim',
      targetHandle: 'rim',
      selectable: false,
      focusable: false,
      deletable: false,
      data: { hint },
    }));
}

/** Dashed and labelled, so that nobody takes it for a drawn arrow. */
export const HintEdge = memo(function HintEdge({ source, target, data }: EdgeProps<HintFlowEdge>) {
  const from = useInternalNode(source);
  const to = useInternalNode(target);
  if (!from || !to || !data) return null;
  const { edge, share } = data.hint;
  const { path, label } = routeBetween(boxOf(from), boxOf(to), 0.16);
  const head = 'url(#arrowhead-hint)';
  return (
    <>
      <BaseEdge
        path={path}
        className="arrow arrow-hint"
        {...(edge === '--' ? {} : { markerEnd: head })}
        {...(edge === '<->' ? { markerStart: head } : {})}
      />
      <EdgeLabelRenderer>
        <div
          className="arrow-label arrow-label-hint"
          style={{ transform: `translate(-50%, -50%) translate(${label.x}px, ${label.y}px)` }}
        >
          data would allow, {Math.round(share * 100)} %
        </div>
      </EdgeLabelRenderer>
    </>
  );
});
