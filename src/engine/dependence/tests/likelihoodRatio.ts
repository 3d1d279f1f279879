import { EngineError } from '../../errors';
import { defineDependenceTest } from '../dependenceTest';
import { compareNested } from '../nestedModels';
import { runPillai } from '../pillaiTest';
import { drawnSample } from '../subsample';
import { lengthOf } from '../variable';

const MOST_ROWS = 20_000;

/**
 * Tests x independent of y given z by regressions: y on z against y on z and x, and x on z against x on z and y; F for
 * numbers, likelihood ratio for logits (two or more levels), proportional odds (orders) and counts. The p-value is twice
 * the smaller of the two, at most 1; the effect that of the linear residuals.
 * @throws EngineError `too-few-rows` where no degrees of freedom are left.
 * @see Graphical Models in Applied Multivariate Statistics, Wiley 1990, section 6.7.
 */
export const likelihoodRatio = defineDependenceTest({
  id: 'likelihood-ratio',
  label: 'Nested regressions (F, likelihood ratio)',
  assumes: 'straight-line effects on means and log odds',
  appliesTo: () => true,
  run(x, y, given) {
    const { variables, rows, note } = drawnSample([x, y, ...given], MOST_ROWS);
    const [a, b, ...conditions] = variables;
    const { effect, signedEffect } = runPillai(a!, b!, conditions, 'linear');
    const both = [compareNested(b!, conditions, [a!]), compareNested(a!, conditions, [b!])];
    const known = both.filter(({ degrees, pValue }) => degrees > 0 && !Number.isNaN(pValue));
    if (known.some(({ residualDegrees }) => residualDegrees !== null && residualDegrees <= 0)) {
      throw new EngineError('too-few-rows', `Nested regressions need more rows than ${lengthOf(x)}.`, {
        rows: lengthOf(x),
      });
    }
    const [smaller] = known.toSorted((one, other) => one.pValue - other.pValue);
    return {
      statistic: smaller?.statistic ?? 0,
      pValue: smaller ? Math.min(1, known.length * smaller.pValue) : 1,
      effect,
      signedEffect,
      rows,
      note,
    };
  },
});
