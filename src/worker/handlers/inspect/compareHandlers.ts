import { cellFormats, valueFormatter } from '../../../engine/data/cellText';
import { type Frame, frameOf } from '../../../engine/data/frame';
import { EngineError } from '../../../engine/errors';
import { runInput } from '../../../engine/generation/runInput';
import { dagOf } from '../../../engine/graph/dag';
import { decisionBoundary } from '../../../engine/inspection/boundary';
import { collapses } from '../../../engine/inspection/collapse';
import { damageOf } from '../../../engine/inspection/columnDamage';
import { type LayerRows, type MadeLayer, type PointLayer, valuesAt } from '../../../engine/inspection/layerRows';
import { parentRegions } from '../../../engine/inspection/parentRegions';
import { planeRegions } from '../../../engine/inspection/planeRegions';
import { drawnRows } from '../../../engine/inspection/scatter';
import type { InspectApi, Stretch } from '../../inspectApi';
import { openTable, type Session } from '../../session';
import { settle } from '../../settle';
import { viewLayers } from './viewLayers';

type CompareHandlers = Pick<InspectApi, 'damage' | 'regions' | 'boundary' | 'rowsWithin' | 'sampleRows'>;

/** What sets made rows beside real rare ones. */
export function compareHandlers(session: Session): CompareHandlers {
  const specsOf = (columns: readonly string[]) => frameOf(openTable(session).table, columns, []).specs;
  /** The rows of a layer as a frame; columns that a run does not hold are missing throughout. */
  const frameOfLayer = (layer: LayerRows, columns: readonly string[]): Frame => ({
    rows: layer.rows.length,
    specs: specsOf(columns),
    columns: columns.map((name) => valuesAt(layer, name) ?? new Float64Array(layer.rows.length).fill(Number.NaN)),
  });
  const pick = (layers: readonly LayerRows[], name: PointLayer): LayerRows => {
    const found = layers.find(({ layer }) => layer === name);
    if (!found) throw new EngineError('no-run', 'There are no synthetic rows of this kind yet: generate some first.');
    return found;
  };
  return {
    damage: (taskId, source, columns, seed, onProgress) =>
      settle(() =>
        session.tasks.run(taskId, onProgress, async (task) => {
          const layers = viewLayers(session, source);
          const arms = layers.filter(({ layer }) => layer !== 'common' && layer !== 'rare' && layer !== 'rejected');
          return damageOf(
            frameOfLayer(pick(layers, 'rare'), columns),
            arms.map((layer) => ({ layer: layer.layer, frame: frameOfLayer(layer, columns) })),
            seed,
            task,
          );
        }),
      ),

    regions: (taskId, project, source, layer: MadeLayer, x, y, onProgress) =>
      settle(() =>
        session.tasks.run(taskId, onProgress, async (task) => {
          const imported = openTable(session);
          const layers = viewLayers(session, source);
          const [common, rare, made] = [pick(layers, 'common'), pick(layers, 'rare'), pick(layers, layer)];
          const formats = cellFormats(imported);
          const write = new Map(imported.table.columns.map(({ name }, c) => [name, valueFormatter(formats[c]!)]));
          const partsOf = (column: string) => ({
            spec: specsOf([column])[0]!,
            common: valuesAt(common, column)!,
            rare: valuesAt(rare, column)!,
            made: valuesAt(made, column) ?? new Float64Array(0),
          });
          await task.checkpoint(0.2, 'Counting cells');
          const plane = planeRegions(partsOf(x), partsOf(y));
          await task.checkpoint(0.5, 'Counting combinations');
          const { map, mapColumns, target } = runInput(imported.table, { ...project, rules: [] });
          const names = map.nodes.slice(0, mapColumns).map(({ name }) => name);
          const { parents } = dagOf(map);
          const frames = {
            common: frameOfLayer(common, names),
            rare: frameOfLayer(rare, names),
            made: frameOfLayer(made, names),
          };
          return {
            plane,
            parents: parentRegions(frames, parents, (column, value) => write.get(names[column]!)!(value)),
            collapses: collapses(frames, parents, target),
            rareRows: rare.rows.length,
            madeRows: made.rows.length,
          };
        }),
      ),

    boundary: (taskId, source, layer, x, y, timesPrevalence, seed, onProgress) =>
      settle(() =>
        session.tasks.run(taskId, onProgress, async (task) => {
          const layers = viewLayers(session, source);
          const pair = (name: PointLayer) => {
            const one = pick(layers, name);
            const [a, b] = [valuesAt(one, x), valuesAt(one, y)];
            if (!a || !b)
              throw new EngineError(
                'bad-map',
                `The synthetic rows have no values of ${a ? y : x}: choose two columns on the map.`,
              );
            return [a, b] as const;
          };
          const [first, second] = specsOf([x, y]);
          return decisionBoundary(
            {
              axes: [first!, second!],
              common: pair('common'),
              rare: pair('rare'),
              made: pair(layer),
              timesPrevalence,
              seed,
            },
            session.executor,
            task,
          );
        }),
      ),

    rowsWithin: (source, names, stretches) =>
      settle(() =>
        viewLayers(session, source)
          .filter(({ layer }) => names.includes(layer))
          .flatMap((layer) => {
            const tests = stretches.map((stretch) => testOf(layer, stretch));
            const rows = layer.rows.filter((row) => tests.every((test) => test(row)));
            return rows.length === 0 ? [] : [{ layer: layer.layer, rows }];
          }),
      ),

    sampleRows: (source, columns, limit) =>
      settle(() => {
        const layers = viewLayers(session, source);
        const specs = specsOf(columns);
        const ranges = columns.map(() => ({ min: Number.POSITIVE_INFINITY, max: Number.NEGATIVE_INFINITY }));
        const sampled = layers.map((layer) => {
          const row = drawnRows({ ...layer, layer: layer.layer === 'rare' ? 'other' : layer.layer }, limit).slice();
          const values = columns.map((name, c) => {
            const column = valuesAt(layer, name, row);
            if (!column) return new Float32Array(row.length).fill(Number.NaN);
            for (const value of column) {
              if (value < ranges[c]!.min) ranges[c]!.min = value;
              if (value > ranges[c]!.max) ranges[c]!.max = value;
            }
            return Float32Array.from(column);
          });
          return { layer: layer.layer, row, values, total: layer.rows.length };
        });
        return {
          columns: columns.map((column, c) => ({ column, levels: specs[c]!.levels, ...ranges[c]! })),
          layers: sampled,
        };
      }),
  };
}

function testOf(layer: LayerRows, stretch: Stretch): (row: number) => boolean {
  const read = layer.read(stretch.column);
  if (!read) return () => false;
  if ('codes' in stretch) return (row) => stretch.codes.includes(read(row));
  return (row) => {
    const value = read(row);
    return value >= stretch.low && value <= stretch.high;
  };
}
