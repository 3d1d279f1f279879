import { type EdgeKey, isSameEdge } from '../../engine/graph/causalMap';
import { useStudio } from '../../state/StudioProvider';
import { EdgeInspector } from './EdgeInspector';
import { MapPanels } from './MapPanels';
import { NodeInspector } from './NodeInspector';

const noneChosen: { readonly nodes: readonly string[]; readonly edges: readonly EdgeKey[] } = { nodes: [], edges: [] };

/** What is selected on the map, why the tool says so and what can be done; with nothing selected, the map's claims. */
export function MapInspector() {
  const selection = useStudio((s) => s.selection);
  const map = useStudio((s) => s.project.map);
  const chosen = selection.kind === 'map' ? selection : noneChosen;
  const nodes = map.nodes.filter(({ name }) => chosen.nodes.includes(name));
  const edges = map.edges.filter((edge) => chosen.edges.some((other) => isSameEdge(other, edge)));
  const [node] = nodes;
  const [edge] = edges;
  if (nodes.length === 1 && node) return <NodeInspector key={node.name} node={node} />;
  if (nodes.length === 0 && edges.length === 1 && edge)
    return <EdgeInspector key={`${edge.from} ${edge.kind} ${edge.to}`} edge={edge} />;
  // The overview stays in its place, with what is open in it, when a path or a pair is selected from it.
  return (
    <>
      {nodes.length + edges.length > 1 && <ManySelected nodes={nodes.length} edges={edges.length} />}
      <MapPanels />
    </>
  );
}

function ManySelected({ nodes, edges }: { readonly nodes: number; readonly edges: number }) {
  return (
    <p className="inspector-note">
      {nodes} {nodes === 1 ? 'node' : 'nodes'} and {edges} {edges === 1 ? 'arrow' : 'arrows'} selected. Drag to move
      them, Delete to remove them, Escape to let go.
    </p>
  );
}
