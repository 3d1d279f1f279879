import { EngineError } from '../engine/errors';
import type { Task } from '../engine/task';
import { cellText, csvLine, singleText } from './rowsToCsv';

/**
 * A Parquet file as CSV, one row group at a time; the reader is loaded when the first such file comes.
 * Missing values become empty cells, days and times ISO texts, lists and records JSON.
 * @throws EngineError `unreadable-file`, `cancelled`.
 */
export async function parquetToCsv(blob: Blob, fileName: string, task: Task): Promise<{ csv: Blob; notes: string[] }> {
  const [{ parquetMetadataAsync, parquetRead, parquetSchema }, { compressors }] = await Promise.all([
    import('hyparquet'),
    import('hyparquet-compressors'),
  ]);
  const file = {
    byteLength: blob.size,
    slice: (from: number, to?: number) => blob.slice(from, to).arrayBuffer(),
  };
  try {
    const metadata = await parquetMetadataAsync(file);
    const fields = parquetSchema(metadata).children.map(({ element }) => element);
    const names = fields.map(({ name }) => name);
    const isSingle = fields.map(({ type }) => type === 'FLOAT');
    const isNested = fields.some(({ num_children }) => (num_children ?? 0) > 0);
    const parts: string[] = [csvLine(names)];
    let rowStart = 0;
    for (const group of metadata.row_groups) {
      const rowEnd = rowStart + Number(group.num_rows);
      await parquetRead({
        file,
        metadata,
        compressors,
        rowStart,
        rowEnd,
        onComplete(rows) {
          const lines = rows.map((row: unknown[]) =>
            csvLine(
              row.map((value, i) => (isSingle[i] && typeof value === 'number' ? singleText(value) : cellText(value))),
            ),
          );
          parts.push(lines.join(''));
        },
      });
      rowStart = rowEnd;
      await task.checkpoint(rowStart / Math.max(1, Number(metadata.num_rows)), 'Reading Parquet');
    }
    const notes = [`${fileName} was read from Parquet: ${rowStart} rows, ${names.length} columns.`];
    if (isNested) notes.push('Lists and records inside of cells are written as JSON text.');
    return { csv: new Blob(parts, { type: 'text/csv' }), notes };
  } catch (cause) {
    if (cause instanceof EngineError) throw cause;
    throw new EngineError(
      'unreadable-file',
      `The Parquet file cannot be read (${cause instanceof Error ? cause.message : String(cause)}): write it again without encryption, or export it as CSV.`,
      {},
      cause,
    );
  }
}
