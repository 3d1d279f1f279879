import { quoteCell } from './rawSegments';
import type { AugmentedTable } from './writeCsv';

/** A column that the written table has beside those of the file, with its text by table row and by synthetic row. */
export interface AddedColumn {
  readonly name: string;
  readonly real: (row: number) => string;
  readonly made: (index: number) => string;
}

/** Flag, weight and lineage, as the settings ask for them; their names are made unique. */
export function addedColumns({ imported, synthetic, settings, ...input }: AugmentedTable): AddedColumn[] {
  const { table, options } = imported;
  const { source } = table;
  const taken = new Set([
    ...table.columns.map(({ name }) => name),
    ...(table.source.header ?? []).map((name) => name.trim()),
  ]);
  const added: AddedColumn[] = [];
  const add = (wanted: string, real: AddedColumn['real'], made: AddedColumn['made']) => {
    let name = wanted;
    for (let k = 2; taken.has(name); k++) name = `${wanted}_${k}`;
    taken.add(name);
    added.push({ name, real, made });
  };
  const number = (value: number) => {
    const text = String(value);
    return quoteCell(options.decimal === ',' ? text.replace('.', ',') : text, source);
  };
  const none = () => '';
  if (settings.flagColumn)
    add(
      'is_synthetic',
      () => '0',
      () => '1',
    );
  if (settings.weightColumn)
    add(
      'weight',
      (row) => number(input.realWeight(row)),
      (index) => number(input.syntheticWeight(index)),
    );
  if (settings.lineageColumns) {
    const generator = quoteCell(input.generator, source);
    const redrawn = quoteCell(input.redrawn.join(' | '), source);
    const rowText = (row: number) => (row < 0 ? '' : String(row + 1));
    add('lineage_generator', none, () => generator);
    add('lineage_seed', none, () => String(input.seed));
    add('lineage_row', none, (index) => String(index + 1));
    add('lineage_donor', none, (index) => rowText(synthetic.donor[index]!));
    add('lineage_partner', none, (index) => rowText(synthetic.partner[index]!));
    add('lineage_proposals', none, (index) => String(synthetic.proposals[index]!));
    add('lineage_redrawn', none, () => redrawn);
  }
  return added;
}
