import type { CausalMap } from './causalMap';
import { type Dag, dagOf, nodeIndex, reached } from './dag';
import { districtIndices } from './districts';
import { separated } from './dSeparation';
import { nodesOf } from './effectGraph';
import { type Estimand, freeVariables, one, product, ratio, sumOver } from './estimand';
import { projectLatents } from './projection';

/**
 * Why an effect cannot be read from any amount of data: two districts, the smaller inside the larger, that reach the outcomes
 * with and without the exposures. Two models then agree on everything recorded and disagree on the effect.
 */
export interface Hedge {
  readonly whole: readonly string[];
  /** The part that holds none of the exposures. */
  readonly part: readonly string[];
}

export type Identification =
  | {
      readonly isIdentified: true;
      /** Equals P(outcomes | do(exposures)) in every model of the map. */
      readonly estimand: Estimand;
      /** Other variables it mentions: any value of them gives the same number. */
      readonly anyValueOf: readonly string[];
    }
  | { readonly isIdentified: false; readonly hedge: Hedge };

/**
 * Whether P(outcomes | do(exposures)) follows from the map and the law of the recorded variables, and how: the ID algorithm
 * on the latent projection. It is complete: where it gives no formula there is none.
 * Conditions of the laws in the formula are shortened by separation; the formula is exact, not necessarily the shortest.
 * @throws EngineError as `dagOf`; `unknown-column` for a name that is no recorded node.
 * @see Shpitser and Pearl, Identification of joint interventional distributions in recursive semi-Markovian causal models,
 * AAAI 2006, figure 3.
 */
export function identifyEffect(
  map: CausalMap,
  exposures: readonly string[],
  outcomes: readonly string[],
): Identification {
  const dag = dagOf(projectLatents(map));
  const mask = (names: readonly string[]) =>
    maskOf(
      dag,
      names.map((name) => nodeIndex(dag, name)),
    );
  const all = new Uint8Array(dag.names.length).fill(1);
  try {
    const estimand = identify(mask(outcomes), mask(exposures), {
      dag,
      nodes: all,
      joint: null,
      conditionals: new Map(),
    });
    const asked = new Set([...exposures, ...outcomes]);
    return {
      isIdentified: true,
      estimand,
      anyValueOf: [...freeVariables(estimand)].filter((name) => !asked.has(name)),
    };
  } catch (failure) {
    if (failure instanceof HedgeFound) return { isIdentified: false, hedge: failure.hedge };
    throw failure;
  }
}

class HedgeFound extends Error {
  constructor(readonly hedge: Hedge) {
    super('hedge');
  }
}

/** A law over the nodes of a subgraph. */
interface Law {
  /** The graph with arrows among `nodes` only. */
  readonly dag: Dag;
  readonly nodes: Uint8Array;
  /** Null for the observed law, of which every part is written directly. */
  readonly joint: Estimand | null;
  /** P(node | earlier nodes) of the nodes for which it stands as a factor of `joint`. */
  readonly conditionals: ReadonlyMap<number, Estimand>;
}

function identify(y: Uint8Array, x: Uint8Array, law: Law): Estimand {
  const { dag, nodes } = law;
  const names = (mask: Uint8Array) => nodesOf(mask).map((i) => dag.names[i]!);
  // 1. Without an intervention the law is summed over the rest.
  if (!some(x)) return marginal(law, names(minus(nodes, y)));
  // 2. What does not cause the outcomes is summed out.
  const causes = reached(dag.parents, nodesOf(y));
  if (some(minus(nodes, causes))) return identify(y, meet(x, causes), within(law, causes));
  // 3. Setting what reaches the outcomes through the exposures only changes nothing.
  const barred: Dag = {
    ...dag,
    parents: dag.parents.map((list, i) => (x[i] ? [] : list)),
    spouses: dag.spouses.map((list, i) => (x[i] ? [] : list.filter((j) => !x[j]))),
  };
  const idle = minus(minus(nodes, x), reached(barred.parents, nodesOf(y)));
  if (some(idle)) return identify(y, join(x, idle), law);
  // 4. Each district of what is left is a factor of its own.
  const rest = minus(nodes, x);
  const parts = districtsOf(dag, rest);
  if (parts.length > 1)
    return sumOver(names(minus(rest, y)), product(parts.map((part) => identify(part, minus(nodes, part), law))));
  const part = parts[0]!;
  // 5. One district with and without the exposures: a hedge.
  const wholes = districtsOf(dag, nodes);
  if (wholes.length === 1) throw new HedgeFound({ whole: names(nodes), part: names(part) });
  const whole = wholes.find((district) => nodesOf(part).every((i) => district[i] === 1))!;
  const order = dag.order.filter((i) => whole[i] === 1);
  // 6. A district of the whole graph: the product of its conditional laws.
  if (nodesOf(whole).length === nodesOf(part).length)
    return sumOver(names(minus(part, y)), product(order.map((node) => conditional(law, node))));
  // 7. Part of a larger district: go on inside that one, with the product of its conditional laws as the law.
  const conditionals = new Map(order.map((node) => [node, conditional(law, node)]));
  const joint = product([...conditionals.values()]);
  return identify(y, meet(x, whole), { dag: induced(dag, whole), nodes: whole, joint, conditionals });
}

/** P(node | the nodes of the law before it), with conditions that change nothing left out. */
function conditional(law: Law, node: number): Estimand {
  const { dag, nodes, joint, conditionals } = law;
  const order = dag.order.filter((i) => nodes[i] === 1);
  const place = order.indexOf(node);
  const name = (i: number) => dag.names[i]!;
  if (joint !== null) {
    const known = conditionals.get(node);
    if (known) return known;
    const top = sumOver(order.slice(place + 1).map(name), joint);
    return ratio(top, sumOver([name(node)], top));
  }
  const earlier = order.slice(0, place);
  let given = earlier;
  for (const other of earlier) {
    const without = given.filter((i) => i !== other);
    if (separated(dag, [node], [other], without)) given = without;
  }
  return { kind: 'law', of: [name(node)], given: [...given].sort((a, b) => a - b).map(name) };
}

function marginal({ dag, nodes, joint }: Law, over: readonly string[]): Estimand {
  if (joint !== null) return sumOver(over, joint);
  const of = nodesOf(nodes)
    .map((i) => dag.names[i]!)
    .filter((name) => !over.includes(name));
  return of.length === 0 ? one : { kind: 'law', of, given: [] };
}

/** The law of an ancestral part: the rest is summed out. */
function within({ dag, nodes: before, joint, conditionals }: Law, kept: Uint8Array): Law {
  const nodes = meet(before, kept);
  const law = { dag: induced(dag, nodes), nodes };
  if (joint === null) return { ...law, joint, conditionals };
  const dropped = nodesOf(minus(before, nodes)).map((i) => dag.names[i]!);
  const left = [...conditionals].filter(([node]) => nodes[node] === 1);
  // A factor stays a conditional law only while no node it is conditional on is summed out.
  const intact = left.every(([, factor]) => dropped.every((name) => !freeVariables(factor).has(name)));
  return { ...law, joint: sumOver(dropped, joint), conditionals: new Map(intact ? left : []) };
}

const induced = (dag: Dag, nodes: Uint8Array): Dag => {
  const inside = (list: readonly number[], i: number) => (nodes[i] ? list.filter((j) => nodes[j] === 1) : []);
  return {
    ...dag,
    parents: dag.parents.map(inside),
    children: dag.children.map(inside),
    spouses: dag.spouses.map(inside),
  };
};

const districtsOf = (dag: Dag, nodes: Uint8Array): Uint8Array[] =>
  districtIndices(induced(dag, nodes))
    .filter(([first]) => nodes[first!] === 1)
    .map((district) => maskOf(dag, district));

function maskOf(dag: Dag, nodes: readonly number[]): Uint8Array {
  const mask = new Uint8Array(dag.names.length);
  for (const node of nodes) mask[node] = 1;
  return mask;
}
const some = (mask: Uint8Array): boolean => mask.includes(1);
const minus = (a: Uint8Array, b: Uint8Array): Uint8Array => a.map((is, i) => (b[i] ? 0 : is));
const meet = (a: Uint8Array, b: Uint8Array): Uint8Array => a.map((is, i) => is & b[i]!);
const join = (a: Uint8Array, b: Uint8Array): Uint8Array => a.map((is, i) => is | b[i]!);
