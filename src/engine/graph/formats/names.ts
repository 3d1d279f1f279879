import { type CausalMap, createEdge, createNode } from '../causalMap';
import { listed, shownName } from '../path';

/**
 * Writes a name in a format without quotes: characters that `plain` does not match become %XX, the bytes of UTF-8 in
 * hexadecimal, and so does a % that would be read as such. Ordinary names stay as they are; `unescapedName` is the inverse.
 */
export const escapedName = (name: string, plain: RegExp): string =>
  [...name.replace(/%(?=[0-9A-Fa-f]{2})/g, '%25')]
    .map((character, i, all) => {
      const isEscape = character === '%' && all[i + 1] === '2' && all[i + 2] === '5';
      return plain.test(character) || isEscape ? character : percentEncoded(character);
    })
    .join('');

/** Lone surrogates are no text in UTF-8 and become the replacement character. */
const percentEncoded = (character: string): string =>
  encodeURIComponent(/^[\uD800-\uDFFF]$/.test(character) ? '\uFFFD' : character).replace(
    /^[^%]$/,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );

/** The name that `escapedName` wrote; a sequence that is no UTF-8 is left as it stands. */
export const unescapedName = (written: string): string =>
  written.replace(/(?:%[0-9A-Fa-f]{2})+/g, (run) => {
    try {
      return decodeURIComponent(run);
    } catch {
      return run;
    }
  });

/**
 * The map with a latent node in the place of each `<->`, for formats that have no double arrow: the same separations among
 * recorded nodes. Leaving the `<->` out instead would claim an independence that nobody believes.
 */
export function withHiddenCauses(map: CausalMap, format: string): { map: CausalMap; losses: string[] } {
  const ties = map.edges.filter(({ kind }) => kind === '<->');
  if (ties.length === 0) return { map, losses: [] };
  const taken = new Set(map.nodes.map(({ name }) => name));
  const nodes = [...map.nodes];
  const edges = map.edges.filter(({ kind }) => kind === '->');
  let count = 1;
  for (const { from, to, reason } of ties) {
    while (taken.has(`U${count}`)) count++;
    const name = `U${count}`;
    taken.add(name);
    nodes.push(createNode(name, { latent: true }));
    edges.push(createEdge(name, from, '->', { reason }), createEdge(name, to, '->', { reason }));
  }
  const told = ties.length === 1 ? 'One <-> is' : `${ties.length} <-> are`;
  return {
    map: { ...map, nodes, edges },
    losses: [`${told} written as an unrecorded variable that causes both ends: ${format} has no double arrow.`],
  };
}

/** The sentence for a format that cannot mark a variable as unrecorded. */
export function hiddenAsOrdinary(map: CausalMap, format: string): string[] {
  const latent = map.nodes.filter((node) => node.latent).map(({ name }) => shownName(name));
  return latent.length === 0
    ? []
    : [
        `${format} cannot mark ${listed(latent)} as unrecorded: ${latent.length === 1 ? 'it reads' : 'they read'} as ordinary.`,
      ];
}
