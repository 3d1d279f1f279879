import { gather } from '../numeric/gather';
import { categoricalFit, categoricalMechanism, outOfFoldProbabilities } from './classifier';
import { addLinear, designColumns, type LinearDesign } from './design';
import { newtonStart, type Shape } from './linearFits';
import { linearText } from './locationScale';
import type { CategoricalFit, CategoricalMechanism, FitInput, MechanismFamily, MechanismJson } from './mechanism';
import { type OrdinalFit, ordinalProbabilities, ordinalRegression } from './ordinalRegression';

interface OrdinalParts {
  readonly family: MechanismFamily;
  readonly label: string;
  readonly child: string;
  readonly levels: readonly string[];
  readonly design: LinearDesign;
  readonly thresholds: readonly number[];
  readonly slopes: readonly number[];
}

const etaOf = (columns: readonly Float64Array[], slopes: ArrayLike<number>): Float64Array =>
  addLinear(columns.slice(1), slopes, new Float64Array(columns[0]!.length));

/** Whether the levels have an order to be used. */
export const isOrdered = ({ child, parents }: FitInput): boolean =>
  child.kind === 'ordinal' && child.levels!.length > 2 && parents.length > 0;

/** Proportional odds on the design of a shape; null where the shape has nothing to add. */
export function ordinalFamilyFit(
  input: FitInput,
  shape: Shape,
  family: MechanismFamily,
  label: string,
): CategoricalFit | null {
  const start = newtonStart(input, shape, 1);
  if (!start) return null;
  const { design, columns, limits, trainRows, trainColumns } = start;
  const { values, weights, child, fold } = input;
  const levels = child.levels!.length;
  const fit = ordinalRegression(columns, values, levels, weights, design.penalties, limits);
  const byFold = trainRows.map((rows, f) => {
    const part = ordinalRegression(
      trainColumns[f]!,
      gather(values, rows),
      levels,
      gather(weights, rows),
      design.penalties,
      limits,
    );
    return ordinalProbabilities(part.thresholds, etaOf(columns, part.slopes));
  });
  const mechanism = ordinalMechanism({
    family,
    label,
    child: child.name,
    levels: child.levels!,
    design,
    ...plain(fit),
  });
  return categoricalFit(input, mechanism, outOfFoldProbabilities(fold, levels, byFold));
}

/** Infinite thresholds, of levels never seen, have no place in JSON. */
const EDGE = 1e9;
const plain = ({ thresholds, slopes }: OrdinalFit) => ({
  thresholds: Array.from(thresholds, (t) => Math.max(-EDGE, Math.min(EDGE, t))),
  slopes: Array.from(slopes),
});

/** logit P(v <= level | pa) = threshold - eta(pa): monotone in the noise, since levels are in order. */
function ordinalMechanism(parts: OrdinalParts): CategoricalMechanism {
  const { family, label, child, levels, design, thresholds, slopes } = parts;
  return categoricalMechanism(
    family,
    {
      levels: levels.length,
      probabilities: (parents, rows) =>
        ordinalProbabilities(thresholds, etaOf(designColumns(design, parents, rows), slopes)),
    },
    () => {
      const terms = slopes.map((value, j) => ({ name: design.names[j + 1]!, value }));
      const shown = linearText([{ name: '', value: 0 }, ...terms])
        .replace(/^0\.00 \+ /, '')
        .replace(/^0\.00 - /, '-');
      return {
        family,
        label,
        equation: `logit P(${child} above a level) = ${shown} - the level's threshold`,
        terms: [...terms, ...thresholds.map((value, k) => ({ name: `threshold above ${levels[k]}`, value }))],
      };
    },
    (): MechanismJson => ({ family, parts }),
  );
}

export const ordinalFromJson = (json: MechanismJson): CategoricalMechanism =>
  ordinalMechanism(json.parts as OrdinalParts);
