import { type Frame, isNumericSpec } from '../data/frame';
import { completeRows } from '../dependence/statementRows';
import { gather } from '../numeric/gather';
import { categoryAssociation } from './categories';
import { groupAssociation } from './groups';
import { pearson } from './numbers';

/** How two columns go together. */
export interface PairAssociation {
  readonly x: string;
  readonly y: string;
  readonly measure: 'pearson' | 'eta' | 'cramers-v';
  /** Pearson's r in [-1, 1] for two numbers or orders; eta or the corrected Cramér's V in [0, 1] else; 0 without variation. */
  readonly value: number;
}

/** Every pair of columns, on the rows that have both. */
export function pairAssociations(frame: Frame): PairAssociation[] {
  const isScored = (c: number) => isNumericSpec(frame.specs[c]!) || frame.specs[c]!.kind === 'ordinal';
  return frame.specs.flatMap((spec, i) =>
    frame.specs.slice(i + 1).map((other, k): PairAssociation => {
      const j = i + 1 + k;
      const rows = completeRows([frame.columns[i]!, frame.columns[j]!], frame.rows);
      const [x, y] = [gather(frame.columns[i]!, rows), gather(frame.columns[j]!, rows)];
      const ends = { x: spec.name, y: other.name };
      const finite = (value: number) => (Number.isFinite(value) ? value : 0);
      if (isScored(i) && isScored(j)) return { ...ends, measure: 'pearson', value: finite(pearson(x, y)) };
      if (!isScored(i) && !isScored(j)) {
        const columns = other.levels!.length;
        const counts = new Float64Array(spec.levels!.length * columns);
        x.forEach((code, row) => {
          counts[code * columns + y[row]!]!++;
        });
        const { cramersVCorrected } = categoryAssociation(counts, spec.levels!.length, columns);
        return { ...ends, measure: 'cramers-v', value: finite(cramersVCorrected) };
      }
      const { etaSquared } = isScored(i) ? groupAssociation(x, y) : groupAssociation(y, x);
      return { ...ends, measure: 'eta', value: finite(Math.sqrt(Math.max(0, etaSquared))) };
    }),
  );
}
