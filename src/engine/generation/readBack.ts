import { describeRule } from '../constraints/catalogue';
import { type IndependentCount, independentCheck } from '../constraints/checker/independentCheck';
import type { Rule } from '../constraints/rule';
import { type CellFormat, cellFormats } from '../data/cellText';
import { compileDatePattern } from '../data/datePattern';
import { type Frame, frameOf } from '../data/frame';
import type { Dialect } from '../data/table';
import { type AugmentedTable, type WriteReport, writeAll, writeAugmented } from '../data/writeCsv';
import { EngineError } from '../errors';
import { gather } from '../numeric/gather';
import { subtask, type Task } from '../task';

/** Synthetic rows, evenly spread, that are written for the look and read again. */
const MOST_READ = 20_000;

export interface ReadBack {
  readonly rows: number;
  /** Cells that do not read as the value that was made, to the last recorded decimal, with the first one's column. */
  readonly unlike: { readonly cells: number; readonly column: string | null };
  /** Rules by what the text says, and by the values that were made. */
  readonly inText: readonly IndependentCount[];
  readonly inValues: readonly IndependentCount[];
}

/**
 * Writes synthetic rows as the export does, takes the text apart by its own simple reading and judges every rule again by what
 * stands there: what is handed out is the text, not the numbers it was made from.
 */
export async function readBack(input: AugmentedTable, rules: readonly Rule[], task: Task): Promise<ReadBack> {
  const { imported, generated, synthetic } = input;
  const count = Math.min(MOST_READ, synthetic.rows);
  const looked = Int32Array.from({ length: count }, (_, i) => Math.floor((i * synthetic.rows) / count));
  const columns = synthetic.columns.map((column) => gather(column, looked));
  const some = {
    rows: count,
    columns,
    donor: looked.map((row) => synthetic.donor[row]!),
    partner: looked.map((row) => synthetic.partner[row]!),
    proposals: new Uint32Array(count),
  };
  const settings = {
    columns: 'map',
    flagColumn: false,
    weightColumn: false,
    lineageColumns: false,
    // An apostrophe before a text is for spreadsheets and no part of the level.
    guardFormulas: false,
    onlySynthetic: true,
  } as const;
  const { chunks } = await writeAll({ ...input, synthetic: some, settings }, task);
  const { source } = imported.table;
  const records = recordsOf(chunks.join(''), source).slice(source.header ? 1 : 0);
  const formats = cellFormats(imported);
  const inFile = imported.table.columns.flatMap(({ name }, i) => (generated.includes(name) ? [i] : []));
  const made: Frame = { ...frameOf(imported.table, generated, []), rows: count, columns };
  const read = generated.map((name) => {
    const place = inFile.findIndex((i) => imported.table.columns[i]!.name === name);
    const parse = reader(formats[inFile[place]!]!);
    return Float64Array.from({ length: count }, (_, row) => parse(records[row]?.[place] ?? ''));
  });
  let cells = 0;
  let column: string | null = null;
  made.specs.forEach((spec, c) => {
    // Beyond the recorded decimal a text need not go; dates are written to what their pattern shows.
    const slack = spec.levels || spec.datePattern !== null ? 0 : 0.5 * 10 ** -spec.decimals;
    for (let row = 0; row < count; row++) {
      const [a, b] = [read[c]![row]!, columns[c]![row]!];
      if (Number.isNaN(a) ? Number.isNaN(b) : Math.abs(a - b) <= slack + 1e-12 * Math.abs(b)) continue;
      cells++;
      column ??= spec.name;
    }
  });
  const donors = donorsOf(input, some.donor, columns);
  return {
    rows: count,
    unlike: { cells, column },
    inText: independentCheck(rules, { ...made, columns: read }, donors),
    inValues: independentCheck(rules, made, donors),
  };
}

/**
 * The export of a run, after it has been read back.
 * @throws EngineError `numeric-failure` where the text breaks a rule that the values keep; else as `writeAugmented`.
 */
export async function* writeChecked(
  input: AugmentedTable,
  rules: readonly Rule[],
  task: Task,
): AsyncGenerator<string, WriteReport, undefined> {
  const { unlike, rows, inText, inValues } = await readBack(input, rules, subtask(task, 0, 0.2));
  const messages: string[] = [];
  inText.forEach(({ ruleId, broken }, k) => {
    const rule = rules.find(({ id }) => id === ruleId)!;
    const before = inValues[k]!.broken;
    const words = describeRule(rule, frameOf(input.imported.table, input.generated, []).specs);
    if (broken > before)
      throw new EngineError(
        'numeric-failure',
        `As text, ${broken} of ${rows} synthetic rows break “${words}”, which ${before === 0 ? 'none' : `only ${before}`} of them did before, so nothing is written. This is a fault of the program: please report it, and switch the rule off to go on.`,
        { rule: ruleId },
      );
    if (before > 0)
      messages.push(
        `${before} of ${rows} synthetic rows break “${words}”: the rule was not there, or another one, when they were made. Generate again to have it kept.`,
      );
  });
  if (unlike.cells > 0)
    messages.push(
      `${unlike.cells === 1 ? '1 cell' : `${unlike.cells} cells`} of ${rows} synthetic rows ${unlike.cells === 1 ? 'does' : 'do'} not read again as made, first in "${unlike.column}": the form of the file cannot hold what was made.`,
    );
  const report = yield* writeAugmented(input, subtask(task, 0.2, 1));
  return { ...report, messages: [...report.messages, ...messages] };
}

function donorsOf({ imported, generated }: AugmentedTable, donor: Int32Array, columns: readonly Float64Array[]) {
  const real = frameOf(imported.table, generated).columns;
  // A row drawn from nothing has no donor whose value it could have had to keep.
  return columns.map((column, c) => column.map((value, i) => (donor[i]! < 0 ? value : real[c]![donor[i]!]!)));
}

/** Records of a text and their cells: a cell in quotes may hold delimiters and line ends, a doubled quote is one. */
function recordsOf(text: string, { delimiter, quote, newline }: Dialect): string[][] {
  const records: string[][] = [];
  let cells: string[] = [];
  let at = 0;
  while (at < text.length) {
    let cell = '';
    if (quote !== '' && text[at] === quote) {
      at++;
      while (at < text.length && !(text[at] === quote && text[at + 1] !== quote)) {
        cell += text[at];
        at += text[at] === quote ? 2 : 1;
      }
      at++;
    } else
      while (at < text.length && !text.startsWith(delimiter, at) && !text.startsWith(newline, at)) cell += text[at++];
    cells.push(cell);
    if (text.startsWith(delimiter, at)) {
      at += delimiter.length;
      if (at < text.length && !text.startsWith(newline, at)) continue;
      cells.push('');
    }
    at += newline.length;
    records.push(cells);
    cells = [];
  }
  return records;
}

/** What a cell says: the code of a level, a number, a time; NaN for nothing. */
function reader({ levels, datePattern, decimal, missingText }: CellFormat): (text: string) => number {
  const pattern = datePattern === null ? null : compileDatePattern(datePattern);
  return (text) => {
    if (levels) {
      const code = levels.indexOf(text);
      return code < 0 ? Number.NaN : code;
    }
    if (text === missingText || text === '') return Number.NaN;
    return pattern ? pattern.parse(text) : Number(decimal === ',' ? text.replace(',', '.') : text);
  };
}
