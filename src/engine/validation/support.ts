import type { Task } from '../task';
import { distanceOf, type Embedded } from './embedding';
import { quantileOf } from './numberMeasures';

/** Where synthetic rows live, and where real ones do. All in [0, 1]. */
export interface SupportMeasures {
  /** How well the share of synthetic rows within a radius of the real centre follows the share of real ones: 1 is ideal. */
  readonly alphaPrecision: number;
  /** How well real rows are reached by the synthetic ones near the synthetic centre: 1 is ideal. */
  readonly betaRecall: number;
  /** Share of synthetic rows that are farther from their nearest real row than that row is from its own nearest. */
  readonly authenticity: number;
  /** Share of real rows with a synthetic row as near as their fifth nearest real one. */
  readonly coverage: number;
}

const STEPS = 30;
const NEIGHBOURS = 5;

/**
 * @see How faithful is your synthetic data? Sample-level metrics for evaluating and auditing generative models, ICML 2022,
 * section 3; Reliable fidelity and diversity metrics for generative models, ICML 2020 (coverage).
 */
export async function supportMeasures(
  real: Embedded,
  synthetic: Embedded,
  task: Task,
): Promise<SupportMeasures | null> {
  if (real.rows <= NEIGHBOURS || synthetic.rows === 0) return null;
  const own = new Float64Array(real.rows);
  const fifth = new Float64Array(real.rows);
  const nearestSynthetic = new Float64Array(real.rows);
  const nearestSyntheticRow = new Int32Array(real.rows);
  const nearestReal = new Float64Array(synthetic.rows).fill(Number.POSITIVE_INFINITY);
  const nearestRealRow = new Int32Array(synthetic.rows);
  for (let i = 0; i < real.rows; i++) {
    if (i % 32 === 0) await task.checkpoint(i / real.rows, 'Looking where real rows live');
    const distances = new Float64Array(real.rows - 1);
    for (let j = 0, at = 0; j < real.rows; j++) if (j !== i) distances[at++] = distanceOf(real, i, real, j);
    distances.sort();
    own[i] = distances[0]!;
    fifth[i] = distances[NEIGHBOURS - 1]!;
    nearestSynthetic[i] = Number.POSITIVE_INFINITY;
    for (let s = 0; s < synthetic.rows; s++) {
      const d = distanceOf(real, i, synthetic, s);
      if (d < nearestSynthetic[i]!) {
        nearestSynthetic[i] = d;
        nearestSyntheticRow[i] = s;
      }
      if (d < nearestReal[s]!) {
        nearestReal[s] = d;
        nearestRealRow[s] = i;
      }
    }
  }
  const fromRealCentre = { real: radii(real, real), synthetic: radii(synthetic, real) };
  const fromSyntheticCentre = radii(synthetic, synthetic);
  const sortedReal = Float64Array.from(fromRealCentre.real).sort();
  const sortedSynthetic = Float64Array.from(fromSyntheticCentre).sort();
  const follow = (curve: (alpha: number) => number) => {
    let [gap, total] = [0, 0];
    for (let step = 1; step <= STEPS; step++) {
      const alpha = step / STEPS;
      gap += Math.abs(alpha - curve(alpha));
      total += alpha;
    }
    return 1 - gap / total;
  };
  const share = (rows: number, holds: (row: number) => boolean) => {
    let count = 0;
    for (let row = 0; row < rows; row++) if (holds(row)) count++;
    return count / rows;
  };
  return {
    alphaPrecision: follow((alpha) => {
      const radius = quantileOf(sortedReal, alpha);
      return share(synthetic.rows, (s) => fromRealCentre.synthetic[s]! <= radius);
    }),
    betaRecall: follow((beta) => {
      const radius = quantileOf(sortedSynthetic, beta);
      return share(
        real.rows,
        (i) => nearestSynthetic[i]! <= own[i]! && fromSyntheticCentre[nearestSyntheticRow[i]!]! <= radius,
      );
    }),
    authenticity: share(synthetic.rows, (s) => nearestReal[s]! > own[nearestRealRow[s]!]!),
    coverage: share(real.rows, (i) => nearestSynthetic[i]! <= fifth[i]!),
  };
}

/** Distance of every row to the mean of `about`. */
function radii(rows: Embedded, about: Embedded): Float64Array {
  const centre = new Float64Array(about.width);
  for (let i = 0; i < about.rows; i++)
    for (let c = 0; c < about.width; c++) centre[c]! += about.values[i * about.width + c]! / about.rows;
  return Float64Array.from({ length: rows.rows }, (_, i) => {
    let sum = 0;
    for (let c = 0; c < rows.width; c++) sum += (rows.values[i * rows.width + c]! - centre[c]!) ** 2;
    return Math.sqrt(sum);
  });
}
