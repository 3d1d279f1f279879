import { ruleColumns } from '../../../engine/constraints/catalogue';
import { compileRules } from '../../../engine/constraints/compileRules';
import { cellFormats, rawCells, valueFormatter } from '../../../engine/data/cellText';
import { frameOf } from '../../../engine/data/frame';
import { isCarriedKind } from '../../../engine/data/table';
import { EngineError } from '../../../engine/errors';
import type { LayerRows } from '../../../engine/inspection/layerRows';
import { orderStatistics, queryRows, type RowOrder } from '../../../engine/inspection/rowTable';
import type { Project } from '../../../engine/project/project';
import { subtask } from '../../../engine/task';
import type { InspectApi, ViewSource } from '../../inspectApi';
import { frameOfRun, openTable, type Session } from '../../session';
import { settle } from '../../settle';
import { runOfLayer, viewLayers } from './viewLayers';

interface OpenQuery {
  readonly order: RowOrder;
  readonly source: ViewSource;
}

/** A few queries stay open: the stage and the dock may both show a table. */
const MOST_QUERIES = 4;

export function rowTableHandlers(session: Session): Pick<InspectApi, 'queryRows' | 'readQuery'> {
  const open = new Map<string, OpenQuery>();
  return {
    queryRows: (taskId, source, query, marks, rules, onProgress) =>
      settle(() =>
        session.tasks.run(taskId, onProgress, async (task) => {
          const { table } = openTable(session);
          const { specs } = frameOf(
            table,
            table.columns.filter(({ kind }) => !isCarriedKind(kind)).map(({ name }) => name),
            [],
          );
          const order = await queryRows(
            query,
            {
              layers: viewLayers(session, source),
              specs,
              marks,
              breaksRule: (layer) => breaksRule(session, source, layer, rules),
              holdsText: (layer, text) => holdsText(session, layer, text),
            },
            subtask(task, 0, 0.7),
          );
          const statistics = await orderStatistics(order, specs, subtask(task, 0.7, 1));
          open.set(taskId, { order, source });
          for (const id of open.keys()) if (open.size > MOST_QUERIES) open.delete(id);
          const counts = order.layers.map(({ layer }, l) => ({
            layer,
            rows: order.layer.reduce((sum, one) => sum + (one === l ? 1 : 0), 0),
          }));
          return { queryId: taskId, rows: order.rows.length, counts, statistics };
        }),
      ),

    readQuery: (queryId, from, rows) =>
      settle(() => {
        const query = open.get(queryId);
        if (!query)
          throw new EngineError('no-run', 'This list of rows is no longer open: change a filter to open it again.');
        const imported = openTable(session);
        const { table } = imported;
        const formats = cellFormats(imported).map(valueFormatter);
        const { layers, layer, rows: all } = query.order;
        const readers = layers.map((one) => table.columns.map(({ name }) => one.read(name)));
        const count = Math.max(0, Math.min(rows, all.length - from));
        return Array.from({ length: count }, (_, k) => {
          const owner = layer[from + k]!;
          const row = all[from + k]!;
          const { layer: name } = layers[owner]!;
          const isReal = name === 'common' || name === 'rare';
          return {
            layer: name,
            row,
            donor: isReal ? null : donorOf(runOfLayer(session, query.source, name).donor[row]!),
            cells: isReal
              ? rawCells(table, row)
              : readers[owner]!.map((read, c) => (read === null ? '' : formats[c]!(read(row)))),
          };
        });
      }),
  };
}

/** Rules about columns that a layer does not hold are not judged there. */
function breaksRule(session: Session, source: ViewSource, layer: LayerRows, rules: Project['rules']) {
  const isReal = layer.layer === 'common' || layer.layer === 'rare';
  const enabled = rules.filter(({ enabled: isOn }) => isOn);
  const { table } = openTable(session);
  const frame = isReal
    ? frameOf(table, [...new Set(enabled.flatMap(ruleColumns))])
    : frameOfRun(session, runOfLayer(session, source, layer.layer));
  const names = new Set(frame.specs.map(({ name }) => name));
  const judged = enabled.filter((rule) => ruleColumns(rule).every((name) => names.has(name)));
  const first = compileRules(judged, frame.specs).check(frame.columns, 0, frame.rows);
  return (row: number) => first[row]! >= 0;
}

function holdsText(session: Session, layer: LayerRows, text: string) {
  const imported = openTable(session);
  const { table } = imported;
  const { source } = table;
  if (layer.layer === 'common' || layer.layer === 'rare')
    return (row: number) => source.text.slice(source.start[row]!, source.end[row]!).toLowerCase().includes(text);
  const formats = cellFormats(imported).map(valueFormatter);
  const readers = table.columns.flatMap(({ name }, c) => {
    const read = layer.read(name);
    return read ? [{ read, format: formats[c]! }] : [];
  });
  return (row: number) => readers.some(({ read, format }) => format(read(row)).toLowerCase().includes(text));
}

/** Rows drawn from nothing have none. */
const donorOf = (row: number): number | null => (row < 0 ? null : row);
