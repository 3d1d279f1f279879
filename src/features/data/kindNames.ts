import type { ColumnKind } from '../../engine/data/table';

/** Kinds in plain words, in the order of the chooser. */
export const kindNames: Readonly<Record<ColumnKind, string>> = {
  continuous: 'Number',
  integer: 'Whole number',
  count: 'Count: whole, from 0',
  ordinal: 'Ordered category',
  nominal: 'Category',
  binary: 'Two values',
  cyclic: 'Cycle: hour, weekday, month',
  datetime: 'Date or time',
  duration: 'Duration',
  constant: 'Constant',
  text: 'Free text: carried, never learned',
  id: 'Id: carried, never learned',
};

export const kindOptions = (Object.keys(kindNames) as ColumnKind[]).map((value) => ({
  value,
  label: kindNames[value],
}));
