import { type Frame, isNumericSpec } from '../data/frame';
import { type ColumnArtefacts, columnArtefacts } from './artefacts';
import { type CategoryMeasures, categoryMeasures } from './categoryMeasures';
import { type ColumnFidelity, columnFidelity } from './columnFidelity';
import { type NumberMeasures, numberMeasures } from './numberMeasures';

export interface ColumnReport extends ColumnFidelity {
  readonly numbers: NumberMeasures | null;
  readonly categories: CategoryMeasures | null;
  readonly artefacts: ColumnArtefacts | null;
}

/** Everything that is measured of each single column. */
export function columnReports(real: Frame, synthetic: Frame): ColumnReport[] {
  const artefacts = new Map(columnArtefacts(real, synthetic).map((one) => [one.column, one]));
  return columnFidelity(real, synthetic).map((base, c): ColumnReport => {
    const spec = real.specs[c]!;
    const present = (frame: Frame) => frame.columns[c]!.filter((value) => !Number.isNaN(value));
    const [a, b] = [present(real), present(synthetic)];
    const isKnown = a.length > 1 && b.length > 1;
    const counts = (values: Float64Array) => {
      const out = new Float64Array(spec.levels?.length ?? 0);
      for (const code of values) out[code]!++;
      return out;
    };
    return {
      ...base,
      numbers: isKnown && isNumericSpec(spec) ? numberMeasures(a, b) : null,
      categories: isKnown && !isNumericSpec(spec) ? categoryMeasures(counts(a), counts(b)) : null,
      artefacts: artefacts.get(spec.name) ?? null,
    };
  });
}
