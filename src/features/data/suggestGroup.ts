import type { ColumnSummary } from '../../worker/api';

/** Names that a table gives to what was observed, not to what was observed of it. */
const UNIT_NAME =
  /(^|[_\s.-])(id|ids|no|nr|num|number|key|code|uuid|patient|subject|customer|client|user|machine|device|site|ward|person)$/i;
const CAMEL_ID = /[a-z](Id|ID|No|Nr)$/;
/** Fewer units than this are a category like any other. */
const FEWEST_UNITS = 20;

/**
 * A column that seems to name who or what a row was taken from, several times over: rows of one unit are no independent
 * evidence, and the name itself is nothing to learn from. Null where none does.
 */
export function suggestGroup(
  columns: readonly ColumnSummary[],
  rows: number,
  named: readonly string[],
  target: string | null,
): ColumnSummary | null {
  return (
    columns.find(
      ({ name, kind, distinct }) =>
        !named.includes(name) &&
        name !== target &&
        kind !== 'continuous' &&
        kind !== 'datetime' &&
        distinct >= FEWEST_UNITS &&
        distinct <= 0.8 * rows &&
        (UNIT_NAME.test(name) || CAMEL_ID.test(name)),
    ) ?? null
  );
}
