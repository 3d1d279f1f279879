import { describeRule, ruleColumns } from '../../../engine/constraints/catalogue';
import { compileRule, stateOf } from '../../../engine/constraints/compileRules';
import { ruleState } from '../../../engine/constraints/ruleKind';
import { cellFormats, rawCells, valueFormatter } from '../../../engine/data/cellText';
import type { Frame } from '../../../engine/data/frame';
import { type Column, isCarriedColumn } from '../../../engine/data/table';
import type { PointLayer } from '../../../engine/inspection/layerRows';
import type { Project } from '../../../engine/project/project';
import type { RowDetail, ViewSource } from '../../inspectApi';
import { frameOfRun, openTable, type Session } from '../../session';
import { runOfLayer } from './viewLayers';

/** The cells of a row as the file writes them, beside those of its donor. */
export function rowDetail(
  session: Session,
  source: ViewSource,
  layer: PointLayer,
  row: number,
  rules: Project['rules'],
): RowDetail {
  const imported = openTable(session);
  const { table } = imported;
  if (layer === 'common' || layer === 'rare') {
    const cells = rawCells(table, row).map((text, c) => ({
      column: table.columns[c]!.name,
      text,
      donorText: null,
      changed: false,
    }));
    return { layer, row, cells, donorRow: null, partnerRow: null, brokenRules: [] };
  }
  const run = runOfLayer(session, source, layer);
  const frame = frameOfRun(session, run);
  const formats = cellFormats(imported);
  const donor = run.donor[row]!;
  // A row drawn from nothing has no donor to differ from.
  const donorCells = donor < 0 ? null : rawCells(table, donor);
  const cells = table.columns.flatMap((column, c) => {
    const at = run.columnNames.indexOf(column.name);
    if (at < 0) return [];
    const value = run.columns[at]![row]!;
    const before = donorCells ? cellValue(column, donor) : value;
    return [
      {
        column: column.name,
        text: valueFormatter(formats[c]!)(value),
        donorText: donorCells?.[c]?.trim() ?? null,
        changed: before !== value && !(Number.isNaN(before) && Number.isNaN(value)),
      },
    ];
  });
  return {
    layer,
    row,
    cells,
    donorRow: donor < 0 ? null : donor,
    partnerRow: run.partner[row]! < 0 ? null : run.partner[row]!,
    brokenRules: brokenBy(frame, row, rules),
  };
}

function cellValue(column: Column, row: number): number {
  if (isCarriedColumn(column)) return Number.NaN;
  if ('codes' in column) return column.codes[row]! < 0 ? Number.NaN : column.codes[row]!;
  return column.values[row]!;
}

/** Rules about columns that the run does not hold are not judged here. */
function brokenBy(frame: Frame, row: number, rules: Project['rules']): string[] {
  const names = new Set(frame.specs.map(({ name }) => name));
  return rules
    .filter((rule) => rule.enabled && ruleColumns(rule).every((name) => names.has(name)))
    .filter((rule) => stateOf(compileRule(rule, frame.specs), frame.columns, row) === ruleState.broken)
    .map((rule) => describeRule(rule, frame.specs));
}
