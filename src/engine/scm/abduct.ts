import { normalQuantile } from '../numeric/normal';
import type { Rng } from '../rng';
import { noiseIntervals, truncatedNormal } from './noiseCorrelation';
import type { StructuralModel } from './structuralModel';

/** Sweeps over a district while its noises find their joint law inside their intervals. */
const SWEEPS = 20;

/**
 * Gaussianised noises z of given rows, one array of shape (rows,) per node: a draw from N(0, R) given that pushing z
 * forward gives the rows back. Nodes without `<->` are inverted directly, atoms by a uniform tie break; inside a
 * district atoms are drawn given their partners' noises (Gibbs).
 */
export function abduct(model: StructuralModel, columns: readonly Float64Array[], rng: Rng): Float64Array[] {
  const rows = columns[0]!.length;
  const d = model.specs.length;
  const z = model.mechanisms.map((mechanism, node) => {
    const tieBreak = new Float64Array(rows);
    for (let i = 0; i < rows; i++) tieBreak[i] = rng.uniform();
    const own = mechanism.noise(
      model.parents[node]!.map((p) => columns[p]!),
      columns[node]!,
      tieBreak,
    );
    for (let i = 0; i < rows; i++) own[i] = normalQuantile(own[i]!);
    return own;
  });
  const partners = Array.from({ length: d }, () => new Set<number>());
  for (const [a, b] of model.bidirected) {
    partners[a]!.add(b);
    partners[b]!.add(a);
  }
  const loose = partners.flatMap((others, node) =>
    others.size > 0 ? [{ node, intervals: noiseIntervals(model, node, columns) }] : [],
  );
  if (loose.length === 0) return z;
  const conditionals = new Map(
    loose.map(({ node }) => [
      node,
      conditionalOf(
        model.noiseCorrelation,
        d,
        node,
        loose.map((l) => l.node),
      ),
    ]),
  );
  for (let sweep = 0; sweep < SWEEPS; sweep++)
    for (const { node, intervals } of loose) {
      const { others, slopes, sd } = conditionals.get(node)!;
      for (let i = 0; i < rows; i++) {
        let mean = 0;
        for (let k = 0; k < others.length; k++) mean += slopes[k]! * z[others[k]!]![i]!;
        z[node]![i] = truncatedNormal(mean, sd, intervals.low[i]!, intervals.high[i]!, rng);
      }
    }
  return z;
}

/**
 * z_node given the other nodes' z under N(0, R): mean = slopes' z_others, with its standard deviation, read off the
 * regression R_oo slopes = R_on by Gauss-Seidel (the matrix is small, well conditioned and has unit diagonal).
 */
export function conditionalOf(correlation: Float64Array, d: number, node: number, among: readonly number[]) {
  const others = among.filter((other) => other !== node);
  const slopes = new Float64Array(others.length);
  for (let sweep = 0; sweep < 200; sweep++)
    others.forEach((a, k) => {
      let rest = correlation[a * d + node]!;
      others.forEach((b, l) => {
        if (l !== k) rest -= correlation[a * d + b]! * slopes[l]!;
      });
      slopes[k] = rest;
    });
  let variance = 1;
  others.forEach((a, k) => {
    variance -= slopes[k]! * correlation[a * d + node]!;
  });
  return { others, slopes, sd: Math.sqrt(Math.max(1e-6, variance)) };
}
