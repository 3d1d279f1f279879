import { gather } from '../../numeric/gather';
import { crpsOfQuantiles } from '../crps';
import { addLinear } from '../design';
import { fitNumeric } from '../linearFits';
import { type LocationScale, locationScaleFromJson, locationScaleMechanism } from '../locationScale';
import { fitLocationScale } from '../locationScaleFit';
import { defineMechanism, type FitInput, type Mechanism, type MechanismJson } from '../mechanism';
import { linearTilts, tiltedCdf, tiltedLogDensity, tiltedQuantile, tiltLoss, tiltsAt } from '../noiseShape';
import { type Predictor, type PredictorJson, predict, predictorFromJson, predictorToJson } from '../predictor';
import { residualQuantile } from '../residualDistribution';
import { solvePenalised, weightedMoment } from '../ridge';
import { spreadOf } from '../spread';
import { boostAll, boostFolds } from '../trees/boosting';
import { treesFor } from '../treesFor';

const LEAST_ROWS = 200;
const LEAST_IN_LEAF = 20;
const LEAF_PENALTY = 20;
/** Pull of each tilt's slopes towards none, in rows. */
const TILT_PENALTY = 20;
/** Standard errors, and share of its variance, by which the noise must depend on the parents before its shape is learned. */
const LEAST_SIGNAL = 3;
const LEAST_SHARE = 0.01;

/**
 * v = mu(pa) + sigma(pa) Q(u'), u' from a law on (0, 1) that depends on the parents too: its density is proportional to
 * exp(sum_j theta_j(pa) sqrt(2) cos(j pi u)), j = 1 to 4, each theta_j linear plus boosted trees. It learns what a centre and a
 * spread cannot say: skew that turns round, two humps that come and go. Only tried where the noise left over by the boosted mean
 * and spread still depends on the parents.
 */
export const boostedNoise = defineMechanism({
  id: 'boosted-noise',
  label: 'Boosted mean, spread and shape',
  child: 'numeric',
  complexity: 5,
  takesLimits: false,
  appliesTo: (input) => input.parents.length > 0 && input.values.length >= LEAST_ROWS && isShaped(input),
  fit(input) {
    const { values, weights, fold, child } = input;
    const n = values.length;
    const { parts, response, mu, sigmas, noise } = fitLocationScale(input);
    const { design, columns, trainRows, trainColumns, grams } = fitNumeric(input, 'straight')!;
    const penalties = design.penalties.map((penalty) => Math.max(penalty, TILT_PENALTY));
    const { boost, importance } = treesFor(input, tiltLoss(noise), LEAST_IN_LEAF, LEAF_PENALTY);
    const foldTheta = trainRows.map((rows, f) => {
      const own = gather(weights, rows);
      const solve = (y: Float64Array) =>
        solvePenalised(grams.train[f]!, weightedMoment(trainColumns[f]!, gather(y, rows), own), penalties);
      return tiltsAt(noise).map((y) => addLinear(columns, solve(y), new Float64Array(n)));
    });
    const rounds = boostFolds(boost, fold, foldTheta, importance);
    const theta = foldTheta[0]!.map((_, j) => Float64Array.from(fold, (f, i) => foldTheta[f]![j]![i]!));
    const { coefficients, theta: start } = linearTilts(noise, columns, (y) =>
      solvePenalised(grams.all, weightedMoment(columns, y, weights), penalties),
    );
    const mechanism = shapedMechanism({
      child: child.name,
      base: { ...parts, family: 'boosted-location-scale', label: 'Boosted mean and spread', child: child.name },
      tilts: { design, coefficients, features: boost.features, rounds: boostAll(boost, rounds, start) },
    });
    const unit = spreadOf(response, weights);
    const level = new Float64Array(n);
    const loss = crpsOfQuantiles((tau) => {
      const u = tiltedQuantile(theta, level.fill(tau));
      return u.map((value, i) => mu[i]! + sigmas[i]! * residualQuantile(parts.residuals, value));
    }, response);
    return { mechanism, scores: loss.map((value) => -value / unit), noise: tiltedCdf(theta, noise) };
  },
  fromJSON(json) {
    const { child, base, tilts } = json as unknown as { child: string; base: MechanismJson; tilts: PredictorJson };
    return around(child, locationScaleFromJson(base), predictorFromJson(tilts));
  },
});

/** Whether some cosine of the noise depends on the parents clearly (n R^2 over its degrees, in standard errors) and by enough. */
function isShaped(input: FitInput): boolean {
  const { noise } = fitLocationScale(input);
  const { columns, grams } =
    fitNumeric(input, 'crossed') ?? fitNumeric(input, 'bent') ?? fitNumeric(input, 'straight')!;
  const degrees = columns.length - 1;
  const free = new Float64Array(columns.length);
  return tiltsAt(noise).some((y) => {
    const beta = solvePenalised(grams.all, weightedMoment(columns, y, input.weights), free);
    const fitted = addLinear(columns, beta, new Float64Array(y.length));
    const explained = fitted.reduce((sum, f) => sum + f * f, 0) - fitted.reduce((sum, f) => sum + f, 0) ** 2 / y.length;
    return explained - degrees > LEAST_SIGNAL * Math.sqrt(2 * degrees) && explained - degrees > LEAST_SHARE * y.length;
  });
}

interface ShapedParts {
  readonly child: string;
  readonly base: LocationScale;
  readonly tilts: Predictor;
}

const shapedMechanism = ({ child, base, tilts }: ShapedParts): Mechanism =>
  around(child, locationScaleMechanism(base), tilts);

/** The base mechanism with its noise bent: Q(u) = base.Q(G^-1(u)), so that u = G(base.noise(v)). */
function around(child: string, base: Mechanism, tilts: Predictor): Mechanism {
  return {
    family: 'boosted-noise',
    quantile: (parents, noise) => base.quantile(parents, tiltedQuantile(predict(tilts, parents, noise.length), noise)),
    noise(parents, values, tieBreak) {
      // An atom's interval is bent at its ends; the tie break then places the noise evenly inside.
      const theta = predict(tilts, parents, values.length);
      const [low, high] = intervalOf(base, parents, values, theta);
      return tieBreak.map((share, i) => low[i]! + share * (high[i]! - low[i]!));
    },
    logDensity(parents, values) {
      const theta = predict(tilts, parents, values.length);
      const [low, high] = intervalOf(base, parents, values, theta);
      const inside = base.logDensity(parents, values);
      const middle = base.noise(parents, values, new Float64Array(values.length).fill(0.5));
      const bent = tiltedLogDensity(theta, middle);
      return inside.map((value, i) =>
        high[i]! > low[i]! && value > -Infinity ? Math.log(high[i]! - low[i]!) : value + bent[i]!,
      );
    },
    card() {
      const { equation, terms } = base.card();
      return {
        family: 'boosted-noise',
        label: 'Boosted mean, spread and shape',
        equation: `${equation}; the noise's shape depends on the parents (${tilts.rounds.length} rounds of trees)`,
        terms,
      };
    },
    toJSON: () => ({ family: 'boosted-noise', child, base: base.toJSON(), tilts: predictorToJson(tilts) }),
  };
}

/** Both ends of the interval of bent noises that give each value; equal where the law is continuous. */
function intervalOf(
  base: Mechanism,
  parents: readonly Float64Array[],
  values: Float64Array,
  theta: readonly Float64Array[],
): [Float64Array, Float64Array] {
  const at = (share: number) =>
    tiltedCdf(theta, base.noise(parents, values, new Float64Array(values.length).fill(share)));
  return [at(0), at(1)];
}
