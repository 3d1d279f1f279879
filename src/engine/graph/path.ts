export type Arrow = '->' | '<-' | '<->';

/** A path as one would draw it: `arrows[i]` joins `nodes[i]` and `nodes[i + 1]`. */
export interface DrawnPath {
  readonly nodes: readonly string[];
  readonly arrows: readonly Arrow[];
  /** The path in words, such as `smoking -> tar -> cancer`. */
  readonly text: string;
}

/** A name as it stands in a sentence: quoted only where it would be misread as more than one word or as an arrow. */
export const shownName = (name: string): string => (/^[^\s"'<>,;|]+$/.test(name) ? name : JSON.stringify(name));

export function drawnPath(nodes: readonly string[], arrows: readonly Arrow[]): DrawnPath {
  let text = nodes.length > 0 ? shownName(nodes[0]!) : '';
  arrows.forEach((arrow, i) => {
    text += ` ${arrow} ${shownName(nodes[i + 1]!)}`;
  });
  return { nodes, arrows, text };
}

export const directedPathOf = (nodes: readonly string[]): DrawnPath =>
  drawnPath(
    nodes,
    nodes.slice(1).map(() => '->' as const),
  );

/** Several items in a sentence: "a, b and c". */
export const listed = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
