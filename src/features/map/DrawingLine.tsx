import type { ConnectionLineComponentProps } from '@xyflow/react';
import { cardSize } from '../../state/mapPlaces';
import { rimPoint } from './geometry';
import type { CanvasNode } from './useCanvasNodes';

/** The arrow being drawn: straight from the rim towards the pointer, as it will lie. */
export function DrawingLine({ fromNode, toX, toY }: ConnectionLineComponentProps<CanvasNode>) {
  const box = {
    x: fromNode.internals.positionAbsolute.x,
    y: fromNode.internals.positionAbsolute.y,
    width: fromNode.measured.width ?? cardSize.width,
    height: fromNode.measured.height ?? cardSize.height,
    isEllipse: 'kind' in fromNode.data && fromNode.data.kind === 'latent',
  };
  const start = rimPoint(box, { x: toX, y: toY }, 1);
  return (
    <path
      className="arrow arrow-drawing"
      d={`M${start.x},${start.y}L${toX},${toY}`}
      markerEnd="url(#arrowhead-selected)"
    />
  );
}
