import { LEAST_PROBABILITY } from '../classifier';
import { softmax } from '../softmaxRegression';
import type { Loss } from './boosting';

/** (y - f)^2 / 2. */
export const squaredLoss = (response: Float64Array): Loss => ({
  outputs: 1,
  derivatives([f], _, weights, gradient, hessian) {
    for (let i = 0; i < response.length; i++) {
      gradient[i] = weights[i]! * (f![i]! - response[i]!);
      hessian[i] = weights[i]!;
    }
  },
  rowLoss: ([f], i) => (f![i]! - response[i]!) ** 2 / 2,
});

/**
 * The check loss (y - f)(tau - 1[y < f]): f becomes the tau quantile. Leaves take the weighted tau quantile of their residuals;
 * the Newton step, used where a direction is kept, has the constant curvature 1 / scale.
 * @param scale Typical size of a residual, in units of y.
 */
export const quantileLoss = (response: Float64Array, tau: number, scale: number): Loss => ({
  outputs: 1,
  derivatives([f], _, weights, gradient, hessian) {
    for (let i = 0; i < response.length; i++) {
      gradient[i] = weights[i]! * ((f![i]! > response[i]! ? 1 : 0) - tau);
      hessian[i] = weights[i]! / scale;
    }
  },
  rowLoss: ([f], i) => (response[i]! - f![i]!) * (tau - (f![i]! > response[i]! ? 1 : 0)),
  leafValue([f], _, weights, rows) {
    const residuals = Float64Array.from(rows, (i) => response[i]! - f![i]!);
    const order = Uint32Array.from(rows.keys()).sort((a, b) => residuals[a]! - residuals[b]!);
    let rest = tau * rows.reduce((sum, i) => sum + weights[i]!, 0);
    for (const at of order) {
      rest -= weights[rows[at]!]!;
      if (rest <= 0) return residuals[at]!;
    }
    return residuals[order[order.length - 1]!]!;
  },
});

/** |y - f| / 2: the median. */
export const absoluteLoss = (response: Float64Array, scale: number): Loss => quantileLoss(response, 0.5, scale);

/** eta + r exp(-eta), the loss of `logScaleRegression`; its expected Hessian is 1. */
export const logScaleLoss = (magnitude: Float64Array): Loss => ({
  outputs: 1,
  derivatives([eta], _, weights, gradient, hessian) {
    for (let i = 0; i < magnitude.length; i++) {
      gradient[i] = weights[i]! * (1 - magnitude[i]! * Math.exp(-eta![i]!));
      hessian[i] = weights[i]!;
    }
  },
  rowLoss: ([eta], i) => eta![i]! + magnitude[i]! * Math.exp(-eta![i]!),
});

/** -log p(code), p the softmax of levels - 1 predictors with 0 for level 0; the logistic loss where there are two levels. */
export function softmaxLoss(codes: Float64Array, levels: number): Loss {
  let p: Float64Array = new Float64Array(0);
  return {
    outputs: levels - 1,
    beginRound(predictors) {
      p = softmax(predictors, codes.length);
    },
    derivatives(_, k, weights, gradient, hessian) {
      for (let i = 0; i < codes.length; i++) {
        const w = weights[i]!;
        const share = p[i * levels + k + 1]!;
        gradient[i] = w * (share - (codes[i] === k + 1 ? 1 : 0));
        hessian[i] = w === 0 ? 0 : w * Math.max(1e-6, share * (1 - share));
      }
    },
    rowLoss(predictors, i) {
      let top = 0;
      for (let k = 0; k < levels - 1; k++) top = Math.max(top, predictors[k]![i]!);
      let sum = Math.exp(-top);
      for (let k = 0; k < levels - 1; k++) sum += Math.exp(predictors[k]![i]! - top);
      const own = codes[i] === 0 ? 0 : predictors[codes[i]! - 1]![i]!;
      return Math.min(-Math.log(LEAST_PROBABILITY), Math.log(sum) + top - own);
    },
  };
}
