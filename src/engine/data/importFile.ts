import type { Task } from '../task';
import { subtask } from '../task';
import { decodeText } from './decodeText';
import type { FinishedColumn } from './finishColumn';
import type { ImportedTable } from './importedTable';
import type { ImportOptions } from './importOptions';
import { type OtherReaders, readColumns, readTable } from './readCsv';
import { type FileFacts, summarise } from './summarise';
import type { TableSummary } from './summary';
import type { KindChoice } from './table';

/** The bytes of a file, or what they can be read from: handing that over costs no copy. */
export type FileBytes = Uint8Array | { arrayBuffer(): Promise<ArrayBuffer> };

/** A file as other threads are given it. */
export interface ColumnsRequest {
  readonly file: FileBytes;
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

const othersFor = (bytes: number, request: ColumnsRequest, readers: ColumnReaders): OtherReaders => ({
  count: readers.columnReaders(bytes),
  read: (shares, task) => readers.readColumns(request, shares, task),
});

/** Some columns of the table that `importFile` makes. @throws EngineError as it does. */
export async function importColumns(
  { file, options, kinds }: ColumnsRequest,
  positions: readonly number[],
  task: Task,
): Promise<readonly FinishedColumn[]> {
  const bytes = file instanceof Uint8Array ? file : new Uint8Array(await file.arrayBuffer());
  const { text, encoding, isPlain } = decodeText(bytes, options.encoding);
  return readColumns(text, { ...options, encoding }, kinds, positions, task, isPlain ? bytes : null);
}

/**
 * A delimited file from its bytes to a described table.
 * @param readers Share the columns of a large file; the table does not depend on them. They are given `source`, the same bytes.
 * @throws EngineError as `decodeText` and `readTable`.
 */
export async function importFile(
  fileName: string,
  bytes: Uint8Array,
  options: ImportOptions,
  kinds: readonly KindChoice[],
  task: Task,
  readers: ColumnReaders | null = null,
  source: FileBytes = bytes,
): Promise<{ readonly imported: ImportedTable; readonly summary: TableSummary; readonly file: FileFacts }> {
  await task.checkpoint(0, 'Reading the file');
  const decoded = decodeText(bytes, options.encoding);
  const imported = await readTable(
    decoded.text,
    { ...options, encoding: decoded.encoding },
    kinds,
    subtask(task, 0.05, 0.9),
    decoded.isPlain ? bytes : null,
    readers && othersFor(bytes.length, { file: source, options, kinds }, readers),
  );
  const file = { fileName, bytes: bytes.length, hash: hashBytes(bytes), notices: decoded.notices };
  return { imported, summary: await summarise(imported, file, subtask(task, 0.9, 1)), file };
}

/**
 * Tells whether the same file is back: 64 bits over the bytes, four at a time, as 16 hex digits. Two lanes of
 * multiply-and-rotate; the length counts, so that zeros at the end do.
 * @see Appleby, MurmurHash3 (2011), the mixing steps.
 */
function hashBytes(bytes: Uint8Array): string {
  let a = bytes.length | 0;
  let b = ~a;
  const whole = bytes.length & ~3;
  // A view of words needs an aligned start.
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  const words = new Int32Array(aligned.buffer, aligned.byteOffset, whole >> 2);
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    a = mix(a, word, 0xcc9e2d51);
    b = mix(b, word, 0x9e3779b1);
  }
  for (let i = whole; i < bytes.length; i++) {
    a = mix(a, bytes[i]!, 0xcc9e2d51);
    b = mix(b, bytes[i]!, 0x9e3779b1);
  }
  return [a, b].map((lane) => (finish(lane) >>> 0).toString(16).padStart(8, '0')).join('');
}

function mix(lane: number, word: number, factor: number): number {
  const mixed = lane ^ Math.imul(word, factor);
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0x6b64) | 0;
}

function finish(lane: number): number {
  const once = Math.imul(lane ^ (lane >>> 16), 0x85ebca6b);
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35);
  return twice ^ (twice >>> 16);
}
