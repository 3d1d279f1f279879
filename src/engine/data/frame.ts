import { EngineError } from '../errors';
import { isCategoricalColumn, isNumericColumn, type Table, type ValueKind, valueKindOf } from './table';

/** How the numbers of one frame column are to be read. */
export interface ValueSpec {
  readonly name: string;
  readonly kind: ValueKind;
  /** Level texts of a categorical column, in code order; null for numbers. */
  readonly levels: readonly string[] | null;
  /** Decimals to which generated numbers are rounded. */
  readonly decimals: number;
  readonly datePattern: string | null;
}

/**
 * The common currency of the statistics: columns of plain numbers.
 * Numeric columns hold values, categorical ones level codes; NaN marks a missing cell in both.
 */
export interface Frame {
  readonly rows: number;
  readonly specs: readonly ValueSpec[];
  /** One array of shape (rows,) per spec, in the same order. */
  readonly columns: readonly Float64Array[];
}

export const isNumericSpec = (spec: ValueSpec): boolean => spec.levels === null;

/**
 * Copies the named columns of a table, optionally of some rows only, into a frame.
 * @throws EngineError `unknown-column` for a name the table does not have, `unsupported-column` for an id or free text.
 */
export function frameOf(table: Table, names: readonly string[], rowIndices?: ArrayLike<number> | undefined): Frame {
  const byName = new Map(table.columns.map((column) => [column.name, column]));
  const rows = rowIndices ? rowIndices.length : table.rows;
  const specs: ValueSpec[] = [];
  const columns: Float64Array[] = [];
  for (const name of names) {
    const column = byName.get(name);
    if (!column) throw new EngineError('unknown-column', `The table has no column "${name}".`, { column: name });
    const out = new Float64Array(rows);
    if (isNumericColumn(column)) {
      for (let i = 0; i < rows; i++) out[i] = column.values[rowIndices ? rowIndices[i]! : i]!;
      const { decimals, datePattern } = column;
      specs.push({ name, kind: valueKindOf(column.kind), levels: null, decimals, datePattern });
    } else if (isCategoricalColumn(column)) {
      for (let i = 0; i < rows; i++) {
        const code = column.codes[rowIndices ? rowIndices[i]! : i]!;
        out[i] = code < 0 ? Number.NaN : code;
      }
      const { levels } = column;
      specs.push({ name, kind: valueKindOf(column.kind), levels, decimals: 0, datePattern: null });
    } else {
      throw new EngineError(
        'unsupported-column',
        `Column "${name}" is ${column.kind === 'id' ? 'an id' : 'free text'}: it is carried, never learned from.`,
        {
          column: name,
        },
      );
    }
    columns.push(out);
  }
  return { rows, specs, columns };
}

/** The frame restricted to the given rows, in that order. */
export function selectRows(frame: Frame, rowIndices: ArrayLike<number>): Frame {
  const rows = rowIndices.length;
  const columns = frame.columns.map((column) => {
    const out = new Float64Array(rows);
    for (let i = 0; i < rows; i++) out[i] = column[rowIndices[i]!]!;
    return out;
  });
  return { rows, specs: frame.specs, columns };
}
