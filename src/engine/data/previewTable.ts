import { silentTask } from '../task';
import { rawCells } from './cellText';
import { decodeText } from './decodeText';
import type { ImportOptions } from './importOptions';
import { readTable } from './readCsv';
import type { Notice } from './summary';
import type { ColumnKind } from './table';

/** The first rows as a way of reading would read them. */
export interface TablePreview {
  /** As used, every guess filled in. */
  readonly options: ImportOptions;
  readonly columns: readonly { readonly name: string; readonly kind: ColumnKind }[];
  /** Cells of at most 8 rows. */
  readonly rows: readonly (readonly string[])[];
  /** Rows that were looked at, for the kinds are guessed from these alone. */
  readonly rowsSeen: number;
  readonly notices: readonly Notice[];
}

const SHOWN_ROWS = 8;

/**
 * Reads the beginning of a file to show what a way of reading makes of it.
 * @param isWhole The bytes are the whole file; else they are cut behind the last line that is complete.
 * @throws EngineError as `decodeText` and `readTable`.
 */
export async function previewTable(bytes: Uint8Array, isWhole: boolean, options: ImportOptions): Promise<TablePreview> {
  const whole = isWhole ? bytes : bytes.subarray(0, lastLineEnd(bytes));
  const { text, encoding, notices } = decodeText(whole, options.encoding);
  const { table, ...imported } = await readTable(text, { ...options, encoding }, [], silentTask);
  return {
    options: imported.options,
    columns: table.columns.map(({ name, kind }) => ({ name, kind })),
    rows: Array.from({ length: Math.min(SHOWN_ROWS, table.rows) }, (_, row) => rawCells(table, row)),
    rowsSeen: table.rows,
    notices: [...notices, ...imported.notices],
  };
}

/** Two-byte encodings put a zero beside the line end, which is kept with it. */
function lastLineEnd(bytes: Uint8Array): number {
  const at = bytes.lastIndexOf(10) + 1;
  return at > 0 ? (bytes[at] === 0 ? at + 1 : at) : bytes.length;
}
