import type { ValueSpec } from '../../data/frame';
import { sortedValues } from '../../numeric/sortedValues';
import type { ParentColumns } from '../mechanism';

const MAX_BINS = 48;
const MAX_LEVELS = 120;

/** How one parent is cut into bins. Bin 0 holds the missing cells. */
export interface FeatureBins {
  readonly categorical: boolean;
  /** Upper edges, increasing: a number v falls into bin 1 + (count of edges below v). Empty for categories. */
  readonly edges: readonly number[];
  readonly bins: number;
}

/**
 * Bins by distinct value when there are few, else by quantile: a 2 % binary column keeps a bin of its own, so that its
 * effect can be split on. Levels of a category are bins as they are.
 */
export function fitBins(parents: readonly ValueSpec[], columns: ParentColumns): FeatureBins[] {
  return parents.map((spec, index) => {
    if (spec.levels) return { categorical: true, edges: [], bins: Math.min(spec.levels.length, MAX_LEVELS) + 1 };
    const sorted = sortedValues(columns[index]!);
    const distinct: number[] = [];
    for (const v of sorted) if (distinct.length === 0 || v !== distinct[distinct.length - 1]) distinct.push(v);
    const edges: number[] = [];
    if (distinct.length <= MAX_BINS) {
      for (let j = 1; j < distinct.length; j++) edges.push(middle(distinct[j - 1]!, distinct[j]!));
    } else {
      for (let j = 1; j < MAX_BINS; j++) {
        const at = Math.floor((j / MAX_BINS) * sorted.length);
        const edge = middle(sorted[at - 1]!, sorted[at]!);
        if (edges.length === 0 || edge > edges[edges.length - 1]!) edges.push(edge);
      }
    }
    return { categorical: false, edges, bins: edges.length + 2 };
  });
}

/** Halfway without overflow for numbers near the largest double. */
const middle = (a: number, b: number) => a / 2 + b / 2;

export function binColumns(features: readonly FeatureBins[], columns: ParentColumns, rows: number): Uint8Array[] {
  return features.map(({ categorical, edges, bins }, index) => {
    const out = new Uint8Array(rows);
    const column = columns[index]!;
    for (let i = 0; i < rows; i++) {
      const v = column[i]!;
      if (Number.isNaN(v)) continue;
      if (categorical) {
        out[i] = Math.min(v + 1, bins - 1);
        continue;
      }
      let low = 0;
      let high = edges.length;
      while (low < high) {
        const half = (low + high) >> 1;
        if (edges[half]! < v) low = half + 1;
        else high = half;
      }
      out[i] = low + 1;
    }
    return out;
  });
}
