import type { ColumnKind } from '../../engine/data/table';

/** Kinds in plain words, in the order of the chooser. */
export const kindNames: Readonly<Record<ColumnKind, string>> = {
  continuous: 'Number',
  integer: 'Whole number',
  ordinal: 'Ordered category',
  nominal: 'Category',
  binary: 'Two values',
  datetime: 'Date or time',
  id: 'Id: carried, never learned',
};

export const kindOptions = (Object.keys(kindNames) as ColumnKind[]).map((value) => ({
  value,
  label: kindNames[value],
}));
