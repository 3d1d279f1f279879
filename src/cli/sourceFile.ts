import type { Task } from '../engine/task';
import { prepareSource } from '../sources/prepareSource';
import { noChoices } from '../sources/source';
import type { Host } from './host';
import { inFile } from './inFile';
import { badArgument } from './options';

/** A delimited text as bytes, with what was done to the file to get it. */
export interface SourceFile {
  readonly fileName: string;
  readonly bytes: Uint8Array;
  readonly notes: readonly string[];
}

/**
 * The text of a table's file: gzip is unpacked, Parquet and a sheet of an Excel workbook become CSV, as in the studio.
 * @param sheet Name of the sheet; null where the workbook has but one, or the file is none.
 * @throws EngineError `unreadable-file`, `bad-parameter` for a workbook whose sheet is not named.
 */
export async function readSource(host: Host, path: string, sheet: string | null, task: Task): Promise<SourceFile> {
  const bytes = await host.readBytes(path);
  const blob = new Blob([bytes as Uint8Array<ArrayBuffer>]);
  const choices = { ...noChoices, sheet, sample: 'all' as const };
  const prepared = await inFile(path, () => prepareSource([{ fileName: fileNameOf(path), blob }], choices, task));
  if (prepared.kind === 'choose-sheet')
    throw badArgument(
      `${path} has several sheets: name one with --sheet: ${prepared.sheets.map(({ name, rows }) => `${name} (${rows} lines)`).join(', ')}.`,
    );
  if (prepared.kind !== 'ready') throw new Error(`Not asked for: ${prepared.kind}.`);
  const { source, origin } = prepared;
  const isSame = source.blob === blob;
  return {
    fileName: source.fileName,
    bytes: isSame ? bytes : new Uint8Array(await source.blob.arrayBuffer()),
    notes: origin?.notes ?? [],
  };
}

const fileNameOf = (path: string): string => path.split(/[/\\]/).at(-1)!;
