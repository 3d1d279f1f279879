import { gather } from '../../numeric/gather';
import { designColumns, type LinearDesign } from '../design';
import { bestShape, fitLogit, type LogitFits } from '../linearFits';
import { leftOutLoss, logitFamilyFit } from '../logitFamilyFit';
import { defineClassifier, type FitInput } from '../mechanism';
import { candidateTerms, selectTerms } from '../selectedTerms';
import { softmaxFromJson } from '../softmaxMechanism';
import { linearPredictors } from '../softmaxRegression';

/** Pull of a square or product towards none, in rows: it was taken for being the largest. */
const PULL = 3;

const known = new WeakMap<FitInput, LogitFits | null>();

/** The logit with its terms, selected anew without each fold; null where none is taken from all rows. */
function fitsOf(input: FitInput): LogitFits | null {
  if (!known.has(input)) known.set(input, makeFits(input));
  return known.get(input)!;
}

function makeFits(input: FitInput): LogitFits | null {
  const { child, limits, values, parentColumns, weights } = input;
  if (child.levels!.length !== 2 || limits.length > 0) return null;
  const base = bestShape(
    (shape) => (shape === 'straight' || shape === 'drawn-in' ? fitLogit(input, shape) : null),
    leftOutLoss(input),
  );
  const candidates = candidateTerms(base.design);
  if (candidates.length === 0) return null;
  const wide: LinearDesign = {
    terms: [...base.design.terms, ...candidates],
    penalties: [...base.design.penalties, ...candidates.map(() => PULL)],
    names: [
      ...base.design.names,
      ...candidates.map((term) => {
        const { first, second } = term as Extract<typeof term, { kind: 'product' }>;
        const [a, b] = [base.design.names[first + 1], base.design.names[second + 1]];
        return first === second ? `${a} squared` : `${a} x ${b}`;
      }),
    ],
  };
  const columns = designColumns(wide, parentColumns, values.length);
  const width = base.columns.length;
  const select = (rows: Uint32Array | null, start: Float64Array) => {
    const part = rows ? columns.map((column) => gather(column, rows)) : columns;
    return selectTerms({
      columns: part.slice(0, width),
      penalties: base.design.penalties,
      candidates: part.slice(width),
      pull: PULL,
      codes: rows ? gather(values, rows) : values,
      weights: rows ? gather(weights, rows) : weights,
      start,
    });
  };
  const all = select(null, base.coefficients[0]!);
  if (all.taken.length === 0) return null;
  const design: LinearDesign = {
    terms: [...base.design.terms, ...all.taken.map((k) => candidates[k]!)],
    penalties: [...base.design.penalties, ...all.taken.map(() => PULL)],
    names: [...base.design.names, ...all.taken.map((k) => wide.names[width + k]!)],
  };
  return {
    design,
    columns: [...base.columns, ...all.taken.map((k) => columns[width + k]!)],
    limits: [],
    trainRows: base.trainRows,
    coefficients: [all.beta],
    foldPredictors: base.trainRows.map((rows) => {
      const { taken, beta } = select(rows, base.coefficients[0]!);
      return linearPredictors([...base.columns, ...taken.map((k) => columns[width + k]!)], [beta], values.length);
    }),
  };
}

/**
 * The ridge logit with the squares and products that each prove themselves beyond chance. Where none does it is the ridge logit
 * itself, which is why it counts as equally simple.
 */
export const selectedLogit = defineClassifier({
  id: 'selected-logit',
  label: 'Ridge logit with selected terms',
  child: 'categorical',
  complexity: 2,
  takesLimits: false,
  appliesTo: (input) => input.parents.length > 0 && input.child.levels!.length === 2 && fitsOf(input) !== null,
  fit: (input) => logitFamilyFit(input, fitsOf(input)!, 'selected-logit', 'Ridge logit with selected terms'),
  fromJSON: softmaxFromJson,
});
