import type { DependenceTestDefinition } from './dependenceTest';
import { boostedGcm } from './tests/boostedGcm';
import { conditionalGaussian } from './tests/conditionalGaussian';
import { distanceCorrelation } from './tests/distanceCorrelation';
import { gaussianInformation } from './tests/gaussianInformation';
import { gcm } from './tests/gcm';
import { hsic } from './tests/hsic';
import { kci } from './tests/kci';
import { likelihoodRatio } from './tests/likelihoodRatio';
import { mantelHaenszel } from './tests/mantelHaenszel';
import { partialCorrelation } from './tests/partialCorrelation';
import { partialSpearman } from './tests/partialSpearman';
import { partialT } from './tests/partialT';
import { pillai } from './tests/pillai';
import { pillaiLaw } from './tests/pillaiLaw';
import { residualGcm } from './tests/residualGcm';
import { residualPermutation } from './tests/residualPermutation';
import { shrunkInformation } from './tests/shrunkInformation';
import { stratifiedChi2 } from './tests/stratifiedChi2';
import { stratifiedG2 } from './tests/stratifiedG2';

/** Every dependence test, the default first. */
export const dependenceTests: readonly DependenceTestDefinition[] = [
  residualGcm,
  gcm,
  boostedGcm,
  pillaiLaw,
  pillai,
  likelihoodRatio,
  residualPermutation,
  stratifiedG2,
  stratifiedChi2,
  mantelHaenszel,
  shrunkInformation,
  partialCorrelation,
  partialT,
  partialSpearman,
  gaussianInformation,
  conditionalGaussian,
  kci,
  hsic,
  distanceCorrelation,
];
