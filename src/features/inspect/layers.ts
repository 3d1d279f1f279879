import type { CompareView } from '../../state/ui';
import type { PointLayer, ScatterAxis, ScatterData } from '../../worker/inspectApi';

export const layerNames: Readonly<Record<PointLayer, string>> = {
  common: 'Real, common',
  rare: 'Real, rare',
  synthetic: 'Synthetic',
  comparison: 'Comparison',
  other: 'Other run',
  rejected: 'Rejected',
};

export const showsSynthetic = (compare: CompareView): boolean => compare === 'causal' || compare === 'both';
export const showsComparison = (compare: CompareView): boolean => compare === 'smote' || compare === 'both';

/** The compare switch after one of the two generated layers was switched on or off. */
export function compareAfter(compare: CompareView, layer: 'synthetic' | 'comparison', isOn: boolean): CompareView {
  const synthetic = layer === 'synthetic' ? isOn : showsSynthetic(compare);
  const comparison = layer === 'comparison' ? isOn : showsComparison(compare);
  if (synthetic && comparison) return 'both';
  return synthetic ? 'causal' : comparison ? 'smote' : 'real';
}

/** What one layer looks like in words and numbers. */
export interface LayerSummary {
  readonly layer: PointLayer;
  readonly points: number;
  readonly total: number;
  readonly leftOut: number;
  readonly x: string;
  readonly y: string;
}

/** Counts and the middle of every layer: the plot for those who cannot see it. */
export const summariseLayers = ({ x, y, layers }: ScatterData): readonly LayerSummary[] =>
  layers.map((layer) => ({
    layer: layer.layer,
    points: layer.x.length,
    total: layer.total,
    leftOut: layer.leftOut,
    x: middleOf(x, layer.x),
    y: middleOf(y, layer.y),
  }));

/** Points looked at for a middle: of more of them every few, which changes it by less than it is rounded. */
const ENOUGH = 40_000;

/** Mean of numbers, mean date, or the most frequent level with its share. */
function middleOf(axis: ScatterAxis, all: Float32Array): string {
  if (all.length === 0) return '–';
  const step = Math.ceil(all.length / ENOUGH);
  const values =
    step === 1 ? all : Float32Array.from({ length: Math.floor(all.length / step) }, (_, i) => all[i * step]!);
  if (axis.levels) {
    const counts = axis.levels.map(() => 0);
    for (const value of values) {
      const code = Math.round(value);
      if (counts[code] !== undefined) counts[code]++;
    }
    const top = counts.indexOf(Math.max(...counts));
    return `${axis.levels[top]} (${Math.round((100 * counts[top]!) / values.length)} %)`;
  }
  let sum = 0;
  for (const value of values) sum += value;
  const position = sum / values.length + axis.origin;
  // On a log axis this is the geometric mean, which is where the middle of the picture lies.
  const mean = axis.isLog ? 10 ** position : position;
  if (axis.kind === 'datetime') return new Date(mean).toISOString().slice(0, 10);
  return mean.toLocaleString('en', { maximumFractionDigits: Math.min(3, Math.max(1, axis.decimals)) });
}

export function summarySentence(data: ScatterData, visible: ReadonlySet<PointLayer>): string {
  const parts = summariseLayers(data)
    .filter(({ layer }) => visible.has(layer))
    .map((one) => {
      const count = `${layerNames[one.layer]}: ${one.points.toLocaleString('en')} points`;
      return one.points === 0
        ? count
        : `${count}, ${middleWord(data.x)} ${data.x.column} ${one.x}, ${middleWord(data.y)} ${data.y.column} ${one.y}`;
    });
  return `Scatter plot of ${data.y.column} against ${data.x.column}. ${parts.join('. ')}.`;
}

const middleWord = (axis: ScatterAxis): string => (axis.levels ? 'mostly' : 'mean');
