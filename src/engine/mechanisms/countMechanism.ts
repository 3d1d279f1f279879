import { gather } from '../numeric/gather';
import { outOfFoldProbabilities } from './classifier';
import { countLogProbability, countRegression, meansOf } from './countRegression';
import { designColumns, type LinearDesign } from './design';
import { bestShape, newtonStart } from './linearFits';
import { linearText } from './locationScale';
import type { FitInput, MechanismCard, MechanismFamily, ParentColumns } from './mechanism';

/** Counts from `first` to `first + top`: v - first is Poisson or negative binomial with log mean linear in the design, cut at `top`. */
export interface CountParts {
  readonly family: MechanismFamily;
  readonly child: string;
  readonly first: number;
  readonly top: number;
  readonly design: LinearDesign;
  readonly coefficients: readonly number[];
  /** Null for the Poisson law. */
  readonly size: number | null;
}

/** Probabilities of first, first + 1, ..., first + top given the mean of each row, row-major (n, top + 1). */
function countProbabilities(means: Float64Array, size: number, top: number): Float64Array {
  const levels = top + 1;
  const out = new Float64Array(means.length * levels);
  for (let i = 0; i < means.length; i++) {
    const mean = means[i]!;
    const at = i * levels;
    let sum = 0;
    // Each probability from the one before: P(k + 1) / P(k) = mean / (k + 1) or (k + size) mean / ((k + 1) (size + mean)).
    let p = Math.exp(countLogProbability(0, mean, size));
    // Far from 0 the first one may underflow: then each is computed by itself.
    const steps = p > 1e-280;
    for (let k = 0; k < levels; k++) {
      if (!steps) p = Math.exp(countLogProbability(k, mean, size));
      out[at + k] = p;
      sum += p;
      p *= size === Infinity ? mean / (k + 1) : ((k + size) / (k + 1)) * (mean / (size + mean));
    }
    if (sum > 0) for (let k = 0; k < levels; k++) out[at + k]! /= sum;
    else out[at + top] = 1; // a mean so far beyond the range that only its end is left
  }
  return out;
}

export const countLaw = ({ design, coefficients, size, top }: CountParts) => ({
  levels: top + 1,
  probabilities: (parents: ParentColumns, rows: number) =>
    countProbabilities(meansOf(designColumns(design, parents, rows), coefficients), size ?? Infinity, top),
});

/**
 * Fits counts 0 to `top` (the child less its lowest value) on the design that scores best on rows left out.
 * @returns The parts but for names, and out-of-fold probabilities, row-major (n, top + 1).
 */
export function fitCounts(input: FitInput, counts: Float64Array, top: number) {
  const { weights, fold } = input;
  const fitted = bestShape(
    (shape) => {
      const start = newtonStart(input, shape, 1);
      if (!start) return null;
      const { design, columns, limits, trainRows, trainColumns } = start;
      const byFold = trainRows.map((rows, f) => {
        const part = countRegression(
          trainColumns[f]!,
          gather(counts, rows),
          gather(weights, rows),
          design.penalties,
          limits,
        );
        return countProbabilities(meansOf(columns, part.coefficients), part.size, top);
      });
      return { ...start, probabilities: outOfFoldProbabilities(fold, top + 1, byFold) };
    },
    ({ probabilities }) =>
      -counts.reduce(
        (sum, y, i) => sum + weights[i]! * Math.log(Math.max(1e-300, probabilities[i * (top + 1) + y]!)),
        0,
      ),
  );
  const { design, columns, limits, probabilities } = fitted;
  const { coefficients, size } = countRegression(columns, counts, weights, design.penalties, limits);
  return {
    parts: { design, coefficients: Array.from(coefficients), size: size === Infinity ? null : size, top },
    probabilities,
  };
}

export function countCard({ family, child, first, design, coefficients, size }: CountParts): MechanismCard {
  const terms = design.names.map((name, j) => ({ name, value: coefficients[j]! }));
  const law = size === null ? 'Poisson' : `negative binomial of size ${size.toPrecision(3)}`;
  const counted = first === 0 ? child : `${child} - ${first}`;
  return {
    family,
    label: size === null ? 'Count (Poisson)' : 'Count (negative binomial)',
    equation: `log mean of ${counted} = ${linearText(terms)}; ${law}`,
    terms,
  };
}
