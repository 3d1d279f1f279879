import { type CausalMap, createEdge } from '../graph/causalMap';
import { cycleIfAdded, dagOf } from '../graph/dag';
import { shownName } from '../graph/path';
import { smallestSeparatorIndices } from '../graph/separators';
import type { Knowledge } from './knowledge';
import type { PairFrequency } from './pairFrequencies';
import type { StrengthBound } from './strengthBound';

/** One thing that the data would allow and the map does not say. */
export interface ArrowHint {
  /** A link that is not drawn; a drawn edge that the data do without; a drawn arrow that they turn round. */
  readonly kind: 'add' | 'remove' | 'reverse';
  readonly from: string;
  readonly to: string;
  /** `add`, `reverse`: the edge to draw, `--` where the direction is undecided. `remove`: the edge that is drawn. */
  readonly edge: '->' | '<->' | '--';
  /** Share of resamples behind the hint: with the link, without it, with the arrow turned round. */
  readonly share: number;
  readonly text: string;
}

/** An edge that is weaker than this for certain may be asked about. */
const WEAK = 0.05;

/**
 * The frequencies against the map, most frequent first. An arrow that knowledge rules out, or that would close a cycle with
 * the drawn arrows or with a hint before it, is never suggested: the link is then shown without direction, if at all.
 * A drawn edge that resamples lack is a hint only where it is weak for certain: few rows miss what is there.
 * @param names Columns in the order of the knowledge.
 */
export function arrowHints(
  map: CausalMap,
  names: readonly string[],
  pairs: readonly PairFrequency[],
  knowledge: Knowledge,
  threshold: number,
  resamples: number,
  strengthBound: StrengthBound,
): ArrowHint[] {
  const frequencyOf = new Map(pairs.map((pair) => [pairKey(pair.a, pair.b), pair]));
  const isColumn = new Set(names);
  const count = (share: number) => `${Math.round(share * resamples)} of ${resamples} resamples`;
  const hints: ArrowHint[] = [];
  let drawn = map;
  const indexOf = new Map(names.map((name, i) => [name, i]));
  const isAllowed = (from: string, to: string) =>
    knowledge.allowed[indexOf.get(from)! * knowledge.size + indexOf.get(to)!] === 1;
  const draw = (from: string, to: string) => {
    drawn = { ...drawn, edges: [...drawn.edges, createEdge(from, to)] };
  };

  for (const edge of map.edges) {
    const { from, to, kind, confidence } = edge;
    if (confidence === 'certain' || !isColumn.has(from) || !isColumn.has(to)) continue;
    const pair = frequencyOf.get(pairKey(from, to));
    const present = pair?.present ?? 0;
    if (present < 1 - threshold) {
      const bound = strengthBound(from, to);
      if (bound > WEAK) continue;
      hints.push({
        kind: 'remove',
        from,
        to,
        edge: kind,
        share: 1 - present,
        text: `The data would also allow a map without ${shownName(from)} ${kind} ${shownName(to)}: ${count(1 - present)} do without it, and its straight-line strength is ${bound.toFixed(3)} at most on a scale of 0 to 1.`,
      });
      continue;
    }
    const turned = !pair ? 0 : pair.a === to ? pair.forward : pair.backward;
    if (kind !== '->' || turned < threshold || !isAllowed(to, from)) continue;
    const without = { ...drawn, edges: drawn.edges.filter((other) => other !== edge) };
    if (cycleIfAdded(without, to, from)) continue;
    drawn = without;
    draw(to, from);
    hints.push({
      kind: 'reverse',
      from: to,
      to: from,
      edge: '->',
      share: turned,
      text: `The data would also allow ${shownName(to)} -> ${shownName(from)} in place of ${shownName(from)} -> ${shownName(to)}: ${count(turned)} point that way.`,
    });
  }

  const isExplained = explainedPairs(map, isColumn);
  const added = pairs
    .filter(({ a, b, present }) => present >= threshold && !isExplained(a, b))
    .sort((one, other) => other.present - one.present);
  for (const pair of added) {
    const link = `a link between ${shownName(pair.a)} and ${shownName(pair.b)}`;
    const fits = (from: string, to: string) => isAllowed(from, to) && cycleIfAdded(drawn, from, to) === null;
    const base = { kind: 'add', share: pair.present } as const;
    const most = pair.forward >= pair.backward ? pair.forward : pair.backward;
    const [from, to] = pair.forward >= pair.backward ? [pair.a, pair.b] : [pair.b, pair.a];
    if (most >= threshold * pair.present) {
      const arrow = `${shownName(from)} -> ${shownName(to)}`;
      if (fits(from, to)) {
        draw(from, to);
        const text = `The data would also allow ${arrow}: ${count(pair.present)} have the link, ${Math.round(most * resamples)} in this direction.`;
        hints.push({ ...base, from, to, edge: '->', text });
      } else {
        const text = `The data would also allow ${link}, in ${count(pair.present)}. Most say ${arrow}, which would close a cycle of arrows, so its direction is open; an unrecorded common cause is another reading.`;
        hints.push({ ...base, from: pair.a, to: pair.b, edge: '--', text });
      }
      continue;
    }
    const text = `The data would also allow ${link}, in ${count(pair.present)}; its direction is undecided.`;
    hints.push({ ...base, from: pair.a, to: pair.b, edge: '--', text: `${text}${mapOnDirection(pair, fits)}` });
  }
  return hints.sort((one, other) => other.share - one.share);
}

/** What the map adds where the data leave a direction open. */
function mapOnDirection({ a, b }: PairFrequency, fits: (from: string, to: string) => boolean): string {
  const [forward, backward] = [fits(a, b), fits(b, a)];
  if (forward === backward) return forward ? '' : ' Neither direction fits the map; an unrecorded common cause would.';
  const [from, to] = forward ? [a, b] : [b, a];
  return ` With the map as drawn only ${shownName(from)} -> ${shownName(to)} is possible.`;
}

/**
 * Whether the map already says that two columns are dependent whatever else is held fixed: joined by an edge, or through
 * nodes without a column.
 */
function explainedPairs(map: CausalMap, isColumn: ReadonlySet<string>): (a: string, b: string) => boolean {
  const dag = dagOf({ ...map, nodes: map.nodes.map((node) => ({ ...node, latent: !isColumn.has(node.name) })) });
  return (a, b) => {
    const [x, y] = [dag.indexOf.get(a), dag.indexOf.get(b)];
    return x !== undefined && y !== undefined && smallestSeparatorIndices(dag, x, y) === null;
  };
}

const pairKey = (a: string, b: string) => JSON.stringify([a, b].sort());
