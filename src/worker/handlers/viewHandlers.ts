import { compileRule, describeRule } from '../../engine/constraints/catalogue';
import { ruleColumns } from '../../engine/constraints/ruleColumns';
import { ruleState } from '../../engine/constraints/ruleKind';
import { cellFormats, rawCells, valueFormatter } from '../../engine/data/cellText';
import type { Frame } from '../../engine/data/frame';
import { scatterData } from '../../engine/data/scatter';
import { EngineError } from '../../engine/errors';
import type { EngineApi, PointLayer, RowDetail } from '../api';
import { classesOf, findRun, frameOfRun, openTable, type Session } from '../session';
import { settle } from '../settle';

type ViewHandlers = Pick<EngineApi, 'scatter' | 'rowDetail'>;

/** What the plots ask for. */
export const viewHandlers = (session: Session): ViewHandlers => ({
  scatter: (x, y, target, runId, comparisonRunId, limit) =>
    settle(() => {
      const frameOrNull = (id: string | null) => (id === null ? null : frameOfRun(session, findRun(session, id)));
      return scatterData(
        openTable(session).table,
        classesOf(session, target),
        x,
        y,
        frameOrNull(runId),
        frameOrNull(comparisonRunId),
        limit,
      );
    }),

  rowDetail: (layer, row, runId, rules) =>
    settle((): RowDetail => {
      const { table } = openTable(session);
      if (layer === 'common' || layer === 'rare') {
        const cells = rawCells(table, row).map((text, c) => ({
          column: table.columns[c]!.name,
          text,
          donorText: null,
          changed: false,
        }));
        return { layer, row, cells, donorRow: null, partnerRow: null, brokenRules: [] };
      }
      if (runId === null) throw new EngineError('no-run', 'There are no synthetic rows yet: generate some first.');
      return syntheticDetail(session, layer, row, runId, rules);
    }),
});

function syntheticDetail(
  session: Session,
  layer: PointLayer,
  row: number,
  runId: string,
  rules: Parameters<EngineApi['rowDetail']>[3],
): RowDetail {
  const imported = openTable(session);
  const { table } = imported;
  const run = findRun(session, runId);
  const frame = frameOfRun(session, run);
  const formats = cellFormats(imported);
  const donor = run.donor[row]!;
  const donorCells = rawCells(table, donor);
  const cells = table.columns.flatMap((column, c) => {
    const at = run.columnNames.indexOf(column.name);
    if (at < 0) return [];
    const text = valueFormatter(formats[c]!)(run.columns[at]![row]!);
    const donorText = donorCells[c]!.trim();
    const changed =
      cellValue(column, donor) !== run.columns[at]![row]! &&
      !(Number.isNaN(cellValue(column, donor)) && Number.isNaN(run.columns[at]![row]!));
    return [{ column: column.name, text, donorText, changed }];
  });
  return {
    layer,
    row,
    cells,
    donorRow: donor,
    partnerRow: run.partner[row]! < 0 ? null : run.partner[row]!,
    brokenRules: brokenBy(frame, row, rules),
  };
}

function cellValue(column: ReturnType<typeof openTable>['table']['columns'][number], row: number): number {
  if (column.kind === 'id') return Number.NaN;
  if ('codes' in column) return column.codes[row]! < 0 ? Number.NaN : column.codes[row]!;
  return column.values[row]!;
}

/** Rules about columns that the run does not hold are not judged here. */
function brokenBy(frame: Frame, row: number, rules: Parameters<EngineApi['rowDetail']>[3]): string[] {
  const names = new Set(frame.specs.map(({ name }) => name));
  return rules
    .filter((rule) => rule.enabled && ruleColumns(rule).every((name) => names.has(name)))
    .filter((rule) => compileRule(rule, frame.specs).state(frame.columns, row) === ruleState.broken)
    .map((rule) => describeRule(rule, frame.specs));
}
