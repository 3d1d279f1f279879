import { defineGenerator, type GeneratorInput, type ParameterDefinition } from './generator';
import { drawInterpolated, interpolationPlan, type Treatment, treatment } from './interpolation';
import { euclidean } from './points';
import { neighboursInClass } from './rareNeighbours';
import { featureColumns, nameSome, rareRowsOf } from './rareRows';

export const neighboursParameter: ParameterDefinition = {
  id: 'k',
  label: 'Neighbours',
  help: 'A larger number mixes rows that are less alike.',
  min: 1,
  max: 50,
  step: 1,
  initial: 5,
};

/** Share of the squared distance above which one column is said to decide it alone. */
const DOMINANT_SHARE = 0.99;

/**
 * SMOTE: each synthetic row is a + u (b - a), u ~ U(0, 1), with a a rare row and b one of its k nearest rare rows by
 * Euclidean distance on the values as given (no scaling, as published). It ignores the map and the rules: it is there to
 * be compared with. Level codes are interpolated like numbers and rounded to the nearest code, which is what SMOTE does
 * to a table whose categories were encoded as numbers; a message says so.
 * Rows with a missing cell are left out; k is lowered where rows are few.
 * @throws EngineError `too-few-rows` with fewer than two complete rare rows.
 * @see SMOTE: Synthetic Minority Over-sampling Technique, JAIR 16 (2002), section 4.2.
 */
export const smote = defineGenerator({
  id: 'smote',
  label: 'SMOTE',
  summary: 'Points on the lines between rare rows and their nearest rare neighbours; knows nothing of the map.',
  usesMap: false,
  parameters: [neighboursParameter],
  async prepare(input, { k }, task) {
    const rare = rareRowsOf(input, smote.label, 2, true);
    const { bases, messages } = await neighboursInClass(
      smote.label,
      input,
      rare,
      euclidean(allFeatures(input)),
      null,
      Math.round(k ?? neighboursParameter.initial),
      task,
    );
    return {
      plan: interpolationPlan(smote.id, input, smoteTreatments(input), bases),
      messages: [...rare.messages, ...messages, ...distanceMessages(smote.label, input, rare.columns)],
    };
  },
  draw: drawInterpolated,
});

export const allFeatures = ({ frame, target }: GeneratorInput): readonly number[] =>
  [...frame.specs.keys()].filter((column) => column !== target);

export const smoteTreatments = ({ frame, target }: GeneratorInput): readonly Treatment[] =>
  frame.specs.map((spec, column) => {
    if (column === target) return treatment.copied;
    return spec.levels ? treatment.roundedCode : treatment.interpolated;
  });

/** What a Euclidean distance on the values as given does to this table: categories as numbers, one column's scale above all. */
export function distanceMessages(
  label: string,
  input: GeneratorInput,
  columns: readonly Float64Array[],
): readonly string[] {
  const encoded = featureColumns(input).categorical.map((column) => input.frame.specs[column]!);
  const told = encoded.length
    ? [`${label} treats the categories of ${nameSome(encoded)} as numbers; SMOTE-NC is the fairer baseline here.`]
    : [];
  return [...told, ...dominantColumn(label, input, columns)];
}

/** Says so where one column's scale makes up nearly all of the distance: SMOTE and its kin do not scale. */
function dominantColumn(label: string, input: GeneratorInput, columns: readonly Float64Array[]): readonly string[] {
  const features = allFeatures(input);
  const spreads = features.map((column) => {
    const values = columns[column]!;
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  });
  const total = spreads.reduce((sum, spread) => sum + spread, 0);
  const largest = spreads.indexOf(Math.max(...spreads));
  if (features.length < 2 || !(spreads[largest]! > DOMINANT_SHARE * total)) return [];
  const { name } = input.frame.specs[features[largest]!]!;
  return [`${label} does not scale columns: ${name} alone makes up over 99 % of the distance between rows.`];
}
