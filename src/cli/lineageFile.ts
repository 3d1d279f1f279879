import { frameOf, selectRows } from '../engine/data/frame';
import { quoteCell } from '../engine/data/rawSegments';
import { isCategoricalColumn, type Table } from '../engine/data/table';
import { ROWS_PER_DRAW } from '../engine/executor';
import type { Run } from '../engine/generation/generateRun';
import { generatorById } from '../engine/generators/catalogue';
import { supportReference } from '../engine/validation/supportScore';

const plainCsv = { delimiter: ',', quote: '"' } as const;
const header =
  'row,level,generator,seed,donor,partner,proposals,refused_by_rules,rules_touched,support,redrawn,noise_before,noise_after';

/**
 * Where each synthetic row came from, one line a row; rows are counted from 1, donors and partners are rows of the data.
 * `support` is the support score of the row among real rare rows. `noise_before` and `noise_after` are the noises (0 to 1) of
 * the columns in `redrawn`, of the donor and of the row, in that order; `rules_touched` are ids of rules that refused a
 * proposal. They are drawn again from the plan, block by block, so nothing of it has to be kept.
 */
export function* lineageCsv(run: Run, target: string, rareLevels: readonly string[], table: Table): Generator<string> {
  const { generator, seed } = run.settings;
  const column = table.columns.find(({ name }) => name === target);
  const levels = column && isCategoricalColumn(column) ? column.levels : [];
  const codes = run.columns[run.columnNames.indexOf(target)]!;
  const all = frameOf(table, run.columnNames);
  const targets = all.columns[run.columnNames.indexOf(target)]!;
  const isRare = levels.map((level) => rareLevels.includes(level));
  const support = supportReference(
    selectRows(
      all,
      [...targets.keys()].filter((i) => isRare[targets[i]!]),
    ),
  );
  const { trace } = generatorById(generator);
  const ruleIds = run.refusalsByRule.map(({ ruleId }) => ruleId);
  yield `${header}\n`;
  let first = 0;
  for (const { plan, rows } of run.plans) {
    for (let from = 0; from < rows; from += ROWS_PER_DRAW) {
      const size = Math.min(ROWS_PER_DRAW, rows - from);
      const traced = trace?.(plan, from, size);
      const scores = support.score(run.columns, first + from, first + from + size);
      const names = traced ? traced.nodes.map((node) => run.columnNames[node]!) : run.redrawn;
      const redrawn = quoteCell(names.join(' | '), plainCsv);
      const noises = (columns: readonly Float64Array[] | undefined, i: number) =>
        columns ? columns.map((u) => u[i]!.toFixed(4)).join(' | ') : '';
      for (let i = 0; i < size; i++) {
        const at = first + from + i;
        const rowText = (row: number) => (row < 0 ? '' : String(row + 1));
        const touched = traced ? ruleIds.filter((_, r) => r < 32 && (traced.rulesTouched[i]! >>> r) & 1) : [];
        yield `${[
          at + 1,
          quoteCell(levels[codes[at]!] ?? '', plainCsv),
          generator,
          seed,
          rowText(run.donor[at]!),
          rowText(run.partner[at]!),
          run.proposals[at],
          run.refusedByRules[at],
          quoteCell(touched.join(' | '), plainCsv),
          Number.isNaN(scores[i]!) ? '' : scores[i]!.toFixed(4),
          redrawn,
          noises(traced?.before, i),
          noises(traced?.after, i),
        ].join(',')}\n`;
      }
    }
    first += rows;
  }
}
