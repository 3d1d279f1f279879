import { createRng, type Rng } from '../../src/engine/rng';
import { poissonNode, whenNode } from '../../src/engine/worlds/nodes';
import { simulateWorld } from '../../src/engine/worlds/simulate';
import {
  binaryNode,
  choiceNode,
  logistic,
  logNormalNode,
  normalNode,
  type RowFunction,
  type World,
  type WorldNode,
} from '../../src/engine/worlds/world';

/** Nodes before the outcome, and after it. */
const CAUSES = { least: 5, most: 8 };
const CHILDREN = { least: 1, most: 3 };
const PARENTS = 3;
const PREVALENCE = { least: 0.01, most: 0.06 };
const CALIBRATION_ROWS = 20_000;

/** The effect of one parent on a mean or on log odds, about `size` over a standard deviation of it. */
function effectOf(spec: WorldNode['spec'], size: number, rng: Rng): (v: number) => number {
  if (spec.levels) {
    const byLevel = spec.levels.map((_, k) => {
      const sign = k > 0 && rng.uniform() < 0.5 ? -1 : 1;
      return k === 0 ? 0 : 2 * size * sign * rng.uniform();
    });
    if (spec.levels.length === 2) byLevel[1] = 1.5 * size;
    return (v) => byLevel[v]!;
  }
  const isAmount = spec.decimals === 2;
  const isCount = spec.decimals === 0;
  const base = (v: number) => (isAmount ? Math.log(v + 0.5) - 1 : isCount ? 0.6 * (v - 1.5) : v);
  const bend = rng.uniform();
  if (bend < 0.6) return (v) => size * base(v);
  if (bend < 0.75) return (v) => size * 1.2 * Math.tanh(1.5 * base(v));
  if (bend < 0.9) return (v) => size * (0.5 * base(v) + 0.4 * (base(v) ** 2 - 1));
  return (v) => size * 1.2 * Math.sin(1.5 * base(v));
}

/**
 * A world that nobody designed: a random map of mixed columns with straight, levelling, bent and wavy effects, an interaction now and
 * then, spreads that grow in some, a rare outcome of 1 to 6 % and one to three columns that follow it.
 */
function randomWorld(seed: number): World {
  const rng = createRng(seed, 'random-world');
  const between = ({ least, most }: { least: number; most: number }) => least + (most - least) * rng.uniform();
  const whole = (range: { least: number; most: number }) =>
    Math.floor(between({ least: range.least, most: range.most + 1 }));
  const nodes: WorldNode[] = [];
  const choose = (count: number, from: readonly number[]) => {
    const left = [...from];
    const out: number[] = [];
    while (out.length < count && left.length > 0) out.push(...left.splice(Math.floor(rng.uniform() * left.length), 1));
    return out.sort((a, b) => a - b);
  };
  const sizeOf = () => (rng.uniform() < 0.5 ? -1 : 1) * (0.3 + 0.6 * rng.uniform());
  const meanOf = (parents: readonly number[], scale: number): RowFunction => {
    const effects = parents.map((p) => effectOf(nodes[p]!.spec, sizeOf() * scale, rng));
    const crossed = parents.length >= 2 && rng.uniform() < 0.25 ? sizeOf() * scale : 0;
    return (row) => {
      let sum = 0;
      for (let k = 0; k < effects.length; k++) sum += effects[k]!(row[k]!);
      return crossed === 0 ? sum : sum + crossed * Math.tanh(row[0]!) * Math.tanh(row[1]!);
    };
  };
  const nodeOf = (name: string, parents: readonly number[]): WorldNode => {
    const names = parents.map((p) => nodes[p]!.spec.name);
    const mean = meanOf(parents, 1);
    const kind = rng.uniform();
    if (kind < 0.4) return normalNode(name, names, mean, 0.5 + 0.7 * rng.uniform(), 3);
    if (kind < 0.55) return logNormalNode(name, names, (row) => 1 + 0.5 * mean(row), 0.4 + 0.5 * rng.uniform(), 2);
    if (kind < 0.65) {
      const [level, slope] = [rng.uniform() * 2 - 0.5, rng.uniform() < 0.5];
      const amount = logNormalNode(name, [...names, `${name} on`], (row) => 1 + 0.5 * mean(row), 0.6, 2);
      nodes.push(binaryNode(`${name} on`, ['no', 'yes'], names, (row) => logistic(level + (slope ? mean(row) : 0))));
      return whenNode(amount, (row) => row[names.length] === 1);
    }
    if (kind < 0.85) {
      const level = rng.uniform() < 0.35 ? -3 : rng.uniform() * 2 - 1;
      return binaryNode(name, ['no', 'yes'], names, (row) => logistic(level + mean(row)));
    }
    if (kind < 0.93) {
      const second = meanOf(parents, 1);
      return choiceNode(name, ['a', 'b', 'c'], names, (row) => {
        const weights = [1, Math.exp(mean(row)), Math.exp(second(row) - 0.5)];
        const total = weights[0]! + weights[1]! + weights[2]!;
        return weights.map((w) => w / total);
      });
    }
    return poissonNode(name, names, (row) => Math.exp(0.3 + 0.4 * Math.max(-3, Math.min(3, mean(row)))));
  };
  const add = (name: string, parents: readonly number[]) => {
    // Some nodes bring an on/off part of their own, which comes before them.
    const made = nodeOf(name, parents);
    nodes.push(made);
  };
  const causes = whole(CAUSES);
  for (let k = 0; k < causes; k++) add(`v${k}`, choose(Math.floor(rng.uniform() * (PARENTS + 1)), [...nodes.keys()]));
  const direct = choose(whole({ least: 2, most: 5 }), [...nodes.keys()]);
  const odds = meanOf(direct, 1.2);
  const wanted = between(PREVALENCE);
  const directNames = direct.map((p) => nodes[p]!.spec.name);
  const world = (list: readonly WorldNode[]): World => ({
    id: `random-${seed}`,
    title: `Random ${seed}`,
    story: '',
    target: 'event',
    rareLevel: 'yes',
    exposure: directNames[0]!,
    rules: [],
    positions: {},
    rows: 0,
    nodes: list,
  });
  const before = simulateWorld(world(nodes), CALIBRATION_ROWS, seed);
  const logits = Array.from({ length: CALIBRATION_ROWS }, (_, i) => odds(direct.map((p) => before.columns[p]![i]!)));
  let [low, high] = [-30, 30];
  for (let k = 0; k < 50; k++) {
    const middle = (low + high) / 2;
    const share = logits.reduce((sum, v) => sum + logistic(v + middle), 0) / CALIBRATION_ROWS;
    if (share > wanted) high = middle;
    else low = middle;
  }
  const target = nodes.length;
  nodes.push(binaryNode('event', ['no', 'yes'], directNames, (row) => logistic(low + odds(row))));
  const children = whole(CHILDREN);
  for (let k = 0; k < children; k++)
    add(
      `w${k}`,
      [
        ...choose(
          Math.floor(rng.uniform() * PARENTS),
          [...nodes.keys()].filter((p) => p !== target),
        ),
        target,
      ].sort((a, b) => a - b),
    );
  return world(nodes);
}

const RANDOM = /^random-(\d+)$/;

/** The known worlds of these ids, and a random world for each id like `random-7`; all known ones where no ids are given. */
export const worldsAsked = (known: readonly World[], ids: readonly string[] | undefined): World[] => [
  ...known.filter(({ id }) => ids?.includes(id) ?? true),
  ...(ids ?? []).flatMap((id) => {
    const seed = RANDOM.exec(id)?.[1];
    return seed === undefined ? [] : [randomWorld(Number(seed))];
  }),
];
