import type { RunRows } from './api';

/** The memory of a run's rows, to hand it to another thread without copying. */
export const buffersOfRun = ({ columns, donor, partner, proposals, refusedByRules }: RunRows) =>
  [...columns, donor, partner, proposals, refusedByRules].map(({ buffer }) => buffer);
