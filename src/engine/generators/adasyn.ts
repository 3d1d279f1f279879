import { EngineError } from '../errors';
import { subtask } from '../task';
import { defineGenerator } from './generator';
import { drawInterpolated, interpolationPlan } from './interpolation';
import { euclidean } from './points';
import { neighboursInClass } from './rareNeighbours';
import { countOf, rareLevelOf, rareRowsOf } from './rareRows';
import { allFeatures, distanceMessages, neighboursParameter, smoteTreatments } from './smote';
import { othersNearby, surroundingsOf } from './surroundings';

/**
 * ADASYN: SMOTE that makes more rows where the rare class is harder to learn. With r_i the share of other classes among
 * the k nearest rows of rare row i in the whole table and w_i = r_i / sum(r), row i is the base of g_i = round(w_i G) of
 * the G rows wanted; each goes towards one of its k nearest rare rows, as in SMOTE. Rounded numbers need not add up to
 * G: the difference is made up at the rows whose rounding erred most, and a message says so. Rows stand in the order of
 * their bases. Distances, categories and missing cells are as in SMOTE.
 * @throws EngineError `too-few-rows` with fewer than two complete rare rows, or where no rare row has another class near.
 * @see ADASYN: Adaptive Synthetic Sampling Approach for Imbalanced Learning, IJCNN (2008), section II.
 */
export const adasyn = defineGenerator({
  id: 'adasyn',
  label: 'ADASYN',
  summary: 'SMOTE with more rows where the nearest rows are of another class; knows nothing of the map.',
  usesMap: false,
  parameters: [neighboursParameter],
  async prepare(input, parameters, task) {
    const { label } = adasyn;
    const k = Math.round(parameters.k ?? neighboursParameter.initial);
    const rare = rareRowsOf(input, label, 2, true);
    const around = await surroundingsOf(label, 'k', input, k, subtask(task, 0, 0.9));
    const others = othersNearby(around);
    if (others.every((count) => count === 0))
      throw new EngineError(
        'too-few-rows',
        `ADASYN has nothing to do for ${input.frame.specs[input.target]!.name} = ${rareLevelOf(input)}: no rare row has a row of another class among its ${around.k} nearest; use SMOTE.`,
      );
    const { counts, total } = rowsPerBase(others, input.rowsWanted);
    const used = Int32Array.from(counts.keys()).filter((position) => counts[position]! > 0);
    const found = await neighboursInClass(
      label,
      input,
      rare,
      euclidean(allFeatures(input)),
      used,
      k,
      subtask(task, 0.9, 1),
    );
    let sum = 0;
    const ends = used.map((position) => (sum += counts[position]!));
    const off = Math.abs(total - input.rowsWanted);
    const rounding =
      off > 0
        ? [
            `ADASYN's rounding gives ${countOf(total, 'row')}: ${off} ${off === 1 ? 'was' : 'were'} ${total < input.rowsWanted ? 'added' : 'taken away'} where it erred most.`,
          ]
        : [];
    return {
      plan: interpolationPlan(adasyn.id, input, smoteTreatments(input), { ...found.bases, ends }),
      messages: [
        ...rare.messages,
        ...new Set([...around.messages, ...found.messages]),
        ...rounding,
        ...distanceMessages(label, input, rare.columns),
      ],
    };
  },
  draw: drawInterpolated,
});

/**
 * Rows to make from each rare row: g_i = round(w_i G), halves to even, w_i in proportion to `others`.
 * @returns `total`, the sum of the rounded numbers, and `counts`, which add up to G: where the sum is short (or too
 * large), one row each is added (taken away) in falling order of w_i G - g_i (g_i - w_i G), ties by row.
 */
export function rowsPerBase(
  others: ArrayLike<number>,
  wanted: number,
): { readonly rounded: Int32Array; readonly counts: Int32Array; readonly total: number } {
  const sum = Array.from(others).reduce((a, b) => a + b, 0);
  const exact = Float64Array.from(others, (count) => (count / sum) * wanted);
  const rounded = Int32Array.from(exact, roundHalfToEven);
  const total = rounded.reduce((a, b) => a + b, 0);
  const counts = rounded.slice();
  const step = Math.sign(wanted - total);
  const order = [...exact.keys()]
    .filter((i) => others[i]! > 0 && (step > 0 || rounded[i]! > 0))
    .sort((a, b) => step * (exact[b]! - rounded[b]! - exact[a]! + rounded[a]!) || a - b);
  // Each rounding errs by at most one half, so one row each is enough.
  for (const i of order.slice(0, Math.abs(wanted - total))) counts[i]! += step;
  return { rounded, counts, total };
}

function roundHalfToEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  if (rest !== 0.5) return Math.round(value);
  return below % 2 === 0 ? below : below + 1;
}
