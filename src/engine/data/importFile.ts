import type { Task } from '../task';
import { subtask } from '../task';
import { decodeText } from './decodeText';
import type { ImportedTable } from './importedTable';
import type { ImportOptions } from './importOptions';
import { readTable } from './readCsv';
import { summarise } from './summarise';
import type { TableSummary } from './summary';
import type { ColumnKind } from './table';

/**
 * A delimited file from its bytes to a described table.
 * @throws EngineError as `decodeText` and `readTable`.
 */
export async function importFile(
  fileName: string,
  bytes: Uint8Array,
  options: ImportOptions,
  kinds: readonly { readonly column: string; readonly kind: ColumnKind }[],
  task: Task,
): Promise<{ readonly imported: ImportedTable; readonly summary: TableSummary }> {
  await task.checkpoint(0, 'Reading the file');
  const decoded = decodeText(bytes, options.encoding);
  const imported = await readTable(
    decoded.text,
    { ...options, encoding: decoded.encoding },
    kinds,
    subtask(task, 0.05, 0.9),
  );
  const file = { fileName, bytes: bytes.length, hash: hashBytes(bytes), notices: decoded.notices };
  return { imported, summary: await summarise(imported, file, subtask(task, 0.9, 1)) };
}

/** FNV-1a over the bytes, two 32-bit lanes with different offsets, as 16 hex digits: tells whether the same file is back. */
function hashBytes(bytes: Uint8Array): string {
  let a = 0x811c9dc5;
  let b = 0x9e3779b9;
  for (let i = 0; i < bytes.length; i++) {
    a = Math.imul(a ^ bytes[i]!, 0x01000193);
    b = (Math.imul(b ^ bytes[i]!, 0x01000193) + i) | 0; // kept within 32 bits, or the engine would count in doubles
  }
  return [a, b].map((lane) => (lane >>> 0).toString(16).padStart(8, '0')).join('');
}
