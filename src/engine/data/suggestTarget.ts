import type { Target } from '../project/project';
import type { ImportedTable } from './importedTable';
import { wordsOf } from './inferKind';
import { isCategoricalColumn } from './table';

const STRONG = new Set(
  'target class label y outcome status default fraud event churn churned died death dead mortality disease diabetes cancer failure failed failing bad relapse readmitted converted income response survived case'.split(
    ' ',
  ),
);
const WEAK = new Set('type result low high treat treated hire hired approved accepted positive risk'.split(' '));
const MAX_LEVELS = 20;

/**
 * The most plausible target: a binary or nominal column whose rarest level has 0.1 % to 40 % of the known rows.
 * A telling name counts most, then having two levels, then standing last or first.
 * @returns null when no column qualifies; a nominal column only qualifies by its name.
 */
export function suggestTarget({ table, columns }: ImportedTable): Target | null {
  let best: Target | null = null;
  let bestScore = 0;
  for (let i = 0; i < table.columns.length; i++) {
    const column = table.columns[i]!;
    const { levels } = columns[i]!;
    if (!isCategoricalColumn(column) || column.kind === 'ordinal' || levels.length < 2 || levels.length > MAX_LEVELS)
      continue;
    const known = levels.reduce((sum, { count }) => sum + count, 0);
    const rare = levels.reduce((a, b, code) => (b.count < levels[a]!.count ? code : a), 0);
    const share = levels[rare]!.count / known;
    if (share < 0.001 || share > 0.4 || known < 0.5 * table.rows) continue;
    const words = wordsOf(column.name);
    const named = words.some((word) => STRONG.has(word)) ? 4 : words.some((word) => WEAK.has(word)) ? 2 : 0;
    if (column.kind === 'nominal' && named === 0) continue;
    const score =
      1 +
      named +
      (column.kind === 'binary' ? 1 : 0) +
      (i === table.columns.length - 1 ? 1 : i === 0 ? 0.5 : 0) +
      (0.4 - share);
    if (score > bestScore) {
      bestScore = score;
      best = { column: column.name, rareLevels: [column.levels[rare]!] };
    }
  }
  return best;
}
