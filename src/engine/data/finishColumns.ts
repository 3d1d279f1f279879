import { subtask, type Task } from '../task';
import { charactersOf } from './characters';
import { ColumnBuilder, type ReadingRules } from './columnBuilder';
import { type FinishedColumn, finishColumn } from './finishColumn';
import type { RecordCells } from './recordCells';
import type { KindChoice, SourceText } from './table';
import { eachRecord, LineCounter } from './tokenize';

export function addCell(builder: ColumnBuilder, row: number, cells: RecordCells, column: number): void {
  if (column >= cells.count) builder.add(row, '', 0, 0);
  else if (cells.quoted) builder.add(row, cells.quoted[column]!, 0, cells.quoted[column]!.length);
  else builder.add(row, cells.source, cells.from[column]!, cells.to[column]!);
}

/** Types every column; those that need their texts after all are read once more, together. */
export async function finishColumns(
  names: readonly string[],
  builders: ColumnBuilder[],
  chosen: ReadonlyMap<string, KindChoice>,
  rules: ReadingRules,
  source: SourceText,
  task: Task,
  positions: readonly number[] = names.map((_, i) => i),
): Promise<FinishedColumn[]> {
  const rows = source.start.length;
  const counter = new LineCounter(source, source.newline);
  const lineOf = (row: number) => counter.at(source.start[row]!);
  const finish = (i: number, builder: ColumnBuilder) =>
    finishColumn(names[i]!, builder, rows, chosen.get(names[i]!) ?? null, rules, lineOf);
  const finished: (FinishedColumn | null)[] = [];
  for (let i = 0; i < names.length; i++) {
    finished.push(finish(i, builders[i]!));
    builders[i] = new ColumnBuilder(rules, null, true, 1); // frees the old one's memory before the next column is typed
    await task.checkpoint((0.7 * (i + 1)) / names.length, 'Typing columns');
  }
  const again = finished.flatMap((column, i) => (column === null ? [i] : []));
  await fillAgain(
    source,
    again.map((i) => positions[i]!),
    again.map((i) => builders[i]!),
    subtask(task, 0.7, 1),
  );
  return finished.map((column, i) => column ?? finish(i, builders[i]!)!);
}

/** Reads the cells of some columns again. */
export async function fillAgain(
  source: SourceText,
  positions: readonly number[],
  builders: readonly ColumnBuilder[],
  task: Task,
): Promise<void> {
  const rows = source.start.length;
  if (positions.length === 0 || rows === 0) return;
  let row = 0;
  const characters = charactersOf(source.text);
  await eachRecord(characters, source.start[0]!, characters.length, source, task, (cells, start) => {
    if (row >= rows || start !== source.start[row]) return;
    for (let i = 0; i < builders.length; i++) addCell(builders[i]!, row, cells, positions[i]!);
    row++;
  });
}
