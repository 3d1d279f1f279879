import { insideUnit } from '../locationScale';
import type { Mechanism, MechanismJson } from '../mechanism';

/** Values origin + k step, k whole. */
export interface Grid {
  readonly origin: number;
  readonly step: number;
}

/** The grid point next to a value; NaN stays as it is. */
export const toGrid = (value: number, { origin, step }: Grid): number => {
  const steps = Math.round((value - origin) / step);
  // 3 * 0.1 is not 0.3: the division gives back the digits that the step was written with.
  const scale = Math.round(1 / step);
  return step < 1 && Math.abs(scale * step - 1) < 1e-12 ? origin + steps / scale : origin + steps * step;
};

/**
 * A law whose values are those of `inner`, each moved to the grid point next to it: the point g has the probability
 * F(g + step/2) - F(g - step/2), and its noise is uniform inside that interval. What a rule says of the grid is so built
 * in, and no row is turned down for it.
 */
export function onGrid(inner: Mechanism, grid: Grid): Mechanism {
  const { step } = grid;
  const half = (values: Float64Array, side: -1 | 1) => values.map((value) => toGrid(value, grid) + (side * step) / 2);
  return {
    family: 'on-grid',
    quantile: (parents, noise) => inner.quantile(parents, noise).map((value) => toGrid(value, grid)),
    noise(parents, values, tieBreak) {
      const low = inner.noise(parents, half(values, -1), tieBreak);
      const high = inner.noise(parents, half(values, 1), tieBreak);
      return low.map((u, i) => insideUnit(u + tieBreak[i]! * (high[i]! - u)));
    },
    logDensity(parents, values) {
      const ends = new Float64Array(values.length).fill(0.5);
      const low = inner.noise(parents, half(values, -1), ends);
      const high = inner.noise(parents, half(values, 1), ends);
      return low.map((u, i) => Math.log(Math.max(1e-300, high[i]! - u)));
    },
    card() {
      const card = inner.card();
      return { ...card, equation: `${card.equation}; then the nearest of ${grid.origin} + k · ${step}` };
    },
    toJSON: () => ({ family: 'on-grid', grid, inner: inner.toJSON() }),
  };
}

export const onGridFromJson = (json: MechanismJson, read: (json: MechanismJson) => Mechanism): Mechanism =>
  onGrid(read(json.inner as MechanismJson), json.grid as Grid);
