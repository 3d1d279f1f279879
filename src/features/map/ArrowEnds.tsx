import { useReactFlow } from '@xyflow/react';
import { type PointerEvent, useState } from 'react';
import { type EdgeKey, isSameEdge } from '../../engine/graph/causalMap';
import { refusalOf } from '../../engine/graph/refusal';
import { useStudioStore } from '../../state/StudioProvider';

interface Point {
  readonly x: number;
  readonly y: number;
}

interface ArrowEndsProps {
  readonly edge: EdgeKey;
  readonly start: Point;
  readonly end: Point;
}

const nodeAt = (event: PointerEvent): string | null =>
  document
    .elementsFromPoint(event.clientX, event.clientY)
    .map((element) => element.closest('.react-flow__node-card')?.getAttribute('data-id'))
    .find((id) => id != null) ?? null;

/** The two ends of a selected arrow: dragged onto another card, the arrow goes there with all that is said of it. */
export function ArrowEnds({ edge, start, end }: ArrowEndsProps) {
  const store = useStudioStore();
  const flow = useReactFlow();
  const [drag, setDrag] = useState<{ readonly isStart: boolean; readonly at: Point } | null>(null);
  const movedTo = (isStart: boolean, node: string) => ({
    from: isStart ? node : edge.from,
    to: isStart ? edge.to : node,
    kind: edge.kind,
  });
  /** Why the arrow cannot end where the pointer is; undefined where there is nothing to say. */
  const refusalAt = (isStart: boolean, node: string | null) => {
    if (node === null || node === (isStart ? edge.from : edge.to)) return null;
    const { map } = store.getState().project;
    const next = movedTo(isStart, node);
    const rest = { ...map, edges: map.edges.filter((other) => !isSameEdge(other, edge)) };
    return refusalOf(rest, next.from, next.to, next.kind);
  };
  const handle = (isStart: boolean, at: Point) => (
    <circle
      className="arrow-end nodrag nopan"
      cx={at.x}
      cy={at.y}
      r={6}
      onPointerDown={(event) => {
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
        setDrag({ isStart, at });
      }}
      onPointerMove={(event) => {
        if (!drag) return;
        setDrag({ isStart, at: flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }) });
        store.getState().showRefusal(refusalAt(isStart, nodeAt(event)));
      }}
      onPointerUp={(event) => {
        setDrag(null);
        const node = nodeAt(event);
        if (!drag || node === null || node === (isStart ? edge.from : edge.to)) return;
        const next = movedTo(isStart, node);
        const studio = store.getState();
        const refused = studio.reconnect(edge, next.from, next.to);
        studio.announce(refused ? `Not moved. ${refused.message}` : `${next.from} ${next.kind} ${next.to} drawn.`);
        if (!refused) studio.select({ kind: 'map', nodes: [], edges: [next] });
      }}
      onPointerCancel={() => setDrag(null)}
    >
      <title>Drag onto another card to reconnect</title>
    </circle>
  );
  const fixed = drag?.isStart ? end : start;
  return (
    <g>
      {drag && <path className="arrow arrow-drawing" d={`M${fixed.x},${fixed.y}L${drag.at.x},${drag.at.y}`} />}
      {handle(true, drag?.isStart ? drag.at : start)}
      {handle(false, drag && !drag.isStart ? drag.at : end)}
    </g>
  );
}
