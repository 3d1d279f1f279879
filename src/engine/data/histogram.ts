import { EngineError } from '../errors';
import { gather } from '../numeric/gather';
import type { Target } from '../project/project';
import { requireTarget } from './reviewTarget';
import type { ColumnHistogram } from './summary';
import { isCarriedColumn, isCategoricalColumn, isNumericColumn, learnedRows, type Table } from './table';

const MAX_BINS = 20;
const MAX_LEVELS = 12;
/** A cycle is shown whole: hours, weekdays, months. */
const MAX_CYCLE_LEVELS = 31;

/** Generated rows to show beside the real ones: one array per name, in the frame's number scale. */
export interface SyntheticColumns {
  readonly names: readonly string[];
  readonly columns: readonly Float64Array[];
}

/** Puts a value of the column into a bin; -1 for missing and for values that fit no bin. */
interface Binning {
  readonly bins: number;
  readonly edges: readonly number[];
  readonly levels: readonly string[];
  readonly binOf: (value: number) => number;
}

/**
 * Histograms by class: shares within class over at most 20 equal bins (one per value for few whole numbers), or over
 * the 12 most frequent levels, in level order, with all others together. Missing cells, and rows set aside, are left out. Synthetic values
 * outside the range of the real ones count in the outermost bins.
 * @param target null: all rows are `common` and `rare` is empty. A target that cannot be used counts as null.
 * @returns One histogram per name, ids left out.
 * @throws EngineError `unknown-column`.
 */
export function histograms(
  table: Table,
  names: readonly string[],
  target: Target | null,
  synthetic: SyntheticColumns | null = null,
): ColumnHistogram[] {
  const isRare = target === null ? null : rareRowsOf(table, target);
  const learned = learnedRows(table);
  return names.flatMap((name) => {
    const column = table.columns.find((candidate) => candidate.name === name);
    if (!column) throw new EngineError('unknown-column', `The table has no column "${name}".`, { column: name });
    if (isCarriedColumn(column)) return [];
    const all = isNumericColumn(column) ? column.values : column.codes;
    const values = learned ? gather(all, learned) : all;
    const binning = isCategoricalColumn(column)
      ? levelBins(values, column.levels, column.kind === 'cyclic' ? MAX_CYCLE_LEVELS : MAX_LEVELS)
      : numberBins(values, column.kind === 'integer' || column.kind === 'count');
    const counts = [new Float64Array(binning.bins), new Float64Array(binning.bins)] as const;
    for (let i = 0; i < values.length; i++) {
      const bin = binning.binOf(values[i]!);
      const group = isRare === null ? 0 : isRare[learned ? learned[i]! : i]!;
      if (bin >= 0 && group >= 0) counts[group as 0 | 1][bin]!++;
    }
    const at = synthetic === null ? -1 : synthetic.names.indexOf(name);
    let made: number[] | null = null;
    if (at >= 0) {
      const count = new Float64Array(binning.bins);
      for (const value of synthetic!.columns[at]!) {
        const bin = binning.binOf(value);
        if (bin >= 0) count[bin]!++;
      }
      made = shares(count);
    }
    return [
      {
        column: name,
        edges: binning.edges,
        levels: binning.levels,
        common: shares(counts[0]),
        rare: isRare === null ? [] : shares(counts[1]),
        synthetic: made,
      },
    ];
  });
}

function shares(counts: Float64Array): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return Array.from(counts, (count) => (total === 0 ? 0 : count / total));
}

/** 1 rare, 0 common, -1 unknown; null when the target has no two classes yet. */
function rareRowsOf(table: Table, target: Target): Int8Array | null {
  let settled: ReturnType<typeof requireTarget>;
  try {
    settled = requireTarget(table, target);
  } catch (error) {
    if (error instanceof EngineError) return null;
    throw error;
  }
  const rare = new Set(settled.rareCodes);
  return Int8Array.from(settled.column.codes, (code) => (code < 0 ? -1 : rare.has(code) ? 1 : 0));
}

function numberBins(values: ArrayLike<number>, isWhole: boolean): Binning {
  let min = Infinity;
  let max = -Infinity;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  if (min > max) return { bins: 0, edges: [], levels: [], binOf: () => -1 };
  if (isWhole && max - min < MAX_BINS) {
    const bins = max - min + 1;
    return {
      bins,
      edges: Array.from({ length: bins + 1 }, (_, i) => min - 0.5 + i),
      levels: [],
      binOf: (value) => (Number.isNaN(value) ? -1 : Math.min(bins - 1, Math.max(0, Math.round(value) - min))),
    };
  }
  const bins = min === max ? 1 : MAX_BINS;
  // Halves, because the difference of two huge numbers would be infinite.
  const halfWidth = max / 2 - min / 2;
  return {
    bins,
    edges: Array.from({ length: bins + 1 }, (_, i) => min * (1 - i / bins) + max * (i / bins)),
    levels: [],
    binOf(value) {
      if (Number.isNaN(value)) return -1;
      if (halfWidth === 0) return 0;
      const place = Math.floor(((value / 2 - min / 2) / halfWidth) * bins);
      return Math.min(bins - 1, Math.max(0, place));
    },
  };
}

function levelBins(codes: ArrayLike<number>, levels: readonly string[], most: number): Binning {
  const valid = (code: number) => code >= 0 && code < levels.length;
  if (levels.length <= most)
    return { bins: levels.length, edges: [], levels, binOf: (code) => (valid(code) ? code : -1) };
  const counts = new Float64Array(levels.length);
  for (let i = 0; i < codes.length; i++) if (codes[i]! >= 0) counts[codes[i]!]!++;
  const top = Array.from(levels.keys())
    .sort((a, b) => counts[b]! - counts[a]! || a - b)
    .slice(0, MAX_LEVELS)
    .sort((a, b) => a - b);
  const bin = new Int32Array(levels.length).fill(MAX_LEVELS);
  for (const [place, code] of top.entries()) bin[code] = place;
  const shown = top.map((code) => levels[code]!);
  const other = shown.includes('other') ? `other (${levels.length - MAX_LEVELS} levels)` : 'other';
  return {
    bins: MAX_LEVELS + 1,
    edges: [],
    levels: [...shown, other],
    binOf: (code) => (valid(code) ? bin[code]! : -1),
  };
}
