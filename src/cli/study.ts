import type { ImportedTable } from '../engine/data/importedTable';
import { changeKinds } from '../engine/data/readCsv';
import { isCategoricalColumn, isNumericColumn } from '../engine/data/table';
import { EngineError } from '../engine/errors';
import { shownName } from '../engine/graph/path';
import { emptyProject, type Project, type StudyDesign, type Target } from '../engine/project/project';
import { subtask, type Task } from '../engine/task';
import {
  groupOption,
  kindOption,
  mapOption,
  minorityOption,
  sheetOption,
  targetOption,
  timeOption,
} from './commonOptions';
import type { Host } from './host';
import { type MapFile, type OpenTable, readKinds, readTableFile } from './inputFiles';
import { type Arguments, badArgument } from './options';

/** What says which table is studied, and how; the same in every command that works on a map and a table. */
export const studyOptions = {
  map: mapOption,
  target: targetOption,
  minority: minorityOption,
  group: groupOption,
  time: timeOption,
  sheet: sheetOption,
  kind: kindOption,
} as const;

export const studyUsage = '[--group COL]... [--time COL] [--sheet NAME] [--kind COL=KIND]...';

/** A table with its target settled, and the project that says what is asked of it. */
export interface Study {
  readonly imported: ImportedTable;
  /** As the map's file has it, with what the options say instead; its target is that of this table. */
  readonly project: Project & { readonly target: Target };
  readonly summary: OpenTable['summary'];
  readonly messages: readonly string[];
}

/**
 * Reads the table of a command and settles what is asked of it: options come before the map's file, and what neither says is
 * guessed and told.
 * @param file The map's file; null where the command does without.
 * @throws EngineError `bad-parameter` without a target, `unknown-column` for a name the table does not have, and as `importFile`.
 */
export async function openStudy(
  host: Host,
  given: Arguments,
  path: string,
  file: MapFile | null,
  task: Task,
): Promise<Study> {
  const base = file?.project ?? { ...emptyProject, ...(file && { map: file.map }) };
  const column =
    given.text('target') ?? base.target?.column ?? (file?.outcomes.length === 1 ? file.outcomes[0]! : null);
  if (column === null) throw badArgument('--target is missing: name the column with the rare outcome.');
  const kinds = [...(base.data?.kinds ?? []), ...readKinds(given.texts('kind'))];
  const opened = await readTableFile(host, path, given.text('sheet'), subtask(task, 0, 0.9), kinds, base.data?.options);
  const asked = given.texts('minority');
  const known = base.target?.column === column ? base.target.rareLevels : [];
  const rareLevels = asked.length > 0 ? asked : known;
  const { imported, target, messages } = await settleTarget(opened.imported, column, rareLevels, subtask(task, 0.9, 1));
  const design = designOf(given, base.design, imported);
  return {
    imported,
    project: { ...base, target, ...(design && { design }) },
    summary: opened.summary,
    messages: [
      ...(file?.warnings ?? []),
      ...opened.notes,
      ...(base.data && base.data.hash !== opened.summary.hash
        ? [`${path} is not the file that the project was made with.`]
        : []),
      ...messages,
    ],
  };
}

function designOf(given: Arguments, known: StudyDesign | undefined, { table }: ImportedTable): StudyDesign | undefined {
  const groups = given.texts('group');
  const time = given.text('time');
  const named = [...groups.map((name) => ['--group', name]), ...(time === null ? [] : [['--time', time]])];
  for (const [option, name] of named)
    if (!table.columns.some((column) => column.name === name))
      throw new EngineError('unknown-column', `${option} ${shownName(name!)}: the table has no such column.`);
  if (named.length === 0) return known;
  return { groups: groups.length > 0 ? groups : (known?.groups ?? []), time: time ?? known?.time ?? null };
}

/** More distinct numbers than this are no classes. */
const MOST_CLASSES = 20;

export interface SettledTable {
  readonly imported: ImportedTable;
  readonly target: Target;
  readonly messages: readonly string[];
}

/**
 * The target with its rare levels: those asked for, else the rarest level. A target that was read as a few numbers is read
 * again as classes.
 * @throws EngineError `unknown-column`, `bad-target`.
 */
export async function settleTarget(
  imported: ImportedTable,
  column: string,
  rareLevels: readonly string[],
  task: Task,
): Promise<SettledTable> {
  const index = imported.table.columns.findIndex(({ name }) => name === column);
  if (index < 0)
    throw new EngineError(
      'unknown-column',
      `--target ${shownName(column)}: the table has no such column; it has ${imported.table.columns.map(({ name }) => shownName(name)).join(', ')}.`,
    );
  const read = imported.table.columns[index]!;
  const messages: string[] = [];
  let settled = imported;
  if (isNumericColumn(read) && imported.columns[index]!.distinct <= MOST_CLASSES) {
    const set = imported.table.columns.flatMap(({ name }, i) => {
      const { choice } = imported.columns[i]!;
      return name === column ? [{ column, kind: 'nominal' as const }] : choice ? [choice] : [];
    });
    settled = await changeKinds(imported, set, task);
    messages.push(`${shownName(column)} was read as ${read.kind}; as the target its values are taken as classes.`);
  }
  if (rareLevels.length > 0) return { imported: settled, target: { column, rareLevels }, messages };
  const now = settled.table.columns[index]!;
  const counts = isCategoricalColumn(now) ? settled.columns[index]!.levels.map(({ count }) => count) : [];
  const present = counts.filter((count) => count > 0);
  const rarest = counts.indexOf(Math.min(...present));
  const rare = isCategoricalColumn(now) && present.length > 1 ? [now.levels[rarest]!] : [];
  // With one class or none the engine says what is wrong; any level serves to ask it.
  const fallback = isCategoricalColumn(now) ? now.levels.slice(0, 1) : [];
  return { imported: settled, target: { column, rareLevels: rare.length > 0 ? rare : fallback }, messages };
}
