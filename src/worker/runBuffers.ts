import type { FinishedColumn } from '../engine/data/finishColumn';
import { isCategoricalColumn, isNumericColumn } from '../engine/data/table';
import type { SyntheticRows } from '../engine/generators/generator';
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

/** The same of rows just drawn: every drawer makes arrays of its own. */
export const buffersOfRows = ({
  columns,
  donor,
  partner,
  proposals,
  refusedByRules,
  refusalsByRule,
  moved,
}: SyntheticRows) =>
  [...columns, donor, partner, proposals, refusedByRules, refusalsByRule, moved].map(({ buffer }) => buffer);

/** The same of columns just read: no two of them share memory. */
export const buffersOfColumns = (columns: readonly FinishedColumn[]) =>
  columns.flatMap(({ column }) => {
    if (isNumericColumn(column)) return [column.values.buffer];
    return isCategoricalColumn(column) ? [column.codes.buffer] : [];
  });
