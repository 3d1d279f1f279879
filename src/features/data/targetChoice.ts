import { isCategoricalKind } from '../../engine/data/table';
import type { Target } from '../../engine/project/project';
import type { ColumnSummary, TableSummary } from '../../worker/api';

export interface TargetOption {
  readonly column: string;
  readonly label: string;
  /** Null when the column can be the target as it is; else what stands in the way. */
  readonly problem: string | null;
}

/** Numbers with at most this many values are offered as targets once their kind is changed. */
const FEW_VALUES = 20;

/** Columns that can be the target, then those that could be if they were read as categories. */
export function targetOptions(columns: readonly ColumnSummary[]): readonly TargetOption[] {
  const usable = columns.filter(({ kind, distinct }) => isCategoricalKind(kind) && distinct >= 2);
  const almost = columns.filter(
    ({ kind, distinct }) => (kind === 'integer' || kind === 'continuous') && distinct >= 2 && distinct <= FEW_VALUES,
  );
  return [
    ...usable.map(({ name, distinct }) => ({ column: name, label: `${name} (${distinct} values)`, problem: null })),
    ...almost.map(({ name }) => ({
      column: name,
      label: `${name} (numbers: read it as a category first)`,
      problem: 'holds numbers',
    })),
  ];
}

/** The target with its likeliest rare level: the suggested one, else the level with the fewest rows. */
export function targetOn(column: ColumnSummary, { suggestedTarget }: Pick<TableSummary, 'suggestedTarget'>): Target {
  if (suggestedTarget?.column === column.name) return suggestedTarget;
  const rarest = column.levels.toSorted((a, b) => a.count - b.count)[0];
  return { column: column.name, rareLevels: rarest ? [rarest.text] : [] };
}

/** The target after one of its levels was ticked or unticked, levels in the order of the column. */
export function withLevel(target: Target, column: ColumnSummary, level: string, isRare: boolean): Target {
  const order = column.levels.map(({ text }) => text);
  const levels = isRare ? [...target.rareLevels, level] : target.rareLevels.filter((text) => text !== level);
  const rareLevels = [...new Set(levels)].sort((a, b) => order.indexOf(a) - order.indexOf(b));
  return { ...target, rareLevels };
}

/** A level of at most this share of the rows is rare. */
const RARE_SHARE = 0.1;
/** More rare levels than this are a long list, not outcomes that were forgotten. */
const MOST_RARE_LEVELS = 6;

/** Levels that are rare as well but not chosen; none where there are so many that rareness says nothing. */
export function otherRareLevels(column: ColumnSummary, { rareLevels }: Target, rows: number): readonly string[] {
  const rare = column.levels.filter(({ count }) => count > 0 && count / Math.max(1, rows) <= RARE_SHARE);
  if (rare.length > MOST_RARE_LEVELS || rare.length === column.levels.length) return [];
  return rare.flatMap(({ text }) => (rareLevels.includes(text) || text === '' ? [] : [text]));
}
