import { cellFormats, valueFormatter } from '../../engine/data/cellText';
import { frameOf } from '../../engine/data/frame';
import { histograms } from '../../engine/data/histogram';
import { generatorById } from '../../engine/generators/catalogue';
import { biographyOf } from '../../engine/inspection/biography';
import { markedColumns } from '../../engine/inspection/markedColumns';
import { markedCsv } from '../../engine/inspection/markedCsv';
import { projectLayers } from '../../engine/inspection/projection';
import { scatterData } from '../../engine/inspection/scatter';
import type { InspectApi } from '../inspectApi';
import { openTable, type Session } from '../session';
import { settle } from '../settle';
import { compareHandlers } from './inspect/compareHandlers';
import { moveHandlers } from './inspect/moveHandlers';
import { prepareModel } from './inspect/prepareModel';
import { rowDetail } from './inspect/rowDetail';
import { rowTableHandlers } from './inspect/rowTableHandlers';
import { traceOf } from './inspect/traceOf';
import { runOfLayer, viewLayers } from './inspect/viewLayers';

/** What the linked views ask for. */
export const viewHandlers = (session: Session): InspectApi => ({
  ...rowTableHandlers(session),
  ...compareHandlers(session),
  ...moveHandlers(session),
  scatter: (taskId, source, plane, limit, onProgress) =>
    settle(() =>
      session.tasks.run(taskId, onProgress, async (task) => {
        const { table } = openTable(session);
        const layers = viewLayers(session, source);
        if (plane.kind === 'columns') return scatterData(table, layers, plane.x, plane.y, limit);
        const { specs } = frameOf(table, plane.columns, []);
        return projectLayers(specs, layers, plane.kind, limit, plane.seed, task);
      }),
    ),

  rowDetail: (source, layer, row, rules) => settle(() => rowDetail(session, source, layer, row, rules)),

  biography: (taskId, project, source, layer, row, onProgress) =>
    settle(() =>
      session.tasks.run(taskId, onProgress, async (task) => {
        const imported = openTable(session);
        const isReal = layer === 'common' || layer === 'rare';
        const rows = isReal ? null : runOfLayer(session, source, layer);
        const seed = rows?.summary.seed ?? project.generation.seed;
        const prepared = await prepareModel(session, project, seed, task);
        const formats = cellFormats(imported);
        const write = new Map(imported.table.columns.map(({ name }, c) => [name, valueFormatter(formats[c]!)]));
        const shown = source.runs.synthetic === undefined ? null : runOfLayer(session, source, 'synthetic');
        return biographyOf({
          table: imported.table,
          ...prepared,
          rules: project.rules,
          layer,
          row,
          made: rows && {
            values: new Map(rows.columnNames.map((name, c) => [name, rows.columns[c]![row]!])),
            donor: rows.donor[row]!,
            partner: rows.partner[row]! < 0 ? null : rows.partner[row]!,
            proposals: rows.proposals[row]!,
            refusedByRules: rows.refusedByRules[row]!,
            redrawn: rows.summary.redrawn,
            usesMap: generatorById(rows.summary.generator).usesMap,
            trace: traceOf(rows, row, prepared.model),
          },
          format: (column, value) => write.get(column)!(value),
          descendants:
            isReal && shown
              ? shown.donor.reduce((sum, donor, i) => sum + (donor === row || shown.partner[i] === row ? 1 : 0), 0)
              : null,
          messages: [...prepared.run.messages, ...(prepared.problem === null ? [] : [prepared.problem])],
        });
      }),
    ),

  descendants: (source, tableRows, layers) =>
    settle(() => {
      const wanted = new Set(tableRows);
      return layers.flatMap((layer) => {
        const { donor, partner } = runOfLayer(session, source, layer);
        const rows: number[] = [];
        donor.forEach((from, row) => {
          if (wanted.has(from) || wanted.has(partner[row]!)) rows.push(row);
        });
        return rows.length === 0 ? [] : [{ layer, rows: Int32Array.from(rows) }];
      });
    }),

  markedHistograms: (source, columns, marks) =>
    settle(() => {
      const made = markedColumns(viewLayers(session, source), columns, marks);
      const found = histograms(openTable(session).table, columns, source.target, made);
      return Object.fromEntries(found.flatMap(({ column, synthetic }) => (synthetic ? [[column, synthetic]] : [])));
    }),

  exportMarked: (source, marks) =>
    settle(() => {
      const text = markedCsv(openTable(session), viewLayers(session, source), marks, (layer) =>
        layer === 'common' || layer === 'rare' ? null : runOfLayer(session, source, layer).donor,
      );
      const base = session.open!.summary.fileName.replace(/\.[^.]*$/, '');
      return {
        fileName: `${base}.selection.csv`,
        blob: new Blob([text], { type: 'text/csv;charset=utf-8' }),
        rows: marks.reduce((sum, { rows }) => sum + rows.length, 0),
      };
    }),
});
