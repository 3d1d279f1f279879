import { categoricalMechanism, categoricalNoise } from '../classifier';
import { type CountParts, countCard, countLaw, fitCounts } from '../countMechanism';
import { crpsOfQuantiles } from '../crps';
import { fitNumeric } from '../linearFits';
import { defineMechanism, type FitInput, type Mechanism } from '../mechanism';
import { spreadOf } from '../spread';
import { forward, type Transform } from '../transform';

const MOST_VALUES = 200;
/** Levels are held for every row while fitting: tables larger than this are left to the other families. */
const MOST_CELLS = 4e6;

/** A count with many values: the lowest value seen plus a Poisson or negative binomial count, cut at the highest one. */
export const count = defineMechanism({
  id: 'count',
  label: 'Count',
  child: 'numeric',
  complexity: 2,
  takesLimits: true,
  appliesTo(input) {
    const { child, parents, values } = input;
    if (parents.length === 0 || child.decimals > 0 || child.datePattern !== null) return false;
    const { scale } = fitNumeric(input, 'straight')!;
    const spread = scale.upper - scale.lower;
    return scale.grid === 1 && scale.lower >= 0 && spread <= MOST_VALUES && (spread + 1) * values.length <= MOST_CELLS;
  },
  fit(input) {
    const { values, tieBreak, child, weights } = input;
    const { scale, response } = fitNumeric(input, 'straight')!;
    const first = scale.lower;
    const counts = values.map((v) => v - first);
    const { parts, probabilities } = fitCounts(input, counts, scale.upper - first);
    const levels = parts.top + 1;
    const unit = spreadOf(response, weights);
    const loss = crpsOfQuantiles(quantilesOf(probabilities, levels, input, first, scale.transform), response);
    return {
      mechanism: countMechanism({ ...parts, family: 'count', child: child.name, first }),
      scores: loss.map((value) => -value / unit),
      noise: categoricalNoise(probabilities, levels, counts, tieBreak),
    };
  },
  fromJSON: (json) => countMechanism(json.parts as CountParts),
});

/** The tau quantile of every row on the scale of the fit, for increasing tau. */
function quantilesOf(
  probabilities: Float64Array,
  levels: number,
  { values }: FitInput,
  first: number,
  transform: Transform,
) {
  const at = new Uint32Array(values.length);
  const below = Float64Array.from(values, (_, i) => probabilities[i * levels]!);
  return (tau: number) =>
    values.map((_, i) => {
      while (at[i]! < levels - 1 && below[i]! < tau) {
        at[i]!++;
        below[i]! += probabilities[i * levels + at[i]!]!;
      }
      return forward(transform, first + at[i]!);
    });
}

function countMechanism(parts: CountParts): Mechanism {
  const { first, top } = parts;
  const codes = categoricalMechanism(
    'count',
    countLaw(parts),
    () => countCard(parts),
    () => ({ family: 'count', parts }),
  );
  const codeOf = (v: number) => Math.min(top, Math.max(0, Math.round(v - first)));
  return {
    ...codes,
    quantile: (parents, noise) => codes.quantile(parents, noise).map((code) => first + code),
    noise: (parents, values, tieBreak) => codes.noise(parents, values.map(codeOf), tieBreak),
    logDensity: (parents, values) => {
      const inside = codes.logDensity(parents, values.map(codeOf));
      return inside.map((value, i) => (values[i]! < first || values[i]! > first + top ? -Infinity : value));
    },
  };
}
