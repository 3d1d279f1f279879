import { type CausalMap, edgeKey } from './causalMap';

/**
 * A map as it was written anew elsewhere, with what the text cannot say taken from the old one: of nodes and edges that are
 * on both, tags, notes, tiers, reasons and the like; places where the text gives none; comments, lanes and forbidden arrows.
 */
export function redrawn(old: CausalMap, written: CausalMap): CausalMap {
  const nodes = new Map(old.nodes.map((node) => [node.name, node]));
  const edges = new Map(old.edges.map((edge) => [edgeKey(edge), edge]));
  return {
    ...old,
    nodes: written.nodes.map((node) => {
      const known = nodes.get(node.name);
      if (!known) return node;
      return { ...known, latent: node.latent, selected: node.selected, position: node.position ?? known.position };
    }),
    edges: written.edges.map((edge) => edges.get(edgeKey(edge)) ?? edge),
  };
}
