import type { Task } from '../task';
import { subtask } from '../task';
import { charactersOf, PlainCharacters } from './characters';
import { decodeText } from './decodeText';
import { FileHash } from './fileHash';
import type { FinishedColumn } from './finishColumn';
import type { ImportedTable } from './importedTable';
import type { ImportOptions } from './importOptions';
import { type OtherReaders, readColumns, readTable, type TableLayout } from './readCsv';
import { type FileFacts, summarise } from './summarise';
import type { TableSummary } from './summary';
import type { KindChoice } from './table';

/** A file as other threads are given it. */
export interface ColumnsRequest {
  readonly bytes: Uint8Array;
  /** They are all ASCII. */
  readonly isPlain: boolean;
  readonly layout: TableLayout;
  readonly options: ImportOptions;
  readonly kinds: readonly KindChoice[];
}

/** Threads beside this one that can read some columns of a file, each with a copy of it. */
export interface ColumnReaders {
  /** How many it is worth to ask for a file of so many bytes. */
  columnReaders(bytes: number): number;
  /** @returns The columns of each share, in its order. */
  readColumns(
    request: ColumnsRequest,
    shares: readonly (readonly number[])[],
    task: Task,
  ): Promise<readonly (readonly FinishedColumn[])[]>;
}

const othersFor = (bytes: number, request: Omit<ColumnsRequest, 'layout'>, readers: ColumnReaders): OtherReaders => ({
  count: readers.columnReaders(bytes),
  read: (shares, layout, task) => readers.readColumns({ ...request, layout }, shares, task),
});

/** Some columns of the table that `importFile` makes. @throws EngineError as it does. */
export async function importColumns(
  { bytes, isPlain, layout, options, kinds }: ColumnsRequest,
  positions: readonly number[],
  task: Task,
): Promise<readonly FinishedColumn[]> {
  if (isPlain) return readColumns(new PlainCharacters(bytes), layout, options, kinds, positions, task);
  const { text, utf8 } = decodeText(bytes, options.encoding);
  return readColumns(charactersOf(text, utf8), layout, options, kinds, positions, task);
}

/**
 * A delimited file from its bytes to a described table.
 * @param readers Share the columns of a large file; the table does not depend on them.
 * @param hash That of the bytes, where it is known.
 * @throws EngineError as `decodeText` and `readTable`.
 */
export async function importFile(
  fileName: string,
  bytes: Uint8Array,
  options: ImportOptions,
  kinds: readonly KindChoice[],
  task: Task,
  readers: ColumnReaders | null = null,
  hash = new FileHash(bytes.length).add(bytes).digest(),
): Promise<{ readonly imported: ImportedTable; readonly summary: TableSummary; readonly file: FileFacts }> {
  await task.checkpoint(0, 'Reading the file');
  const decoded = decodeText(bytes, options.encoding);
  const imported = await readTable(
    decoded.text,
    { ...options, encoding: decoded.encoding },
    kinds,
    subtask(task, 0.05, 0.9),
    decoded.utf8,
    readers && othersFor(bytes.length, { bytes, isPlain: decoded.isPlain, options, kinds }, readers),
  );
  const file = {
    fileName,
    bytes: bytes.length,
    hash,
    notices: decoded.notices,
  };
  return { imported, summary: await summarise(imported, file, subtask(task, 0.9, 1)), file };
}
