import { EngineError } from '../errors';
import type { CausalMap } from './causalMap';
import { colliderPath } from './colliderPath';
import { type Dag, dagOf, directedPath, nodeIndex, reached } from './dag';
import { findOpenPath } from './dSeparation';
import { instrumentGiven } from './instrument';
import { type DrawnPath, directedPathOf, listed, shownName } from './path';

/** What a variable is for the question "what does the exposure do to the outcome?", read off the arrows. */
export type Role =
  | 'exposure'
  | 'outcome'
  | 'confounder'
  | 'mediator'
  | 'collider'
  | 'instrument'
  | 'cause-of-exposure'
  | 'cause-of-outcome'
  | 'effect-of-outcome'
  | 'effect-of-exposure'
  | 'proxy'
  | 'unrelated';

export interface NodeRole {
  readonly node: string;
  readonly role: Role;
  /** The paths that prove it; empty for the exposure, the outcome and the unrelated. */
  readonly paths: readonly DrawnPath[];
  /** Plain words first, the term second, between asterisks. */
  readonly sentence: string;
}

/**
 * The roles of every node, in drawing order; a node has at least one and can have several.
 * With X the exposure and Y the outcome:
 * confounder: causes X, and causes Y by a path that avoids X; mediator: on a directed path from X to Y;
 * collider: two arrowheads meet in it on a path between X and Y that conditioning on it would open;
 * instrument: causes X, and is tied to Y through the effect of X only, perhaps once other nodes are held fixed;
 * cause-of-exposure: causes X, but is tied to Y in another way too, without causing it; cause-of-outcome: causes Y, not X;
 * effect-of-outcome: caused by Y; effect-of-exposure: caused by X by a path that avoids Y, and no cause of Y;
 * proxy: none of these, yet not independent of X and Y; unrelated: independent of both.
 * Without an exposure: cause or effect of the outcome, proxy or unrelated.
 * @throws EngineError as `dagOf`; `unknown-column` when the map lacks the exposure or the outcome; `bad-parameter` when
 * they are the same node.
 * @see Causal Inference: What If, 2020, chapters 6 to 9 and 16.
 */
export function rolesOf(map: CausalMap, exposure: string | null, outcome: string): NodeRole[] {
  const dag = dagOf(map);
  const question = questionOf(dag, exposure, outcome);
  return dag.names.flatMap((_, node) => rolesOfNode(dag, node, question));
}

/** The exposure (null when none was chosen) and outcome as node indices, with what they reach. */
export interface Question {
  readonly x: number | null;
  readonly y: number;
  readonly causesY: Uint8Array;
  readonly causedByY: Uint8Array;
  readonly causesX: Uint8Array;
  readonly causedByX: Uint8Array;
}

export function questionOf(dag: Dag, exposure: string | null, outcome: string): Question {
  const y = nodeIndex(dag, outcome);
  const x = exposure === null ? null : nodeIndex(dag, exposure);
  if (x === y)
    throw new EngineError('bad-parameter', `${shownName(outcome)} cannot be both the exposure and the outcome.`, {
      column: outcome,
    });
  const seeds = x === null ? [] : [x];
  return {
    x,
    y,
    causesY: reached(dag.parents, [y]),
    causedByY: reached(dag.children, [y]),
    causesX: reached(dag.parents, seeds),
    causedByX: reached(dag.children, seeds),
  };
}

export function rolesOfNode(dag: Dag, node: number, question: Question): NodeRole[] {
  return question.x === null ? [roleForOutcome(dag, node, question)] : rolesForEffect(dag, node, question.x, question);
}

function roleForOutcome(dag: Dag, node: number, { y, causesY, causedByY }: Question): NodeRole {
  const name = dag.names[node]!;
  const shownY = shownName(dag.names[y]!);
  const role = (id: Role, sentence: string, ...paths: (DrawnPath | null)[]): NodeRole => ({
    node: name,
    role: id,
    paths: paths.filter((path) => path !== null),
    sentence,
  });
  if (node === y) return role('outcome', 'The variable to be explained: the *outcome*.');
  if (causesY[node])
    return role('cause-of-outcome', `Causes ${shownY}: a *cause of the outcome*.`, pathBetween(dag, node, y));
  if (causedByY[node])
    return role('effect-of-outcome', `Is caused by ${shownY}: an *effect of the outcome*.`, pathBetween(dag, y, node));
  const link = findOpenPath(dag, [name], [dag.names[y]!], []);
  return link
    ? role('proxy', `Moves with ${shownY} through a shared cause, without causing it: a *proxy*.`, link)
    : role('unrelated', `Nothing on the map ties it to ${shownY}: *unrelated*.`);
}

function rolesForEffect(dag: Dag, node: number, x: number, question: Question): NodeRole[] {
  const { y, causesX, causesY, causedByX, causedByY } = question;
  const name = dag.names[node]!;
  const [shownX, shownY] = [shownName(dag.names[x]!), shownName(dag.names[y]!)];
  const roles: NodeRole[] = [];
  const add = (role: Role, sentence: string, ...paths: (DrawnPath | null)[]) =>
    roles.push({ node: name, role, paths: paths.filter((path) => path !== null), sentence });

  if (node === x) {
    add('exposure', 'The cause under study: the *exposure*.');
    return roles;
  }
  if (node === y) {
    add('outcome', 'The variable to be explained: the *outcome*.');
    return roles;
  }

  const ownWayToY = pathBetween(dag, node, y, [x]);
  if (causesX[node] && ownWayToY)
    add('confounder', `Causes both ${shownX} and ${shownY}: a *confounder*.`, pathBetween(dag, node, x), ownWayToY);
  if (causedByX[node] && causesY[node])
    add(
      'mediator',
      `Passes on part of what ${shownX} does to ${shownY}: a *mediator*.`,
      throughNode(pathBetween(dag, x, node)!, pathBetween(dag, node, y)!),
    );
  const meeting = colliderPath(dag, node, x, y);
  if (meeting)
    add(
      'collider',
      causedByX[node] && causedByY[node]
        ? `Both ${shownX} and ${shownY} cause it: a *collider*.`
        : `Two arrows meet in it between ${shownX} and ${shownY}, so holding it fixed would tie them: a *collider*.`,
      meeting,
    );
  if (causesX[node] && !ownWayToY) {
    const given = instrumentGiven(dag, node, x, y);
    if (given) {
      const held = given.map((i) => shownName(dag.names[i]!));
      const condition = held.length > 0 ? `, once ${listed(held)} ${held.length > 1 ? 'are' : 'is'} held fixed` : '';
      add(
        'instrument',
        `Moves ${shownX} and is tied to ${shownY} through it only${condition}: an *instrument*.`,
        pathBetween(dag, node, x),
      );
    } else
      add(
        'cause-of-exposure',
        `Causes ${shownX}, and is tied to ${shownY} in another way without causing it: a *cause of the exposure*.`,
        pathBetween(dag, node, x),
      );
  }
  if (causesY[node] && !causesX[node] && !causedByX[node])
    add(
      'cause-of-outcome',
      `Causes ${shownY} and has no part in causing ${shownX}: a *cause of the outcome only*.`,
      pathBetween(dag, node, y),
    );
  if (causedByY[node])
    add('effect-of-outcome', `Is caused by ${shownY}: an *effect of the outcome*.`, pathBetween(dag, y, node));
  const sideEffect = causedByX[node] && !causesY[node] ? pathBetween(dag, x, node, [y]) : null;
  if (sideEffect)
    add(
      'effect-of-exposure',
      `Is caused by ${shownX} and does nothing to ${shownY}: an *effect of the exposure*.`,
      sideEffect,
    );
  if (roles.length === 0) {
    const links = [x, y].map((end) => findOpenPath(dag, [name], [dag.names[end]!], []));
    const tied = [links[0] ? shownX : '', links[1] ? shownY : ''].filter((text) => text !== '');
    if (tied.length > 0)
      add(
        'proxy',
        `Moves with ${tied.join(' and ')} through a shared cause, without causing either: a *proxy*.`,
        ...links,
      );
    else add('unrelated', `Nothing on the map ties it to ${shownX} or ${shownY}: *unrelated*.`);
  }
  return roles;
}

function pathBetween(dag: Dag, from: number, to: number, avoid: readonly number[] = []): DrawnPath | null {
  const path = directedPath(dag, from, to, avoid);
  return path && directedPathOf(path.map((i) => dag.names[i]!));
}

const throughNode = (before: DrawnPath, after: DrawnPath): DrawnPath =>
  directedPathOf([...before.nodes, ...after.nodes.slice(1)]);
