import type { DependenceTestDefinition } from './dependenceTest';
import { partialCorrelation } from './partialCorrelation';
import { pillai } from './pillai';
import { residualGcm } from './residualGcm';

/** Every dependence test, the default first. */
export const dependenceTests: readonly DependenceTestDefinition[] = [residualGcm, pillai, partialCorrelation];
