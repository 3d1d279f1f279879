import { appendTables, batchTime } from '../engine/data/appendTables';
import { decodeText } from '../engine/data/decodeText';
import { guessAll } from '../engine/data/importOptions';
import { readTable } from '../engine/data/readCsv';
import { RowSampler } from '../engine/data/sampleRows';
import { sniff } from '../engine/data/sniff';
import { suggestTarget } from '../engine/data/suggestTarget';
import { isCategoricalColumn } from '../engine/data/table';
import { EngineError } from '../engine/errors';
import type { DataOrigin } from '../engine/project/project';
import { createRng } from '../engine/rng';
import { silentTask, subtask, type Task } from '../engine/task';
import { excelSheets } from './excel';
import { parquetToCsv } from './parquet';
import type { ImportSource, LargeFile, PreparedSource, SourceChoices } from './source';

/** Text of which a table takes up to about a gigabyte: more is offered as a sample first. */
const COMFORTABLE_BYTES = 240 * 1024 * 1024;
const PEEK_BYTES = 4 * 1024 * 1024;
const MOST_LEVELS = 20;

interface Opened {
  readonly fileName: string;
  readonly blob: Blob;
  readonly format: DataOrigin['format'];
  readonly notes: readonly string[];
}

/**
 * Makes one text of what was dropped: gzip is unpacked, Parquet and Excel become CSV, several files are appended. A plain
 * file is passed on untouched. What only the person can decide comes back as a question.
 * @throws EngineError `unreadable-file`, `bad-parameter` for files that do not go together, `cancelled`.
 */
export async function prepareSource(
  sources: readonly ImportSource[],
  choices: SourceChoices,
  task: Task,
): Promise<PreparedSource> {
  const opened: Opened[] = [];
  for (const [i, source] of sources.entries()) {
    const part = subtask(task, i / sources.length, (i + 1) / sources.length);
    const ready = await open(source, choices, sources.length > 1, part);
    if ('kind' in ready) return ready;
    opened.push(ready);
  }
  const single = opened.length === 1 ? opened[0]! : null;
  const { fileName, blob, format, notes } = single ?? (await append(opened, sources, task));
  const files = sources.map((source) => source.fileName);
  const origin = (sample: DataOrigin['sample'], more: readonly string[] = []): DataOrigin => ({
    files,
    format: choices.isPasted ? 'clipboard' : format,
    sample,
    notes: [...notes, ...more],
  });
  if (choices.sample && choices.sample !== 'all') {
    const { rows, column, rareLevels, seed } = choices.sample;
    const drawn = await sample(blob, choices.sample, task);
    const { facts } = drawn;
    const rest = facts.kept - facts.rareKept;
    const kept =
      column === null
        ? `${facts.kept} of ${facts.rows} rows, drawn at random`
        : `all ${facts.rareKept} rows where ${column} is ${rareLevels.join(' or ')}, and ${rest} of the ${facts.rows - facts.rareKept} others, drawn at random`;
    const note = `This is a sample of ${fileName}: ${kept} (${rows} were asked for, seed ${seed}).`;
    return { kind: 'ready', source: { fileName, blob: drawn.csv }, origin: origin(facts, [note]) };
  }
  if (choices.sample === null && blob.size > COMFORTABLE_BYTES) return describeLarge(fileName, blob);
  const isPlain = single !== null && format === 'text' && !choices.isPasted;
  return { kind: 'ready', source: { fileName, blob }, origin: isPlain ? null : origin(null) };
}

async function open(
  { fileName, blob }: ImportSource,
  choices: SourceChoices,
  isOneOfMany: boolean,
  task: Task,
): Promise<Opened | PreparedSource> {
  const magic = new Uint8Array(await readBlob(blob.slice(0, 4)));
  const begins = (...bytes: number[]) => bytes.every((byte, i) => magic[i] === byte);
  if (begins(0x1f, 0x8b)) {
    const inner = await unzip(blob);
    const name = fileName.replace(/\.gz(ip)?$/i, '');
    const ready = await open({ fileName: name, blob: inner }, choices, isOneOfMany, task);
    if ('kind' in ready) return ready;
    const format = ready.format === 'text' ? 'gzip' : ready.format;
    return { ...ready, format, notes: [`${fileName} was unpacked.`, ...ready.notes] };
  }
  if (begins(0x50, 0x41, 0x52, 0x31)) {
    const { csv, notes } = await parquetToCsv(blob, fileName, task);
    return { fileName: withEnding(fileName), blob: csv, format: 'parquet', notes };
  }
  if (begins(0x50, 0x4b, 3, 4)) return openWorkbook(fileName, blob, choices, isOneOfMany);
  if (begins(0xd0, 0xcf, 0x11, 0xe0))
    throw new EngineError(
      'unreadable-file',
      'This is a workbook of the old .xls kind: open it in a spreadsheet and save it as .xlsx or CSV.',
    );
  return { fileName, blob, format: 'text', notes: [] };
}

async function openWorkbook(
  fileName: string,
  blob: Blob,
  { sheet }: SourceChoices,
  isOneOfMany: boolean,
): Promise<Opened | PreparedSource> {
  const sheets = await excelSheets(blob);
  const filled = sheets.filter(({ rows }) => rows > 0);
  if (filled.length === 0)
    throw new EngineError('no-rows', 'The workbook has no sheet with any cell: choose another file.');
  const chosen =
    sheet === null
      ? filled.length === 1 || isOneOfMany
        ? filled[0]
        : null
      : filled.find(({ name }) => name === sheet);
  if (!chosen)
    return {
      kind: 'choose-sheet',
      fileName,
      sheets: filled.map(({ name, rows, columns }) => ({ name, rows, columns })),
    };
  const csv = new Blob([chosen.csv], { type: 'text/csv' });
  const notes = [`${fileName}: the sheet "${chosen.name}" was read; dates are written yyyy-MM-dd.`];
  return { fileName: withEnding(fileName), blob: csv, format: 'excel', notes };
}

const withEnding = (fileName: string) => `${fileName.replace(/\.(parquet|pq|xlsx|xlsm)$/i, '')}.csv`;

async function unzip(blob: Blob): Promise<Blob> {
  try {
    return await new Response(blob.stream().pipeThrough(new DecompressionStream('gzip'))).blob();
  } catch (cause) {
    throw new EngineError(
      'unreadable-file',
      'The gzip file is damaged or cut off: unpack it elsewhere to see what is left, or fetch it again.',
      {},
      cause,
    );
  }
}

async function append(opened: readonly Opened[], sources: readonly ImportSource[], task: Task): Promise<Opened> {
  const files = [];
  for (const [i, { fileName, blob }] of opened.entries()) {
    const { text } = decodeText(new Uint8Array(await readBlob(blob)));
    const original = sources[i]!.blob;
    const changed = 'lastModified' in original ? Number(original.lastModified) : null;
    files.push({ fileName, text, time: batchTime(fileName, changed) });
  }
  const { text, notes } = await appendTables(files, task);
  return {
    fileName: `${opened.length} files.csv`,
    blob: new Blob([text], { type: 'text/csv' }),
    format: opened.every(({ format }) => format === opened[0]!.format) ? opened[0]!.format : 'text',
    notes: [...opened.flatMap((file) => file.notes), ...notes],
  };
}

/** What can be said of a file too large to be read at once, from its first megabytes. */
async function describeLarge(fileName: string, blob: Blob): Promise<LargeFile> {
  const bytes = new Uint8Array(await readBlob(blob.slice(0, PEEK_BYTES)));
  // Cut behind the last whole line, or a character could be cut in two.
  const { text } = decodeText(bytes.subarray(0, bytes.lastIndexOf(10) + 1));
  const peek = await readTable(text, guessAll, [], silentTask);
  const rows = Math.round((blob.size / Math.max(1, bytes.lastIndexOf(10) + 1)) * peek.table.rows);
  return {
    kind: 'too-large',
    fileName,
    bytes: blob.size,
    rows,
    canReadAll: blob.size <= 2 * COMFORTABLE_BYTES,
    suggested: suggestTarget(peek),
    columns: peek.table.columns.flatMap((column, i) =>
      isCategoricalColumn(column) && column.levels.length > 1 && column.levels.length <= MOST_LEVELS
        ? [
            {
              name: column.name,
              levels: column.levels.map((text, code) => ({ text, count: peek.columns[i]!.levels[code]!.count })),
            },
          ]
        : [],
    ),
  };
}

/** One pass over the file as a stream, so that no more than a few pieces of it are in memory at any time. */
async function sample(blob: Blob, choice: Exclude<SourceChoices['sample'], 'all' | null>, task: Task) {
  const bytes = new Uint8Array(await readBlob(blob.slice(0, PEEK_BYTES)));
  const whole = bytes.length === blob.size ? bytes : bytes.subarray(0, bytes.lastIndexOf(10) + 1);
  const { text, encoding } = decodeText(whole);
  const sniffed = sniff(text, guessAll);
  const peek = await readTable(text, guessAll, [], silentTask);
  const { rows, column, rareLevels, seed } = choice;
  const place = column === null ? -1 : peek.table.columns.findIndex(({ name }) => name === column);
  const expected = (blob.size / whole.length) * peek.table.rows;
  const share = Math.min(1, rows / expected);
  const rare = new Set(rareLevels.map((level) => level.trim().normalize('NFC')));
  const sampler = new RowSampler(
    sniffed,
    sniffed.header,
    { column: place, rareLevels: rare, share },
    createRng(seed, 'import-sample'),
  );
  const decoder = new TextDecoder(encoding);
  const parts: string[] = [];
  const reader = blob.stream().getReader();
  let read = 0;
  let skipped = false;
  for (;;) {
    const { done, value } = await reader.read();
    let piece = done ? decoder.decode() : decoder.decode(value, { stream: true });
    if (!skipped) {
      // The lines above the header stand in the first piece.
      piece = piece.slice(sniffed.from);
      skipped = true;
    }
    const kept = await sampler.take(piece, done);
    if (kept !== '') parts.push(kept);
    if (done) break;
    read += value.length;
    await task.checkpoint(read / blob.size, 'Drawing a sample');
  }
  const { kept, rareKept } = sampler;
  const facts = { rows: sampler.rows, kept, rareKept, column, rareLevels, seed };
  return { csv: new Blob(parts, { type: 'text/csv' }), facts };
}

/** @throws EngineError `unreadable-file` where the host cannot read the file (moved, no permission, too large for memory). */
export async function readBlob(blob: Blob): Promise<ArrayBuffer> {
  try {
    return await blob.arrayBuffer();
  } catch (cause) {
    throw new EngineError(
      'unreadable-file',
      'The file could not be read: it may have been moved or be too large for this page. Choose it again.',
      {},
      cause,
    );
  }
}
