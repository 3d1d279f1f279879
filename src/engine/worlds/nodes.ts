import type { Mechanism } from '../mechanisms/mechanism';
import type { Law } from '../numeric/laws';
import { normalCdf, normalLogDensity, normalQuantile } from '../numeric/normal';
import { numericSpec, onRows, type RowFunction, trueMechanism, type WorldNode } from './world';

/** What stands for log 0 where a value cannot be: finite, so that sums of log densities stay comparable. */
const LOG_NEVER = Math.log(1e-300);

/**
 * v = min(high, max(low, shift + X)), X from the law: what would fall beyond a bound is an atom at it.
 * @param bounds Of a row; infinite where left out.
 */
export function lawNode(
  name: string,
  parents: readonly string[],
  law: Law,
  decimals: number,
  shift: RowFunction = () => 0,
  bounds: { readonly low?: RowFunction; readonly high?: RowFunction } = {},
): WorldNode {
  const low = bounds.low ?? (() => -Infinity);
  const high = bounds.high ?? (() => Infinity);
  const mechanism = trueMechanism(
    (row, u) => Math.min(high(row), Math.max(low(row), shift(row) + law.quantile(u))),
    (row, v, tieBreak) => {
      const x = v - shift(row);
      if (v <= low(row)) return tieBreak * law.cdf(x);
      if (v >= high(row)) return law.cdf(x) + tieBreak * (1 - law.cdf(x));
      return law.cdf(x);
    },
    (row, v) => {
      const x = v - shift(row);
      if (v <= low(row)) return Math.log(law.cdf(x));
      if (v >= high(row)) return Math.log(1 - law.cdf(x));
      return law.logDensity(x);
    },
    `${name} by a known law`,
  );
  return { spec: numericSpec(name, decimals), parents, mechanism };
}

/** v = logistic(x), x ~ N(mean(parents), sd^2): a share of something. */
export function logitNormalNode(
  name: string,
  parents: readonly string[],
  mean: RowFunction,
  sd: number,
  decimals: number,
): WorldNode {
  const mechanism = trueMechanism(
    (row, u) => 1 / (1 + Math.exp(-(mean(row) + sd * normalQuantile(u)))),
    (row, v) => normalCdf((Math.log(v / (1 - v)) - mean(row)) / sd),
    (row, v) => normalLogDensity((Math.log(v / (1 - v)) - mean(row)) / sd) - Math.log(sd * v * (1 - v)),
    `logit ${name} ~ Normal`,
  );
  return { spec: numericSpec(name, decimals), parents, mechanism };
}

/** A count: v ~ Poisson(rate(parents)). */
export function poissonNode(name: string, parents: readonly string[], rate: RowFunction): WorldNode {
  const logProbability = (lambda: number, k: number) => {
    let log = -lambda + k * Math.log(lambda);
    for (let j = 2; j <= k; j++) log -= Math.log(j);
    return log;
  };
  const mechanism = trueMechanism(
    (row, u) => {
      const lambda = rate(row);
      let share = Math.exp(-lambda);
      let below = share;
      let k = 0;
      // Where rounding keeps the sum below u for ever, the shares have become too small to add.
      while (below < u && share > 1e-20) {
        k++;
        share *= lambda / k;
        below += share;
      }
      return k;
    },
    (row, v, tieBreak) => {
      const lambda = rate(row);
      let share = Math.exp(-lambda);
      let below = 0;
      for (let k = 1; k <= v; k++) {
        below += share;
        share *= lambda / k;
      }
      return below + tieBreak * share;
    },
    (row, v) => logProbability(rate(row), v),
    `${name} ~ Poisson`,
  );
  return { spec: numericSpec(name, 0), parents, mechanism };
}

/** v = f(parents), without noise. */
export function formulaNode(
  name: string,
  parents: readonly string[],
  decimals: number,
  formula: RowFunction,
  equation: string,
): WorldNode {
  const halfStep = 0.5000001 * 10 ** -decimals;
  const mechanism = trueMechanism(
    (row) => formula(row),
    (_, __, tieBreak) => tieBreak,
    (row, v) => (Math.abs(v - formula(row)) <= halfStep ? 0 : LOG_NEVER),
    equation,
  );
  return { spec: numericSpec(name, decimals), parents, mechanism };
}

/** The node where the row meets the condition; 0 with certainty where it does not. */
export function whenNode(node: WorldNode, isOn: (row: readonly number[]) => boolean): WorldNode {
  const { mechanism: inner } = node;
  const on = (parents: readonly Float64Array[], rows: number) => onRows(parents, rows, (row) => (isOn(row) ? 1 : 0));
  const mechanism: Mechanism = {
    ...inner,
    quantile(parents, noise) {
      const flags = on(parents, noise.length);
      return inner.quantile(parents, noise).map((v, i) => (flags[i] === 1 ? v : 0));
    },
    noise(parents, values, tieBreak) {
      const flags = on(parents, values.length);
      return inner.noise(parents, values, tieBreak).map((u, i) => (flags[i] === 1 ? u : tieBreak[i]!));
    },
    logDensity(parents, values) {
      const flags = on(parents, values.length);
      return inner
        .logDensity(parents, values)
        .map((log, i) => (flags[i] === 1 ? log : values[i] === 0 ? 0 : LOG_NEVER));
    },
  };
  return { ...node, mechanism };
}
