import { quoteCell } from '../engine/data/rawSegments';
import { isCategoricalColumn, type Table } from '../engine/data/table';
import type { Run } from '../engine/generation/generateRun';

const plainCsv = { delimiter: ',', quote: '"' } as const;
const header = 'row,level,generator,seed,donor,partner,proposals,refused_by_rules,redrawn';

/** Where each synthetic row came from, one line a row; rows are counted from 1, donors and partners are rows of the data. */
export function* lineageCsv(run: Run, target: string, table: Table): Generator<string> {
  const { generator, seed } = run.settings;
  const column = table.columns.find(({ name }) => name === target);
  const levels = column && isCategoricalColumn(column) ? column.levels : [];
  const codes = run.columns[run.columnNames.indexOf(target)]!;
  const redrawn = quoteCell(run.redrawn.join(' | '), plainCsv);
  yield `${header}\n`;
  for (let i = 0; i < run.donor.length; i++) {
    const level = quoteCell(levels[codes[i]!] ?? '', plainCsv);
    const partner = run.partner[i]! < 0 ? '' : run.partner[i]! + 1;
    yield `${i + 1},${level},${generator},${seed},${run.donor[i]! + 1},${partner},${run.proposals[i]},${run.refusedByRules[i]},${redrawn}\n`;
  }
}
