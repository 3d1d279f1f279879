import type { Rule } from '../engine/constraints/rule';
import { readRules } from '../engine/constraints/ruleText';
import { frameOf } from '../engine/data/frame';
import type { ImportedTable } from '../engine/data/importedTable';
import { importFile } from '../engine/data/importFile';
import { guessAll, type ImportOptions } from '../engine/data/importOptions';
import type { TableSummary } from '../engine/data/summary';
import { type ColumnKind, columnKinds, type KindChoice, type Table } from '../engine/data/table';
import { EngineError } from '../engine/errors';
import { type ReadMap, readMap } from '../engine/graph/formats/readMap';
import { shownName } from '../engine/graph/path';
import { parseProject } from '../engine/project/parseProject';
import type { Project } from '../engine/project/project';
import { subtask, type Task } from '../engine/task';
import type { Host } from './host';
import { inFile } from './inFile';
import { badArgument } from './options';
import { readSource } from './sourceFile';

export interface MapFile extends ReadMap {
  /** The project that the map came in, with its rules and settings; null for a bare map. */
  readonly project: Project | null;
}

/** Reads a map in any format, or a project. @throws EngineError as `readMap` and `parseProject`, naming the file. */
export async function readMapFile(host: Host, path: string): Promise<MapFile> {
  const bytes = await host.readBytes(path);
  return inFile(path, () => {
    const text = new TextDecoder().decode(bytes);
    const read = readMap(text);
    const isProject =
      read.format === 'json' && JSON.parse(text.replace(/^\uFEFF/, '')).format === 'counterpoise-project';
    return { ...read, project: isProject ? parseProject(text) : null };
  });
}

/**
 * Rules of a file with one a line. @throws EngineError `bad-rule` with file, line and place of the first that cannot be
 * read or applied, or that gives no reason.
 */
export async function readRulesFile(host: Host, path: string, table: Table): Promise<readonly Rule[]> {
  const text = new TextDecoder().decode(await host.readBytes(path)).replace(/^\uFEFF/, '');
  const names = table.columns.filter(({ kind }) => kind !== 'id').map(({ name }) => name);
  const { rules, problems } = readRules(text, frameOf(table, names, []).specs, (line) => `line-${line}`);
  const [problem] = problems;
  if (problem)
    throw new EngineError('bad-rule', `${path}: line ${problem.line}: ${problem.message}`, { line: problem.line });
  const unreasoned = rules.find(({ reason }) => reason === '');
  if (unreasoned)
    throw new EngineError(
      'bad-rule',
      `${path}: line ${unreasoned.id.slice('line-'.length)}: the rule gives no reason: write it after # in the same line.`,
    );
  return rules;
}

/** `--kind column=kind`, each. @throws EngineError `bad-parameter`. */
export function readKinds(texts: readonly string[]): { column: string; kind: ColumnKind }[] {
  return texts.map((text) => {
    const at = text.lastIndexOf('=');
    const kind = columnKinds.find((one) => one === text.slice(at + 1).trim());
    if (at < 1 || !kind)
      throw badArgument(`--kind ${text}: expected COLUMN=KIND with a kind of ${columnKinds.join(', ')}.`);
    return { column: text.slice(0, at), kind };
  });
}

export interface OpenTable {
  readonly imported: ImportedTable;
  readonly summary: TableSummary;
  /** What was done to the file to get at its table. */
  readonly notes: readonly string[];
}

/** Reads a table. @throws EngineError as `readSource` and `importFile`, naming the file. */
export async function readTableFile(
  host: Host,
  path: string,
  sheet: string | null,
  task: Task,
  set: readonly KindChoice[] = [],
  options: ImportOptions = guessAll,
): Promise<OpenTable> {
  const { fileName, bytes, notes } = await readSource(host, path, sheet, subtask(task, 0, 0.3));
  const opened = await inFile(path, () => importFile(fileName, bytes, options, set, subtask(task, 0.3, 1)));
  const names = new Set(opened.imported.table.columns.map(({ name }) => name));
  const unknown = set.find(({ column }) => !names.has(column));
  if (unknown) throw new EngineError('unknown-column', `--kind: ${path} has no column ${shownName(unknown.column)}.`);
  return { ...opened, notes };
}
