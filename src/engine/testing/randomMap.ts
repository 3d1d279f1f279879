import * as fc from 'fast-check';
import { type CausalMap, createEdge, createNode } from '../graph/causalMap';

/** Names a column may well have and that careless code trips over. */
export const nastyNames: readonly string[] = [
  '__proto__',
  'constructor',
  'blood pressure',
  'say "hi"',
  'a -> b',
  'x;y,z|w',
  'back\\slash\\',
  '\\"',
  'Größe (kg/m²)',
  '体重',
  '-1.5',
  '007',
  'node',
  'graph',
  'strict',
  'two\nlines',
  "it's",
  '{x}',
  '[e]',
  '// note',
  '# no',
  '😀',
];

/** Acyclic maps of up to `most` nodes named V0, V1, ...; `names` replaces the names in order. */
export function randomMap(most: number, { latent = true, bidirected = true, names = [] as readonly string[] } = {}) {
  const nameOf = (i: number) => names[i] ?? `V${i}`;
  return fc.integer({ min: 2, max: most }).chain((size) => {
    const pairs: [number, number][] = [];
    for (let a = 0; a < size; a++) for (let b = a + 1; b < size; b++) pairs.push([a, b]);
    return fc
      .record({
        // Weight of 0 keeps the maps sparse enough to have separations.
        kinds: fc.array(fc.constantFrom(0, 0, 1, 1, bidirected ? 2 : 0, bidirected ? 3 : 1), {
          minLength: pairs.length,
          maxLength: pairs.length,
        }),
        latents: fc.array(fc.constantFrom(false, false, latent), { minLength: size, maxLength: size }),
        rank: fc.shuffledSubarray(
          Array.from({ length: size }, (_, i) => i),
          { minLength: size, maxLength: size },
        ),
      })
      .map(
        ({ kinds, latents, rank }): CausalMap => ({
          nodes: latents.map((isLatent, i) => createNode(nameOf(i), { latent: isLatent })),
          edges: pairs.flatMap(([a, b], k) => {
            const [from, to] = [nameOf(rank[a]!), nameOf(rank[b]!)];
            const kind = kinds[k]!;
            return [
              ...(kind === 1 || kind === 3 ? [createEdge(from, to)] : []),
              ...(kind >= 2 ? [createEdge(from, to, '<->')] : []),
            ];
          }),
        }),
      );
  });
}

/** Three disjoint sets of node names of a map, the first two not empty; `observedOnly` leaves latent nodes out. */
export function threeSets(map: CausalMap, observedOnly = false) {
  const names = map.nodes.filter((node) => !observedOnly || !node.latent).map((node) => node.name);
  return fc
    .array(fc.constantFrom('x', 'y', 'z', '-'), { minLength: names.length, maxLength: names.length })
    .map((places) => {
      const at = (place: string) => names.filter((_, i) => places[i] === place);
      return { x: at('x'), y: at('y'), z: at('z') };
    })
    .filter(({ x, y }) => x.length > 0 && y.length > 0);
}
