import type { ValueSpec } from '../data/frame';
import { EngineError } from '../errors';
import { symmetricEigen } from '../numeric/linearAlgebra';
import { createRng } from '../rng';
import type { Task } from '../task';
import { type FeatureSpace, featureSpace } from './featureSpace';
import type { LayerRows } from './layerRows';
import { drawnRows, type ScatterAxis, type ScatterData, type ScatterLayer } from './scatter';

export type ProjectionKind = 'pca' | 'umap';

/** Rows of each layer that a neighbourhood embedding is computed of; it grows with the square of their number. */
const UMAP_ROWS = 500;
/** Epochs of the embedding's layout. */
const UMAP_EPOCHS = 200;
const UMAP_NEIGHBOURS = 15;

/**
 * All given columns at once, laid out in the plane. Directions are those of the REAL rows, both classes counting the
 * same; synthetic rows are placed in them, so that generating rows does not turn the picture. Rows with a missing cell
 * have no place and are counted as left out.
 * @param specs The columns used; ids and the target are the caller's to leave out.
 * @param limit Rows a layer at most, as in `scatterData`.
 * @throws EngineError `too-few-rows` where fewer than two directions vary.
 */
export async function projectLayers(
  specs: readonly ValueSpec[],
  layers: readonly LayerRows[],
  kind: ProjectionKind,
  limit: number,
  seed: number,
  task: Task,
): Promise<ScatterData> {
  const real = layers.filter(({ layer }) => layer === 'common' || layer === 'rare');
  const space = featureSpace(specs, real);
  if (space.names.length < 2)
    throw new EngineError(
      'too-few-rows',
      'A projection needs at least two columns of the map that vary among the real rows: put more columns on the map.',
    );
  return kind === 'pca' ? principalAxes(space, layers, real, limit, task) : embed(space, layers, seed, task);
}

/**
 * Principal component analysis: the two directions u of largest variance u' S u of the encoded real rows, S their
 * covariance with equal weight for both classes. The sign makes the largest loading positive.
 * @see On Lines and Planes of Closest Fit to Systems of Points in Space, Philosophical Magazine 2 (1901).
 */
async function principalAxes(
  space: FeatureSpace,
  layers: readonly LayerRows[],
  real: readonly LayerRows[],
  limit: number,
  task: Task,
): Promise<ScatterData> {
  const d = space.names.length;
  const covariance = new Float64Array(d * d);
  const means = new Float64Array(d);
  const encoded = new Map<LayerRows, { readonly rows: Int32Array; readonly cells: Float64Array }>();
  for (const layer of layers) {
    await task.checkpoint(0.5 * (encoded.size / layers.length), 'Reading rows');
    const rows = drawnRows(layer, limit);
    encoded.set(layer, { rows, cells: space.encode(layer, rows) });
  }
  const known = real.filter(({ rows }) => rows.length > 0);
  const moments = known.map((layer) => momentsOf(encoded.get(layer)!.cells, d));
  for (const { mean } of moments) for (let a = 0; a < d; a++) means[a]! += mean[a]! / moments.length;
  for (const { mean, product } of moments)
    for (let a = 0; a < d; a++)
      for (let b = 0; b < d; b++)
        covariance[a * d + b]! +=
          (product[a * d + b]! - mean[a]! * means[b]! - means[a]! * mean[b]! + means[a]! * means[b]!) / moments.length;
  await task.checkpoint(0.7, 'Finding directions');
  const { values, vectors } = symmetricEigen(covariance, d);
  const total = values.reduce((sum, value) => sum + Math.max(0, value), 0);
  const axes = [0, 1].map((k) => {
    const loadings = Array.from({ length: d }, (_, a) => vectors[a * d + k]!);
    const largest = loadings.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
    return {
      loadings: loadings.map((value) => value * Math.sign(largest || 1)),
      share: Math.max(0, values[k]!) / total,
    };
  });
  const positions = layers.map((layer) => {
    const { rows, cells } = encoded.get(layer)!;
    const place =
      ({ loadings }: (typeof axes)[number]) =>
      (i: number) => {
        let sum = 0;
        for (let a = 0; a < d; a++) sum += (cells[i * d + a]! - means[a]!) * loadings[a]!;
        return sum;
      };
    return placed(layer, rows, place(axes[0]!), place(axes[1]!));
  });
  const name = (k: 0 | 1) => `Principal axis ${k + 1} (${Math.round(100 * axes[k]!.share)} % of the variance)`;
  return {
    x: axisOver(name(0), positions, 'x'),
    y: axisOver(name(1), positions, 'y'),
    layers: positions,
    messages: axes.map(
      ({ loadings }, k) => `Axis ${k === 0 ? 'across' : 'up'}: ${largestLoadings(space.names, loadings)}.`,
    ),
  };
}

const largestLoadings = (names: readonly string[], loadings: readonly number[]): string =>
  Array.from(loadings.keys())
    .sort((a, b) => Math.abs(loadings[b]!) - Math.abs(loadings[a]!))
    .slice(0, 4)
    .map((a) => `${names[a]} ${loadings[a]! >= 0 ? '+' : '−'}${Math.abs(loadings[a]!).toFixed(2)}`)
    .join(', ');

/** Mean and mean product of the rows without a missing cell. */
function momentsOf(cells: Float64Array, d: number) {
  const mean = new Float64Array(d);
  const product = new Float64Array(d * d);
  let n = 0;
  for (let at = 0; at < cells.length; at += d) {
    if (Number.isNaN(cells[at]!)) continue;
    n++;
    for (let a = 0; a < d; a++) {
      const value = cells[at + a]!;
      mean[a]! += value;
      if (value !== 0) for (let b = 0; b <= a; b++) product[a * d + b]! += value * cells[at + b]!;
    }
  }
  for (let a = 0; a < d; a++) {
    mean[a]! /= Math.max(1, n);
    for (let b = 0; b <= a; b++) product[b * d + a] = product[a * d + b]! /= Math.max(1, n);
  }
  return { mean, product };
}

/**
 * Neighbourhood embedding (UMAP) of a seeded subsample of every layer, all layers together. Axes have no unit, and only
 * who lies beside whom can be read from it.
 * @see UMAP: Uniform Manifold Approximation and Projection, arXiv:1802.03426 (2018).
 */
async function embed(
  space: FeatureSpace,
  layers: readonly LayerRows[],
  seed: number,
  task: Task,
): Promise<ScatterData> {
  const d = space.names.length;
  const points: number[][] = [];
  const owner: { readonly layer: number; readonly row: number }[] = [];
  layers.forEach((layer, l) => {
    // The rare layer is cut here too: the whole cost is in the number of points.
    const rows = drawnRows({ ...layer, layer: layer.layer === 'rare' ? 'other' : layer.layer }, UMAP_ROWS);
    const cells = space.encode(layer, rows);
    rows.forEach((row, i) => {
      const point = Array.from(cells.subarray(i * d, (i + 1) * d));
      if (Number.isNaN(point[0])) return;
      points.push(point);
      owner.push({ layer: l, row });
    });
  });
  if (points.length <= UMAP_NEIGHBOURS)
    throw new EngineError(
      'too-few-rows',
      `A neighbourhood embedding needs more than ${UMAP_NEIGHBOURS} rows without a missing cell, there are ${points.length}.`,
    );
  await task.checkpoint(0.05, 'Loading the embedding');
  const { UMAP } = await import('umap-js');
  const rng = createRng(seed, 'umap');
  const umap = new UMAP({
    nComponents: 2,
    nNeighbors: UMAP_NEIGHBOURS,
    nEpochs: UMAP_EPOCHS,
    random: () => rng.uniform(),
  });
  const epochs = umap.initializeFit(points);
  for (let epoch = 0; epoch < epochs; epoch++) {
    await task.checkpoint(0.2 + (0.8 * epoch) / epochs, 'Laying out neighbours');
    umap.step();
  }
  const places = umap.getEmbedding();
  const positions = layers.map((layer, l) => {
    const own = owner.flatMap((one, i) => (one.layer === l ? [i] : []));
    const rows = Int32Array.from(own, (i) => owner[i]!.row);
    const at = (axis: 0 | 1) => (i: number) => places[own[i]!]![axis]!;
    return placed(layer, rows, at(0), at(1));
  });
  const sampled = layers.filter(({ rows }) => rows.length > UMAP_ROWS).length > 0;
  return {
    x: axisOver('Neighbourhood embedding 1', positions, 'x'),
    y: axisOver('Neighbourhood embedding 2', positions, 'y'),
    layers: positions,
    messages: [
      `UMAP of ${points.length.toLocaleString('en')} rows${sampled ? `, at most ${UMAP_ROWS} a layer drawn at random` : ''}, ${UMAP_NEIGHBOURS} neighbours, seed ${seed}. Distances between far groups mean nothing.`,
    ],
  };
}

/** Points of one layer, rows without a place left out and counted. */
function placed(
  { layer, rows: all }: LayerRows,
  rows: Int32Array,
  x: (i: number) => number,
  y: (i: number) => number,
): ScatterLayer {
  const xs = new Float32Array(rows.length);
  const ys = new Float32Array(rows.length);
  const row = new Int32Array(rows.length);
  let n = 0;
  rows.forEach((one, i) => {
    const px = x(i);
    const py = y(i);
    if (Number.isNaN(px) || Number.isNaN(py)) return;
    xs[n] = px;
    ys[n] = py;
    row[n++] = one;
  });
  return {
    layer,
    x: xs.slice(0, n),
    y: ys.slice(0, n),
    row: row.slice(0, n),
    leftOut: rows.length - n,
    total: all.length,
  };
}

function axisOver(column: string, layers: readonly ScatterLayer[], side: 'x' | 'y'): ScatterAxis {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const layer of layers)
    for (const value of layer[side]) {
      if (value < min) min = value;
      if (value > max) max = value;
    }
  if (min > max) [min, max] = [0, 1];
  return { column, kind: 'continuous', levels: null, min, max, decimals: 2, isLog: false, origin: 0 };
}
