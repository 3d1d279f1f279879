import { EngineError } from '../engine/errors';
import { cellText, csvLine } from './rowsToCsv';

export interface ExcelSheet {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  /** CSV of the sheet; rows without any cell are left out. */
  readonly csv: string;
}

/**
 * The sheets of an Excel workbook as CSV; the reader is loaded when the first workbook comes. Formulas count by the
 * values that were saved with them.
 * @throws EngineError `unreadable-file`.
 */
export async function excelSheets(blob: Blob): Promise<readonly ExcelSheet[]> {
  const { default: readWorkbook } = await import('read-excel-file/universal');
  try {
    const sheets = await readWorkbook(blob, { trim: false });
    return sheets.map(({ sheet, data }) => {
      const columns = data.reduce((most, row) => Math.max(most, row.length), 0);
      const rows = data.filter((row) => row.some((cell) => cell !== null && cell !== ''));
      const csv = rows
        .map((row) => csvLine(Array.from({ length: columns }, (_, column) => cellText(row[column]))))
        .join('');
      return { name: sheet, rows: rows.length, columns, csv };
    });
  } catch (cause) {
    throw new EngineError(
      'unreadable-file',
      `The Excel file cannot be read (${cause instanceof Error ? cause.message : String(cause)}): save it as .xlsx without a password, or as CSV.`,
      {},
      cause,
    );
  }
}
