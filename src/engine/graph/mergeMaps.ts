import type { CausalMap } from './causalMap';
import { refusalOf } from './refusal';

/** `name` with the lowest number that no node of the map has: "motive 2". */
export function freshName(map: CausalMap, name: string): string {
  const taken = new Set(map.nodes.map((node) => node.name));
  const stem = name.replace(/ \d+$/, '');
  let count = 2;
  while (taken.has(`${stem} ${count}`)) count++;
  return taken.has(name) ? `${stem} ${count}` : name;
}

/** How far what was pasted stands from where it stood, in pixels, so that it does not hide its original. */
const SHIFT = 32;

/**
 * A map with another one added. A recorded node of the same name is the same column and stays as it is; an unrecorded one
 * gets a fresh name, since two unrecorded variables of one name need not be the same. Edges that cannot be (drawn already,
 * closing a cycle, back in time, forbidden) are left out and counted.
 */
export function mergeMaps(
  map: CausalMap,
  pasted: CausalMap,
): { map: CausalMap; added: readonly string[]; leftOut: number } {
  let merged = map;
  const nameOf = new Map<string, string>();
  const added: string[] = [];
  for (const node of pasted.nodes) {
    const known = merged.nodes.find((one) => one.name === node.name);
    const isSame = known && !known.latent && !node.latent;
    const name = isSame ? node.name : freshName(merged, node.name);
    nameOf.set(node.name, name);
    if (isSame) continue;
    added.push(name);
    const position = node.position && { x: node.position.x + SHIFT, y: node.position.y + SHIFT };
    merged = { ...merged, nodes: [...merged.nodes, { ...node, name, position }] };
  }
  let leftOut = 0;
  for (const edge of pasted.edges) {
    const [from, to] = [nameOf.get(edge.from)!, nameOf.get(edge.to)!];
    if (refusalOf(merged, from, to, edge.kind)) leftOut++;
    else merged = { ...merged, edges: [...merged.edges, { ...edge, from, to }] };
  }
  return { map: merged, added, leftOut };
}
