import { categoricalMechanism } from './classifier';
import { linearText } from './locationScale';
import type { CategoricalMechanism, MechanismFamily, MechanismJson } from './mechanism';
import { type Predictor, type PredictorJson, predict, predictorFromJson, predictorToJson } from './predictor';
import { softmax } from './softmaxRegression';

/** p(level k | pa) = exp(f_k) / sum_l exp(f_l), f_0 = 0, each f_k linear or linear plus trees. */
export interface SoftmaxParts {
  readonly family: MechanismFamily;
  readonly label: string;
  readonly child: string;
  readonly levels: readonly string[];
  readonly predictor: Predictor;
}

export function softmaxMechanism(parts: SoftmaxParts): CategoricalMechanism {
  const { family, label, child, levels, predictor } = parts;
  const { design, coefficients, rounds } = predictor;
  return categoricalMechanism(
    family,
    { levels: levels.length, probabilities: (parents, rows) => softmax(predict(predictor, parents, rows), rows) },
    () => {
      const terms = coefficients.flatMap((beta, k) =>
        design.names.map((name, j) => ({
          name: levels.length === 2 ? name : `${levels[k + 1]}: ${name}`,
          value: beta[j]!,
        })),
      );
      const trees = rounds.length > 0 ? ` + ${rounds.length} rounds of trees` : '';
      const equation =
        levels.length === 2
          ? `logit P(${child} = ${levels[1]}) = ${linearText(terms)}${trees}`
          : `log P(${child} = level) / P(${child} = ${levels[0]}) linear in the parents${trees}`;
      return { family, label, equation, terms };
    },
    (): MechanismJson => ({ family, parts: { ...parts, predictor: predictorToJson(predictor) } }),
  );
}

export function softmaxFromJson(json: MechanismJson): CategoricalMechanism {
  const parts = json.parts as Omit<SoftmaxParts, 'predictor'> & { predictor: PredictorJson };
  return softmaxMechanism({ ...parts, predictor: predictorFromJson(parts.predictor) });
}
