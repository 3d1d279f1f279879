import { useReactFlow } from '@xyflow/react';
import { Columns3, Grid3x3, Map as MapIcon, Maximize, Workflow, ZoomIn, ZoomOut } from 'lucide-react';
import { IconButton } from '../../ui/IconButton';

interface CanvasToolsProps {
  readonly isSnapping: boolean;
  readonly hasMinimap: boolean;
  readonly hasLanes: boolean;
  onSnap(): void;
  onMinimap(): void;
  onLanes(): void;
  onArrange(): void;
  onFit(): void;
}

/** What changes how the canvas looks, at its edge; what changes the map stands above it. */
export function CanvasTools(props: CanvasToolsProps) {
  const { isSnapping, hasMinimap, hasLanes, onSnap, onMinimap, onLanes, onArrange, onFit } = props;
  const flow = useReactFlow();
  return (
    <div className="canvas-tools" role="toolbar" aria-label="Canvas" aria-orientation="vertical">
      <IconButton side="right" label="Zoom in" icon={<ZoomIn size={16} />} onClick={() => void flow.zoomIn()} />
      <IconButton side="right" label="Zoom out" icon={<ZoomOut size={16} />} onClick={() => void flow.zoomOut()} />
      <IconButton side="right" label="Fit" hint="Shift+1" icon={<Maximize size={16} />} onClick={onFit} />
      <span className="tool-line" />
      <IconButton side="right" label="Arrange" hint="L" icon={<Workflow size={16} />} onClick={onArrange} />
      <IconButton
        side="right"
        label="Time as lanes"
        hint="T"
        icon={<Columns3 size={16} />}
        isPressed={hasLanes}
        onClick={onLanes}
      />
      <IconButton
        side="right"
        label="Snap to grid"
        hint="G"
        icon={<Grid3x3 size={16} />}
        isPressed={isSnapping}
        onClick={onSnap}
      />
      <IconButton
        side="right"
        label="Overview"
        icon={<MapIcon size={16} />}
        isPressed={hasMinimap}
        onClick={onMinimap}
      />
    </div>
  );
}
