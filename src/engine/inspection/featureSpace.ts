import type { ValueSpec } from '../data/frame';
import type { LayerRows } from './layerRows';

/** Turns rows of mixed columns into points of a space where distances make sense. */
export interface FeatureSpace {
  /** What each coordinate stands for: a column, or a column and its level. */
  readonly names: readonly string[];
  /** Row-major (rows, names); a row with a missing cell is NaN throughout. */
  encode(layer: LayerRows, rows: ArrayLike<number>): Float64Array;
}

/**
 * Numbers are centred and divided by their standard deviation; each level l of a category is one coordinate
 * ([v = l] - p_l) / sqrt(p_l), so that a category weighs as much as a number whatever its number of levels (factor
 * analysis of mixed data). Means, deviations and shares are those of the reference layers, each layer counting the same,
 * so that the few rare rows are not lost among the common ones. Constant columns carry no coordinate.
 * @see Multiple Factor Analysis by Example Using R, 2014, chapter 3.
 */
export function featureSpace(specs: readonly ValueSpec[], reference: readonly LayerRows[]): FeatureSpace {
  const layers = reference.filter(({ rows }) => rows.length > 0);
  const share = 1 / Math.max(1, layers.length);
  const names: string[] = [];
  const parts = specs.flatMap((spec) => {
    const average = (of: (value: number) => number) =>
      layers.reduce((total, layer) => {
        const read = layer.read(spec.name);
        let sum = 0;
        let known = 0;
        if (read)
          for (const row of layer.rows) {
            const value = read(row);
            if (Number.isNaN(value)) continue;
            sum += of(value);
            known++;
          }
        return total + (known > 0 ? (share * sum) / known : 0);
      }, 0);
    if (spec.levels) {
      const shares = spec.levels.map((_, level) => average((value) => (value === level ? 1 : 0)));
      const used = shares.flatMap((p, level) => (p > 0 && p < 1 ? [level] : []));
      for (const level of used) names.push(`${spec.name} = ${spec.levels[level]}`);
      return used.length === 0
        ? []
        : [
            {
              name: spec.name,
              write(value: number, out: Float64Array, at: number) {
                used.forEach((level, k) => {
                  const p = shares[level]!;
                  out[at + k] = ((value === level ? 1 : 0) - p) / Math.sqrt(p);
                });
              },
              width: used.length,
            },
          ];
    }
    const mean = average((value) => value);
    const deviation = Math.sqrt(average((value) => (value - mean) ** 2));
    if (!(deviation > 0 && Number.isFinite(deviation))) return [];
    names.push(spec.name);
    return [
      {
        name: spec.name,
        write(value: number, out: Float64Array, at: number) {
          out[at] = (value - mean) / deviation;
        },
        width: 1,
      },
    ];
  });
  const width = names.length;
  return {
    names,
    encode(layer, rows) {
      const out = new Float64Array(rows.length * width);
      let at = 0;
      const isMissing = new Uint8Array(rows.length);
      for (const { name, write, width: own } of parts) {
        const read = layer.read(name);
        for (let i = 0; i < rows.length; i++) {
          const value = read ? read(rows[i]!) : Number.NaN;
          if (Number.isNaN(value)) isMissing[i] = 1;
          else write(value, out, i * width + at);
        }
        at += own;
      }
      for (let i = 0; i < rows.length; i++) if (isMissing[i] === 1) out.fill(Number.NaN, i * width, (i + 1) * width);
      return out;
    },
  };
}
