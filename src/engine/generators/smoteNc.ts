import { defineGenerator, type GeneratorInput } from './generator';
import { drawInterpolated, interpolationPlan, treatment } from './interpolation';
import { neighboursInClass } from './rareNeighbours';
import { featureColumns, rareRowsOf } from './rareRows';
import { neighboursParameter, smoteTreatments } from './smote';

/**
 * SMOTE-NC, for numbers and categories: distance² = sum of squared numeric differences + m² times the number of differing
 * categories, m the median of the numeric columns' population standard deviations in the rare class. Numbers as in SMOTE;
 * each category is the most frequent level among the k neighbours of the base row (the base not counted), ties at random.
 * Without a categorical column it is SMOTE. Without a numeric one, neighbours are the rows with fewest differing
 * categories and every column is voted. Messages say so. Rows with a missing cell are left out.
 * @throws EngineError `too-few-rows` with fewer than two complete rare rows.
 * @see SMOTE: Synthetic Minority Over-sampling Technique, JAIR 16 (2002), section 6.1.
 */
export const smoteNc = defineGenerator({
  id: 'smote-nc',
  label: 'SMOTE-NC',
  summary: 'SMOTE for mixed tables: numbers are interpolated, categories put to a vote among the neighbours.',
  usesMap: false,
  parameters: [neighboursParameter],
  async prepare(input, { k }, task) {
    const rare = rareRowsOf(input, smoteNc.label, 2, true);
    const { numeric, categorical } = featureColumns(input);
    const { bases, messages } = await neighboursInClass(
      smoteNc.label,
      input,
      rare,
      { numeric, categorical, mismatchPenalty: numeric.length ? medianDeviation(numeric, rare.columns) ** 2 : 1 },
      null,
      Math.round(k ?? neighboursParameter.initial),
      task,
    );
    const told: string[] = [];
    if (categorical.length === 0) told.push('There is no categorical column, so SMOTE-NC is the same as SMOTE here.');
    else if (numeric.length === 0)
      told.push('There is no numeric column: SMOTE-NC votes on every column among the rows with fewest differences.');
    return {
      plan: interpolationPlan(smoteNc.id, input, smoteNcTreatments(input), bases),
      messages: [...rare.messages, ...messages, ...told],
    };
  },
  draw: drawInterpolated,
});

const smoteNcTreatments = (input: GeneratorInput) =>
  smoteTreatments(input).map((given) => (given === treatment.roundedCode ? treatment.voted : given));

/** The median over columns of the population standard deviation (an even count takes the mean of the middle two). */
export function medianDeviation(numeric: readonly number[], columns: readonly Float64Array[]): number {
  const deviations = numeric
    .map((column) => {
      const values = columns[column]!;
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    })
    .sort((a, b) => a - b);
  const middle = deviations.length >> 1;
  return deviations.length % 2 ? deviations[middle]! : (deviations[middle - 1]! + deviations[middle]!) / 2;
}
