import { EngineError } from '../errors';
import { gather } from '../numeric/gather';
import { subtask } from '../task';
import { defineGenerator, type GeneratorDefinition, type ParameterDefinition } from './generator';
import { type Bases, drawInterpolated, interpolationPlan } from './interpolation';
import { euclidean } from './points';
import { neighboursInClass } from './rareNeighbours';
import { countOf, rareLevelOf, rareRowsOf } from './rareRows';
import { allFeatures, distanceMessages, neighboursParameter, smoteTreatments } from './smote';
import { othersNearby, type Surroundings, surroundingsOf } from './surroundings';

const surroundingParameter: ParameterDefinition = {
  id: 'm',
  label: 'Rows looked at around each rare row',
  help: 'A larger number judges from a wider circle which rare rows lie on the border.',
  min: 2,
  max: 50,
  step: 1,
  initial: 10,
};

/**
 * Borderline-SMOTE: SMOTE from the rare rows on the border only. With m' of a rare row's m nearest rows in the whole
 * table of another class, it is noise where m' = m, in danger where m / 2 <= m' < m, safe otherwise; bases are the rows
 * in danger. Kind 1 goes towards one of the base's k nearest rare rows. Kind 2 takes the k nearest of the whole table
 * and goes u v of the way, v ~ U(0, 0.5), where that row is of another class.
 * Distances, categories and missing cells are as in SMOTE; k and m are lowered where rows are few.
 * @throws EngineError `too-few-rows` with fewer than two complete rare rows, or where none is in danger.
 * @see Borderline-SMOTE: A New Over-Sampling Method in Imbalanced Data Sets Learning, ICIC (2005), section 3.
 */
const borderlineSmote = (kind: 1 | 2): GeneratorDefinition => {
  const id = `borderline-smote-${kind}`;
  const label = `Borderline-SMOTE ${kind}`;
  return defineGenerator({
    id,
    label,
    summary:
      kind === 1
        ? 'SMOTE from rare rows on the border with other classes only; knows nothing of the map.'
        : 'SMOTE from rare rows on the border, a little way towards other classes too; knows nothing of the map.',
    usesMap: false,
    parameters: [neighboursParameter, surroundingParameter],
    async prepare(input, parameters, task) {
      const k = Math.round(parameters.k ?? neighboursParameter.initial);
      const m = Math.round(parameters.m ?? surroundingParameter.initial);
      const rare = rareRowsOf(input, label, 2, true);
      const distance = euclidean(allFeatures(input));
      const widest = kind === 1 ? m : Math.max(m, k);
      const around = await surroundingsOf(label, kind === 1 ? 'm' : 'm or k', input, widest, subtask(task, 0, 0.9));
      const states = borderStates(othersNearby(around, Math.min(m, around.k)), Math.min(m, around.k));
      const danger = Int32Array.from(states.keys()).filter((position) => states[position] === 'danger');
      if (danger.length === 0) {
        const count = (state: BorderState) => states.filter((one) => one === state).length;
        throw new EngineError(
          'too-few-rows',
          `${label} makes nothing for ${input.frame.specs[input.target]!.name} = ${rareLevelOf(input)}: none of its ${countOf(states.length, 'row')} is on the border (${count('safe')} safe, ${count('noise')} noise); change m or use SMOTE.`,
        );
      }
      const found =
        kind === 1
          ? await neighboursInClass(label, input, rare, distance, danger, k, subtask(task, 0.9, 1))
          : { bases: basesInTable(around, danger, k), messages: [] };
      return {
        plan: interpolationPlan(id, input, smoteTreatments(input), found.bases),
        messages: [
          ...rare.messages,
          ...around.messages,
          ...found.messages,
          `${label} starts from ${countOf(danger.length, 'row')} on the border of ${rare.rows.length}.`,
          ...distanceMessages(label, input, rare.columns),
        ],
      };
    },
    draw: drawInterpolated,
  });
};

export const borderlineSmote1 = borderlineSmote(1);
export const borderlineSmote2 = borderlineSmote(2);

export type BorderState = 'safe' | 'danger' | 'noise';

/** @param others Of each row's m nearest rows, how many are of another class. */
export const borderStates = (others: Int32Array, m: number): readonly BorderState[] =>
  Array.from(others, (count) => (count === m ? 'noise' : 2 * count >= m ? 'danger' : 'safe'));

/** The rows in danger with their k nearest rows of any class, and no other row: the rest of the table is not sent along. */
function basesInTable(around: Surroundings, danger: Int32Array, wantedK: number): Bases {
  const k = Math.min(wantedK, around.k);
  const table = new Int32Array(danger.length * (k + 1));
  danger.forEach((position, i) => {
    table[i] = around.rare[position]!;
    const from = position * around.k;
    table.set(around.neighbours.subarray(from, from + k), danger.length + i * k);
  });
  const kept = [...new Set(table)].sort((a, b) => a - b);
  const positions = new Map(kept.map((row, position) => [row, position]));
  const packed = table.map((row) => positions.get(row)!);
  return {
    rows: Int32Array.from(kept, (row) => around.rows[row]!),
    columns: around.columns.map((column) => gather(column, kept)),
    bases: packed.subarray(0, danger.length),
    k,
    neighbours: packed.subarray(danger.length),
    ends: null,
    isOther: Uint8Array.from(kept, (row) => around.isOther[row]!),
  };
}
