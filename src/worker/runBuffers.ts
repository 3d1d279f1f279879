import type { RunRows } from './api';

/** The memory of a run's rows, to hand it to another thread without copying. */
export const buffersOfRun = ({ columns, donor, partner, proposals, refusedByRules, rowWeights }: RunRows) =>
  [
    ...columns,
    donor,
    partner,
    proposals,
    refusedByRules,
    ...(rowWeights ? [rowWeights.real, rowWeights.synthetic] : []),
  ].map(({ buffer }) => buffer);
