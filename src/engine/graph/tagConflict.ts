import { type CausalMap, createEdge, type RoleTag } from './causalMap';
import { type Dag, dagOf, nodeIndex, reached } from './dag';
import { instrumentGiven } from './instrument';
import { applyEdit, editInWords, type MapEdit } from './mapEdit';
import { listed, shownName } from './path';
import { type NodeRole, questionOf, rolesOfNode } from './roles';

/**
 * One sentence that says how the expert's tag on a node contradicts the arrows and which edit would make the tag true;
 * null when there is no tag, when the arrows bear it out, or when it cannot be judged without an exposure.
 * A node below a collider counts as one too, since conditioning on it opens the same path; so does an instrument that needs
 * other nodes held fixed.
 * @throws EngineError as `rolesOf`; `unknown-column` for a node the map does not have.
 */
export function tagConflict(
  map: CausalMap,
  node: string,
  exposure: string | null,
  outcome: string | null,
): string | null {
  const dag = dagOf(map);
  const index = nodeIndex(dag, node);
  const tag = map.nodes[index]!.tag;
  const shown = shownName(node);
  if (tag === null || outcome === null) return null;
  if (tag === 'exposure' || tag === 'outcome') {
    const chosen = tag === 'exposure' ? exposure : outcome;
    if (chosen === null || chosen === node) return null;
    return `You tagged ${shown} as the ${tag}, but the ${tag} chosen is ${shownName(chosen)}: choose ${shown} instead, or take the tag off.`;
  }
  if (exposure === null || tagHolds(dag, index, tag, exposure, outcome)) return null;
  if (node === exposure || node === outcome)
    return `You tagged ${shown} as ${withArticle(tag)}, but it is the ${node === exposure ? 'exposure' : 'outcome'} itself: take the tag off.`;

  const roles = rolesOfNode(dag, index, questionOf(dag, exposure, outcome));
  const [edits] = editsThatMakeTrue(map, node, tag, exposure, outcome);
  const way = edits
    ? `Change the tag, or ${listed(edits.map(editInWords))} to make it true.`
    : 'Change the tag, or redraw the arrows around it.';
  return `You tagged ${shown} as ${withArticle(tag)}, but your arrows make it ${listed(roles.map(roleInWords))}. ${way}`;
}

/** Ways to make a tag true that are offered; more are hard to choose from. */
const MOST_WAYS = 3;

/**
 * The ways to make a tag true with the fewest changes of arrows at the node (one, else two) that the map can take, at most
 * three; none when no such change does. Drawing comes before reversing, reversing before removing.
 * @throws EngineError as `rolesOf`.
 */
export function editsThatMakeTrue(
  map: CausalMap,
  node: string,
  tag: RoleTag,
  exposure: string,
  outcome: string,
): MapEdit[][] {
  const holds = (edited: CausalMap) => {
    const dag = dagOf(edited);
    return tagHolds(dag, nodeIndex(dag, node), tag, exposure, outcome);
  };
  const singles = possibleEdits(map, node, exposure, outcome).flatMap((edit) => {
    const edited = applyEdit(map, edit);
    return edited ? [{ edit, edited }] : [];
  });
  const enough = singles.filter(({ edited }) => holds(edited)).slice(0, MOST_WAYS);
  if (enough.length > 0) return enough.map(({ edit }) => [edit]);
  const ways: MapEdit[][] = [];
  const seen = new Set<string>();
  for (const { edit, edited } of singles) {
    for (const second of possibleEdits(edited, node, exposure, outcome)) {
      const twice = applyEdit(edited, second);
      if (!twice || !holds(twice)) continue;
      const key = [edit, second].map(editInWords).sort().join();
      if (seen.has(key)) continue;
      seen.add(key);
      ways.push([edit, second]);
      if (ways.length >= MOST_WAYS) return ways;
    }
  }
  return ways;
}

function possibleEdits(map: CausalMap, node: string, exposure: string, outcome: string): MapEdit[] {
  const arrows = map.edges.filter((edge) => edge.kind === '->' && (edge.from === node || edge.to === node));
  const drawn = new Set(arrows.map((edge) => (edge.from === node ? edge.to : edge.from)));
  const free = [exposure, outcome].filter((end) => !drawn.has(end));
  const draws = free.flatMap((end): MapEdit[] => [
    { kind: 'draw', edge: createEdge(node, end) },
    { kind: 'draw', edge: createEdge(end, node) },
  ]);
  return [
    ...draws,
    ...arrows.map((edge): MapEdit => ({ kind: 'reverse', edge })),
    ...arrows.map((edge): MapEdit => ({ kind: 'remove', edge })),
  ];
}

function tagHolds(dag: Dag, node: number, tag: RoleTag, exposure: string, outcome: string): boolean {
  const question = questionOf(dag, exposure, outcome);
  if (rolesOfNode(dag, node, question).some(({ role }) => role === tag)) return true;
  if (tag === 'instrument')
    return !question.causedByX[node] && instrumentGiven(dag, node, question.x!, question.y) !== null;
  if (tag !== 'collider' || node === question.x || node === question.y) return false;
  const above = reached(dag.parents, [node]);
  return dag.names.some((_, i) => above[i] && rolesOfNode(dag, i, question).some(({ role }) => role === 'collider'));
}

const withArticle = (tag: RoleTag): string => `${tag === 'instrument' ? 'an' : 'a'} ${tag}`;

const roleNames: Record<NodeRole['role'], string> = {
  exposure: 'the exposure',
  outcome: 'the outcome',
  confounder: 'a confounder',
  mediator: 'a mediator',
  collider: 'a collider',
  instrument: 'an instrument',
  'cause-of-exposure': 'a cause of the exposure',
  'cause-of-outcome': 'a cause of the outcome only',
  'effect-of-outcome': 'an effect of the outcome',
  'effect-of-exposure': 'an effect of the exposure',
  proxy: 'a proxy',
  unrelated: 'unrelated',
};

const roleInWords = ({ role, paths }: NodeRole): string =>
  paths.length > 0 ? `${roleNames[role]} (${paths.map((path) => path.text).join('; ')})` : roleNames[role];
