import type { Frame } from '../src/engine/data/frame';
import { inlineExecutor } from '../src/engine/executor';
import { type CausalMap, createEdge, type MapEdge } from '../src/engine/graph/causalMap';
import { dagOf } from '../src/engine/graph/dag';
import { createRng, type Rng, shuffleInPlace } from '../src/engine/rng';
import { fitModel } from '../src/engine/scm/fitModel';
import { silentTask } from '../src/engine/task';
import { worlds as demoWorlds, simulateWorld } from '../src/engine/worlds/simulate';
import type { World } from '../src/engine/worlds/world';
import {
  draw,
  geometricMean,
  meanScore,
  type Score,
  score,
  type Truth,
  truthOf,
  truthWithout,
  without,
} from './trueLaw';
import { mixedWorld } from './worlds/mixedWorld';
import { worldsAsked } from './worlds/randomWorld';
import { switchWorld } from './worlds/switchWorld';

/**
 * What a wrong map costs: four arrows of the true map are left out, four are added, four are turned round, or columns that cause
 * others are left out of table and map until four arrows of unrecorded causes are missing. Other arrows are drawn for every
 * seed. Causal twins with the step the data allow (the default) against SMOTE, and rows with full trust in the map beside them.
 * `BENCH_WORLDS=...`, `BENCH_RARE=50,200`, `BENCH_SEEDS=4` take a part of it.
 */

const asked = (name: string) => process.env[name]?.split(',');
const SEEDS = Number(process.env.BENCH_SEEDS ?? 4);
const RARE_ROWS = asked('BENCH_RARE')?.map(Number) ?? [50, 200];
const WRONG_ARROWS = 4;
const worlds = worldsAsked([...demoWorlds, mixedWorld, switchWorld], asked('BENCH_WORLDS'));
const ARMS = ['twins', 'fresh', 'smote', 'smote-nc'] as const;
const DEFAULT = 'twins';
const RIVAL = 'smote';

/** A map that is wrong, and the columns that table and map lack; null where the world has no such arrows. */
type Damage = (map: CausalMap, target: string, rng: Rng) => { map: CausalMap; hidden: ReadonlySet<string> } | null;

const whole = (map: CausalMap) => ({ map, hidden: new Set<string>() });
const directed = (map: CausalMap) => map.edges.filter(({ kind }) => kind === '->');
const shuffled = <T>(items: readonly T[], rng: Rng): T[] => {
  const order = shuffleInPlace(Int32Array.from(items.keys()), rng);
  return Array.from(order, (k) => items[k]!);
};
const isAcyclic = (map: CausalMap): boolean => {
  try {
    dagOf(map);
    return true;
  } catch {
    return false;
  }
};

/** Changes edges one after another, those that would close a ring left as they are, until four have changed. */
function changeFour(
  map: CausalMap,
  candidates: readonly MapEdge[],
  change: (edges: readonly MapEdge[], one: MapEdge) => MapEdge[],
) {
  let now = map;
  let changed = 0;
  for (const one of candidates) {
    const next = { ...now, edges: change(now.edges, one) };
    if (!isAcyclic(next)) continue;
    now = next;
    if (++changed === WRONG_ARROWS) return whole(now);
  }
  return null;
}

const damages: Readonly<Record<string, Damage>> = {
  right: (map) => whole(map),
  missing: (map, _, rng) =>
    changeFour(map, shuffled(directed(map), rng), (edges, one) => edges.filter((edge) => edge !== one)),
  extra(map, _, rng) {
    const linked = new Set(map.edges.flatMap(({ from, to }) => [`${from} ${to}`, `${to} ${from}`]));
    const free = map.nodes.flatMap((a) =>
      map.nodes.flatMap((b) =>
        a === b || linked.has(`${a.name} ${b.name}`) ? [] : [createEdge(a.name, b.name, '->')],
      ),
    );
    return changeFour(map, shuffled(free, rng), (edges, one) =>
      edges.some(({ from, to }) => from === one.to && to === one.from) ? [...edges] : [...edges, one],
    );
  },
  reversed: (map, _, rng) =>
    changeFour(map, shuffled(directed(map), rng), (edges, one) =>
      edges.map((edge) => (edge === one ? createEdge(one.to, one.from, '->') : edge)),
    ),
  confounded(map, target, rng) {
    const hidden = new Set<string>();
    let lost = 0;
    const childrenOf = (name: string) =>
      directed(map).filter(({ from, to }) => from === name && !hidden.has(to)).length;
    const causes = shuffled(
      map.nodes.filter(({ name }) => name !== target && childrenOf(name) >= 2),
      rng,
    );
    for (const { name } of causes) {
      if (lost >= WRONG_ARROWS) break;
      hidden.add(name);
      lost += childrenOf(name);
    }
    if (lost < WRONG_ARROWS) return null;
    return {
      map: {
        ...map,
        nodes: map.nodes.filter(({ name }) => !hidden.has(name)),
        edges: map.edges.filter(({ from, to }) => !hidden.has(from) && !hidden.has(to)),
      },
      hidden,
    };
  },
};

/** Scores of every arm on one table with one damaged map; null where the world has no such damage. */
async function trial(world: World, truth: Truth, full: Frame, damage: Damage, seed: number) {
  const damaged = damage(truth.map, world.target, createRng(seed, 'wrong-map'));
  if (!damaged) return null;
  const frame = without(full, damaged.hidden);
  const target = frame.specs.findIndex(({ name }) => name === world.target);
  const model = await fitModel(frame, dagOf(damaged.map), target, seed, inlineExecutor, silentTask);
  const own = damaged.hidden.size > 0 ? truthWithout(truth, damaged.hidden) : truth;
  const scores = new Map<string, Score>();
  for (const arm of ARMS) {
    const made = await draw(arm, frame, { map: damaged.map, target, rareCode: truth.rareCode }, seed, model);
    if (made) scores.set(arm, score(own, made));
  }
  return scores;
}

export async function run() {
  const figures: Record<string, number> = {};
  const lines = [
    `| map | world | rare rows | ${ARMS.join(' | ')} |`,
    `| --- | --- | --- | ${ARMS.map(() => '---').join(' | ')} |`,
  ];
  const ratios = new Map<string, { correlation: number; energy: number; where: string }[]>();
  for (const world of worlds) {
    const truth = truthOf(world);
    for (const wanted of RARE_ROWS)
      for (const [name, damage] of Object.entries(damages)) {
        const scores = new Map<string, Score[]>();
        for (let seed = 1; seed <= SEEDS; seed++) {
          const full = simulateWorld(world, Math.round(wanted / truth.prevalence), seed);
          for (const [arm, one] of (await trial(world, truth, full, damage, seed)) ?? [])
            scores.set(arm, [...(scores.get(arm) ?? []), one]);
        }
        if (scores.size === 0) continue;
        const found = new Map(
          [...scores].map(([arm, list]) => [
            arm,
            {
              correlation: meanScore(list.map(({ correlation }) => correlation)),
              energy: meanScore(list.map(({ energy }) => energy)),
            },
          ]),
        );
        for (const [arm, { correlation, energy }] of found) {
          figures[`${name}/${world.id}/${wanted}/${arm}/correlation`] = correlation;
          figures[`${name}/${world.id}/${wanted}/${arm}/energy`] = energy;
        }
        const cells = ARMS.map((arm) => {
          const one = found.get(arm);
          return one ? `${one.correlation.toFixed(4)} / ${one.energy.toFixed(4)}` : '-';
        });
        lines.push(`| ${name} | ${world.title} | ${wanted} | ${cells.join(' | ')} |`);
        console.error(lines.at(-1));
        for (const arm of [DEFAULT, 'fresh']) {
          const own = found.get(arm);
          const rival = found.get(RIVAL);
          if (!own || !rival) continue;
          const key = `${name}: ${arm} over ${RIVAL}`;
          ratios.set(key, [
            ...(ratios.get(key) ?? []),
            {
              correlation: own.correlation / rival.correlation,
              energy: own.energy / rival.energy,
              where: `${world.id}, ${wanted}`,
            },
          ]);
        }
      }
  }
  lines.push('');
  for (const [key, list] of ratios)
    for (const measure of ['correlation', 'energy'] as const) {
      const values = list.map((one) => one[measure]);
      const worst = list.reduce((a, b) => (b[measure] > a[measure] ? b : a));
      figures[`geometric mean, ${key}, ${measure}`] = geometricMean(values);
      lines.push(
        `- ${key}, ${measure}: geometric mean ${geometricMean(values).toFixed(2)}, worst ${worst[measure].toFixed(2)} (${worst.where})`,
      );
    }
  return { lines, figures };
}
