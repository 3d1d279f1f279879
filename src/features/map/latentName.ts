import type { CausalMap } from '../../engine/graph/causalMap';

/** A name for a new unrecorded variable that no node has yet: U1, U2 and so on. */
export function freshLatentName(map: CausalMap): string {
  const taken = new Set(map.nodes.map(({ name }) => name));
  let i = 1;
  while (taken.has(`U${i}`)) i++;
  return `U${i}`;
}
