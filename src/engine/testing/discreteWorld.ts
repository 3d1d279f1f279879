import type { CausalMap } from '../graph/causalMap';
import { dagOf } from '../graph/dag';
import type { Estimand } from '../graph/estimand';
import { createRng } from '../rng';

/** Values of binary variables by name. */
export type Values = ReadonlyMap<string, 0 | 1>;

export interface DiscreteWorld {
  /** P(values) with the variables in `set` held at their values by intervention; unnamed variables are summed out. */
  probability(values: Values, set?: Values): number;
}

/** A random law of binary variables that obeys a map: each latent node and each `<->` is a binary variable of its own. */
export function discreteWorld(map: CausalMap, seed: number): DiscreteWorld {
  const dag = dagOf(map);
  const rng = createRng(seed, 'discrete-world');
  const ties = dag.spouses.flatMap((list, a) => list.filter((b) => b > a).map((b) => [a, b] as const));
  const count = dag.names.length + ties.length;
  const parents = dag.names.map((_, node) => [
    ...dag.parents[node]!,
    ...ties.flatMap(([a, b], k) => (a === node || b === node ? [dag.names.length + k] : [])),
  ]);
  const tables = Array.from({ length: count }, (_, i) =>
    Array.from({ length: 1 << (parents[i]?.length ?? 0) }, () => 0.1 + 0.8 * rng.uniform()),
  );
  return {
    probability(values, set = new Map()) {
      let total = 0;
      for (let cell = 0; cell < 1 << count; cell++) {
        const at = (i: number): 0 | 1 => ((cell >> i) & 1) as 0 | 1;
        const matches = dag.names.every((name, i) => (values.get(name) ?? set.get(name) ?? at(i)) === at(i));
        if (!matches || dag.names.some((name, i) => set.has(name) && set.get(name) !== at(i))) continue;
        let share = 1;
        for (let i = 0; i < count; i++) {
          if (i < dag.names.length && set.has(dag.names[i]!)) continue;
          const row = (parents[i] ?? []).reduce((sum, parent, k) => sum + (at(parent) << k), 0);
          const p = tables[i]![row]!;
          share *= at(i) === 1 ? p : 1 - p;
        }
        total += share;
      }
      return total;
    },
  };
}

/** The value of an estimand under the observed law of a world of binary variables. */
export function evaluate(estimand: Estimand, world: DiscreteWorld, values: Values): number {
  switch (estimand.kind) {
    case 'law': {
      const pick = (names: readonly string[]) => new Map(names.map((name) => [name, values.get(name)!]));
      const given = pick(estimand.given);
      return world.probability(new Map([...pick(estimand.of), ...given])) / world.probability(given);
    }
    case 'product':
      return estimand.factors.reduce((result, factor) => result * evaluate(factor, world, values), 1);
    case 'ratio':
      return evaluate(estimand.top, world, values) / evaluate(estimand.bottom, world, values);
    case 'sum': {
      let total = 0;
      for (let cell = 0; cell < 1 << estimand.over.length; cell++) {
        const inner = new Map(values);
        estimand.over.forEach((name, i) => {
          inner.set(name, ((cell >> i) & 1) as 0 | 1);
        });
        total += evaluate(estimand.term, world, inner);
      }
      return total;
    }
  }
}
