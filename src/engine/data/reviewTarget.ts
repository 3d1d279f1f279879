import { EngineError } from '../errors';
import type { Target } from '../project/project';
import { wordsOf } from './inferKind';
import { type MissingByClass, missingByClass, missingNotices } from './missingByClass';
import type { Notice } from './summary';
import { type CategoricalColumn, type Column, isCategoricalColumn, isNumericColumn, type Table } from './table';

/** A column this close to the target alone is more likely its echo than its cause. */
const LEAK = 0.97;
const FEW_ROWS = 10;
/** With fewer rare rows, some column separates them by chance. */
const MIN_ROWS_FOR_LEAK = 5;

export interface SettledTarget {
  readonly column: CategoricalColumn;
  /** Codes of the rare levels, in the target's order. */
  readonly rareCodes: readonly number[];
  /** Rows with a rare level. */
  readonly rareRows: number;
  /** Rows whose target is known. */
  readonly knownRows: number;
}

/**
 * The target column with its rare codes, or the reason why there is none.
 * @throws EngineError `unknown-column`; `bad-target` for a column without levels, an unknown or absent rare level or one
 * that leaves no common row; `single-class` when all known rows have one level or none is rare.
 */
export function requireTarget(table: Table, target: Target): SettledTarget {
  const column = table.columns.find(({ name }) => name === target.column);
  if (!column)
    throw new EngineError('unknown-column', `The table has no column "${target.column}": choose another target.`, {
      column: target.column,
    });
  if (!isCategoricalColumn(column))
    throw new EngineError(
      'bad-target',
      `The target "${column.name}" is ${column.kind === 'id' ? 'an id' : column.kind === 'text' ? 'free text' : `of kind ${column.kind}`}: change its kind to nominal or binary, or choose another column.`,
      { column: column.name, kind: column.kind },
    );
  const rows = new Float64Array(column.levels.length);
  let knownRows = 0;
  for (const code of column.codes) {
    if (code < 0) continue;
    rows[code]!++;
    knownRows++;
  }
  if (knownRows === 0)
    throw new EngineError(
      'single-class',
      `The target "${column.name}" is missing in every row: choose another column.`,
    );
  if (rows.filter((count) => count > 0).length < 2)
    throw new EngineError(
      'single-class',
      `The target "${column.name}" has one class only ("${column.levels[rows.findIndex((count) => count > 0)]!.slice(0, 60)}" in all ${knownRows} known rows): there is no rare class to make rows for, so choose another column or add rows of the other class.`,
      { column: column.name },
    );
  if (target.rareLevels.length === 0)
    throw new EngineError(
      'bad-target',
      `No rare level of "${column.name}" is chosen: choose one of ${levelList(column)}.`,
    );
  const rareCodes = target.rareLevels.map((level) => {
    const code = column.levels.indexOf(level.trim().normalize('NFC'));
    if (code < 0)
      throw new EngineError(
        'bad-target',
        `The target "${column.name}" has no level "${level}": choose one of ${levelList(column)}.`,
        {
          column: column.name,
          level,
        },
      );
    return code;
  });
  const rareRows = [...new Set(rareCodes)].reduce((sum, code) => sum + rows[code]!, 0);
  if (rareRows === knownRows)
    throw new EngineError(
      'bad-target',
      `Every level of "${column.name}" is marked as rare: leave at least one as common.`,
    );
  return { column, rareCodes, rareRows, knownRows };
}

const levelList = ({ levels }: CategoricalColumn) =>
  levels
    .slice(0, 10)
    .map((level) => `"${level.slice(0, 40)}"`)
    .join(', ') + (levels.length > 10 ? ` and ${levels.length - 10} more` : '');

export interface TargetReview {
  readonly notices: readonly Notice[];
  readonly rareRows: number;
  readonly knownRows: number;
  /** Columns with missing cells, in table order. */
  readonly missing: readonly MissingByClass[];
}

/**
 * What the choice of target means for the table: few rare rows, a majority marked as rare, rows without target, columns
 * that nearly give the target away (one-column AUC, or bias-corrected Cramér's V, above 0.97 over rows known in both and not set
 * aside).
 * @throws EngineError as `requireTarget`.
 * @see Bergsma, A bias-correction for Cramér's V and Tschuprow's T, J. Korean Stat. Soc. 42 (2013).
 */
export function reviewTarget(table: Table, target: Target): TargetReview {
  const { column, rareCodes, rareRows, knownRows } = requireTarget(table, target);
  const notices: Notice[] = [];
  const warn = (text: string) => notices.push({ level: 'warning', text });
  if (rareRows < FEW_ROWS)
    warn(
      `Only ${rareRows} row${rareRows === 1 ? ' is' : 's are'} rare: nothing can be validated, and neighbour counts are lowered to ${Math.max(0, rareRows - 1)}; collect more rare rows if you can.`,
    );
  else if (rareRows > knownRows / 2)
    warn(`The rare class has ${rareRows} of ${knownRows} rows, more than half: check which level is the rare one.`);
  if (knownRows < table.rows)
    notices.push({
      level: 'info',
      text: `${table.rows - knownRows} of ${table.rows} rows have no known "${column.name}": they are exported but not learned from.`,
    });
  const isRare = new Int8Array(table.rows);
  const rare = new Set(rareCodes);
  for (let row = 0; row < table.rows; row++)
    isRare[row] = column.codes[row]! < 0 ? -1 : rare.has(column.codes[row]!) ? 1 : 0;
  const learned = isRare.map((group, row) => (table.setAside?.[row] === 1 ? -1 : group));
  for (const other of table.columns) {
    if (other === column) continue;
    const leak = leakOf(other, learned);
    if (leak !== null && leak.strength > LEAK)
      warn(
        `"${other.name}" alone nearly gives "${column.name}" away (${leak.measure} ${leak.strength.toFixed(3)}): leave it out if it is recorded after the target or made from it.`,
      );
  }
  const missing = missingByClass(table, isRare);
  notices.push(...missingNotices(missing, column.name));
  notices.push(...recordedLater(table, column));
  return { notices, rareRows, knownRows, missing };
}

/** Words of names that speak of what is known only once the outcome is. */
const LATER_WORDS = new Set(
  'discharge discharged followup outcome result results final after post closed closing resolution resolved recovery recoveries settlement refund refunded cause deathdate'.split(
    ' ',
  ),
);

function recordedLater(table: Table, target: Column): Notice[] {
  const names = table.columns
    .filter((column) => column !== target && wordsOf(column.name).some((word) => LATER_WORDS.has(word)))
    .map(({ name }) => `"${name}"`);
  if (names.length === 0) return [];
  const text = `${names.slice(0, 5).join(', ')}${names.length > 5 ? ` and ${names.length - 5} more` : ''}`;
  return [
    {
      level: 'info',
      text: `By ${names.length === 1 ? 'its name' : 'their names'} ${text} may be recorded only after "${target.name}": leave out of the map what nobody knows beforehand.`,
    },
  ];
}

/**
 * How well one column alone tells rare (1) from common (0) rows; -1 rows are left out.
 * @returns AUC folded to [0.5, 1] for numbers, Cramér's V in [0, 1] for levels; null for ids and too few rare rows.
 */
export function leakOf(
  column: Column,
  isRare: Int8Array,
): { readonly measure: 'AUC' | "Cramér's V"; readonly strength: number } | null {
  if (isNumericColumn(column)) {
    const auc = aucOf(column.values, isRare);
    return auc === null ? null : { measure: 'AUC', strength: Math.max(auc, 1 - auc) };
  }
  if (!isCategoricalColumn(column)) return null;
  const strength = cramersV(column.codes, column.levels.length, isRare);
  return strength === null ? null : { measure: "Cramér's V", strength };
}

/** P(value of a rare row > value of a common row) + P(equal) / 2; each common row is looked up among the rare ones. */
function aucOf(values: Float64Array, isRare: Int8Array): number | null {
  const rare = values.filter((value, row) => isRare[row] === 1 && !Number.isNaN(value)).sort();
  let commonRows = 0;
  let wins = 0;
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (isRare[row] !== 0 || Number.isNaN(value)) continue;
    commonRows++;
    const below = countBelow(rare, value, false);
    const notAbove = countBelow(rare, value, true);
    wins += rare.length - notAbove + (notAbove - below) / 2;
  }
  if (rare.length < MIN_ROWS_FOR_LEAK || commonRows < MIN_ROWS_FOR_LEAK) return null;
  return wins / (rare.length * commonRows);
}

/** How many of the rising values are below `value`, or equal to it where such count. */
function countBelow(rising: Float64Array, value: number, countsEqual: boolean): number {
  let [from, to] = [0, rising.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (rising[middle]! < value || (countsEqual && rising[middle] === value)) from = middle + 1;
    else to = middle;
  }
  return from;
}

function cramersV(codes: Int32Array, levels: number, isRare: Int8Array): number | null {
  const counts = [new Float64Array(levels), new Float64Array(levels)] as const;
  const totals = [0, 0];
  for (let row = 0; row < codes.length; row++) {
    const group = isRare[row]!;
    if (codes[row]! < 0 || group < 0) continue;
    counts[group as 0 | 1][codes[row]!]!++;
    totals[group]!++;
  }
  const n = totals[0]! + totals[1]!;
  if (totals[0]! < MIN_ROWS_FOR_LEAK || totals[1]! < MIN_ROWS_FOR_LEAK) return null;
  let chiSquared = 0;
  let used = 0;
  for (let level = 0; level < levels; level++) {
    const inLevel = counts[0][level]! + counts[1][level]!;
    if (inLevel === 0) continue;
    used++;
    for (const group of [0, 1] as const) {
      const expected = (inLevel * totals[group]!) / n;
      chiSquared += (counts[group][level]! - expected) ** 2 / expected;
    }
  }
  if (used < 2) return 0;
  const corrected = Math.max(0, chiSquared / n - (used - 1) / (n - 1));
  const columns = used - (used - 1) ** 2 / (n - 1);
  const rows = 2 - 1 / (n - 1);
  return Math.sqrt(corrected / Math.max(Number.EPSILON, Math.min(columns - 1, rows - 1)));
}
