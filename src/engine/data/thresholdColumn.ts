import { EngineError } from '../errors';
import type { Task } from '../task';
import type { ImportedTable } from './importedTable';
import { quoteCell, rawSegments } from './rawSegments';
import { isNumericColumn } from './table';

const ROWS_PER_CHUNK = 5000;

/**
 * The table's text with one column more, by which a number can be a target: 1 where `column` is at least (at most) the
 * threshold, else 0, empty where the number is missing. Whatever else the rows hold stays as it is.
 * @returns The text with a header line, and the name of the new column.
 * @throws EngineError `unknown-column`, `bad-target` for a column without numbers or a threshold that all rows pass or none.
 */
export async function withThreshold(
  { table }: ImportedTable,
  column: string,
  op: '>=' | '<=',
  threshold: number,
  task: Task,
): Promise<{ readonly chunks: readonly string[]; readonly name: string }> {
  const numbers = table.columns.find(({ name }) => name === column);
  if (!numbers) throw new EngineError('unknown-column', `The table has no column "${column}".`, { column });
  if (!isNumericColumn(numbers))
    throw new EngineError('bad-target', `"${column}" holds no numbers, so no threshold can be set.`, { column });
  const passes = (value: number) => (op === '>=' ? value >= threshold : value <= threshold);
  let [rare, common] = [0, 0];
  for (const value of numbers.values) if (!Number.isNaN(value)) passes(value) ? rare++ : common++;
  if (rare === 0 || common === 0)
    throw new EngineError(
      'bad-target',
      `${rare === 0 ? 'No row' : 'Every row'} has "${column}" ${op === '>=' ? 'at or above' : 'at or below'} ${threshold}: choose another threshold.`,
      { column, threshold },
    );
  const { source } = table;
  const { delimiter, newline } = source;
  const names = source.header ?? table.columns.map(({ name }) => name);
  const taken = new Set(table.columns.map(({ name }) => name));
  const base = `${column}${op === '>=' ? '_from_' : '_to_'}${threshold}`;
  let name = base;
  for (let k = 2; taken.has(name); k++) name = `${base}_${k}`;
  const chunks = [[...names, name].map((text) => quoteCell(text, source)).join(delimiter) + newline];
  for (let from = 0; from < table.rows; from += ROWS_PER_CHUNK) {
    const lines: string[] = [];
    for (let row = from; row < Math.min(table.rows, from + ROWS_PER_CHUNK); row++) {
      const value = numbers.values[row]!;
      const record = source.text.slice(source.start[row]!, source.end[row]!);
      const cells = rawSegments(record, source);
      const width = table.columns.length;
      // A short row is filled up and a long one cut, or the new cell would stand under another name.
      const whole = cells.length === width ? record : table.columns.map((_, i) => cells[i]?.raw ?? '').join(delimiter);
      lines.push(`${whole}${delimiter}${Number.isNaN(value) ? '' : passes(value) ? '1' : '0'}${newline}`);
    }
    chunks.push(lines.join(''));
    await task.checkpoint(from / table.rows, 'Adding the column');
  }
  return { chunks, name };
}
