import type { ColumnKind } from '../../engine/data/table';

/** Kinds in plain words, in the order of the chooser. */
export const kindNames: Readonly<Record<ColumnKind, string>> = {
  continuous: 'Number',
  integer: 'Whole number',
  count: 'Count',
  ordinal: 'Ordered category',
  nominal: 'Category',
  binary: 'Two values',
  cyclic: 'Cycle (hour, weekday)',
  datetime: 'Date or time',
  duration: 'Duration',
  constant: 'Constant',
  text: 'Free text (carried)',
  id: 'Id (carried)',
};

export const kindOptions = (Object.keys(kindNames) as ColumnKind[]).map((value) => ({
  value,
  label: kindNames[value],
}));
