import { useStudio } from '../../state/StudioProvider';

/** What to do next on a map that says nothing yet; nothing once it has an arrow. */
export function CanvasHint() {
  const nodes = useStudio((s) => s.project.map.nodes.length);
  const edges = useStudio((s) => s.project.map.edges.length);
  const hasTable = useStudio((s) => s.project.data !== undefined && s.project.data !== null);
  if (edges > 0 || (nodes === 0 && !hasTable)) return null;
  return (
    <p className="map-hint">
      {nodes < 2
        ? 'Drag columns from the list onto the canvas, then draw an arrow from each cause to what it causes.'
        : 'Draw an arrow: drag from the rim of a cause onto what it causes. By keyboard: the list view.'}
    </p>
  );
}
