import { toleranceOf } from '../formulas/findFormula';
import { evaluateFormula, type Formula, formulaText } from '../formulas/formula';
import { insideUnit } from '../locationScale';
import { defineMechanism, type Mechanism, type MechanismJson } from '../mechanism';

interface FormulaParts {
  readonly child: string;
  readonly parents: readonly string[];
  readonly formula: Formula;
  /** Values this close to the formula are the formula's, rounded as recorded. */
  readonly tolerance: number;
}

/**
 * v = f(pa) without noise, where a sum or a product of the parents gives the child in every row: see `findFormula`. The value
 * is missing where a parent it uses is. Noises carry nothing: any one gives the value back.
 */
export const exactFormula = defineMechanism({
  id: 'formula',
  label: 'Exact formula',
  child: 'numeric',
  complexity: 0,
  takesLimits: true,
  appliesTo: ({ formula }) => formula !== null,
  fit({ child, parents, values, tieBreak, formula }) {
    const mechanism = formulaMechanism({
      child: child.name,
      parents: parents.map(({ name }) => name),
      formula: formula!,
      tolerance: toleranceOf(child, values),
    });
    return { mechanism, scores: new Float64Array(values.length), noise: tieBreak };
  },
  fromJSON: (json) => formulaMechanism(json.parts as FormulaParts),
});

function formulaMechanism(parts: FormulaParts): Mechanism {
  const { child, parents, formula, tolerance } = parts;
  const equation = `${child} = ${formulaText(formula, parents)}`;
  return {
    family: 'formula',
    quantile: (columns, noise) => evaluateFormula(formula, columns, noise.length),
    noise: (_, values, tieBreak) => tieBreak.subarray(0, values.length).map(insideUnit),
    logDensity(columns, values) {
      const exact = evaluateFormula(formula, columns, values.length);
      return values.map((v, i) => (Math.abs(v - exact[i]!) <= tolerance ? 0 : -Infinity));
    },
    card: () => ({ family: 'formula', label: 'Exact formula', equation, terms: [] }),
    toJSON: (): MechanismJson => ({ family: 'formula', parts }),
  };
}
