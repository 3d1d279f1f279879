import { useMemo, useState } from 'react';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { trueMeans } from '../../state/worldTruth';
import { EmptyState } from '../../ui/EmptyState';
import { MiniHistogram } from '../../ui/MiniHistogram';
import { Notice } from '../../ui/Notice';
import type { RowSample, Stretch } from '../../worker/inspectApi';
import { LayerBar } from './LayerBar';
import { MiniScatter } from './MiniScatter';
import type { PlotLayer } from './plot/plotScene';
import { fullRange, type View } from './plot/view';
import { useAxes } from './useAxes';
import { useEngineAnswer } from './useEngineAnswer';
import { useMarks } from './useMarks';
import { useViewSource } from './useViewSource';
import { useVisibleLayers } from './useVisibleLayers';
import './inspect.css';

const MOST_COLUMNS = 6;
const FIRST_COLUMNS = 4;
/** Points a layer in each small plot. */
const LIMIT = 3000;

/** Every pair of a few columns in small plots; a box in one marks rows in all. */
export function MatrixView() {
  const store = useStudioStore();
  const { mapped, x, y } = useAxes();
  const source = useViewSource();
  const visible = useVisibleLayers();
  const { marks } = useMarks();
  const world = useStudio((s) => s.truth);
  const histograms = useStudio((s) => s.histograms);
  const marked = useStudio((s) => s.markedHistograms);
  const [chosen, setChosen] = useState<readonly string[] | null>(null);
  const first = [...new Set([x, y, ...mapped])].filter(
    (name): name is string => name !== null && mapped.includes(name),
  );
  const columns = (chosen ?? first.slice(0, FIRST_COLUMNS)).filter((name) => mapped.includes(name));
  const { value, message } = useEngineAnswer(source ? JSON.stringify([source, columns]) : null, (engine) =>
    engine.sampleRows(source!, columns, LIMIT),
  );
  if (mapped.length < 2) return <EmptyState text="A matrix needs two columns on the map besides the target." />;
  const toggle = (name: string) =>
    setChosen(columns.includes(name) ? columns.filter((one) => one !== name) : [...columns, name].slice(-MOST_COLUMNS));
  const mark = async (a: string, b: string, view: View, adds: boolean) => {
    const stretches: Stretch[] = [stretchOf(value!, a, view.x0, view.x1), stretchOf(value!, b, view.y0, view.y1)];
    const outcome = await store.getState().ask((engine) => engine.rowsWithin(source!, visible, stretches));
    if (outcome.ok) store.getState().markRows(outcome.value, adds ? 'add' : 'replace', `box on ${a} and ${b}`);
  };
  const countOf = (layer: string) => value?.layers.find((one) => one.layer === layer)?.total ?? null;
  return (
    <div className="split-view">
      <div className="scatter-bar">
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset's legend cannot stand in a flex row */}
        <div className="row-wrap" role="group" aria-label={`Columns, at most ${MOST_COLUMNS}`}>
          {mapped.map((name) => (
            <button
              key={name}
              type="button"
              className="chip-toggle"
              aria-pressed={columns.includes(name)}
              onClick={() => toggle(name)}
            >
              {name}
            </button>
          ))}
        </div>
        <LayerBar countOf={countOf} />
      </div>
      {message !== null && <Notice level="error">{message}</Notice>}
      {value && columns.every((name) => value.columns.some(({ column }) => column === name)) && (
        <div className="matrix" style={{ gridTemplateColumns: `repeat(${columns.length}, 1fr)` }}>
          {columns.flatMap((b, row) =>
            columns.map((a, column) => {
              if (column > row) return <div key={`${a} ${b}`} />;
              if (a === b)
                return (
                  <div key={a} className="matrix-name">
                    <strong className="truncate">{a}</strong>
                    {histograms[a] && (
                      <MiniHistogram
                        label={`${a}: real rare rows and synthetic ones`}
                        truth={trueMeans(world, histograms[a])}
                        common={histograms[a].common}
                        rare={histograms[a].rare}
                        synthetic={histograms[a].synthetic}
                        marked={marked[a] ?? null}
                        isCategorical={histograms[a].levels.length > 0}
                        width={120}
                        height={40}
                      />
                    )}
                  </div>
                );
              return (
                <MatrixCell
                  key={`${a} ${b}`}
                  sample={value}
                  a={a}
                  b={b}
                  visible={visible}
                  marks={marks}
                  onMark={(view, adds) => void mark(a, b, view, adds)}
                  onOpen={() => {
                    store.getState().setScatterAxes(a, b);
                    store.getState().setPlot({ plane: 'columns' });
                    store.getState().showView('points');
                  }}
                />
              );
            }),
          )}
        </div>
      )}
    </div>
  );
}

/** Conditions that a box puts on one column; on levels it takes those whose middle it holds. */
function stretchOf({ columns }: RowSample, name: string, low: number, high: number): Stretch {
  const levels = columns.find(({ column }) => column === name)?.levels;
  if (!levels) return { column: name, low, high };
  return { column: name, codes: [...levels.keys()].filter((code) => code >= low && code <= high) };
}

interface MatrixCellProps
  extends Pick<React.ComponentProps<typeof MiniScatter>, 'visible' | 'marks' | 'onMark' | 'onOpen'> {
  readonly sample: RowSample;
  readonly a: string;
  readonly b: string;
}

function MatrixCell({ sample, a, b, ...rest }: MatrixCellProps) {
  const { layers, full } = useMemo(() => {
    const [i, j] = [a, b].map((name) => sample.columns.findIndex(({ column }) => column === name));
    const [ca, cb] = [sample.columns[i!]!, sample.columns[j!]!];
    const [x0, x1] = fullRange(ca);
    const [y0, y1] = fullRange(cb);
    return {
      full: { x0, x1, y0, y1 },
      layers: sample.layers.map(({ layer, row, values }): PlotLayer => {
        const spread = (column: typeof ca, all: Float32Array, salt: number) =>
          column.levels ? all.map((value, k) => value + 0.6 * scattered(row[k]! + salt) - 0.3) : all;
        return { layer, row, x: spread(ca, values[i!]!, 0), y: spread(cb, values[j!]!, 7919) };
      }),
    };
  }, [sample, a, b]);
  return <MiniScatter label={`${b} against ${a}`} layers={layers} full={full} {...rest} />;
}

/** A fixed number in [0, 1) for a row, without pattern to the eye: the golden ratio's multiples. */
const scattered = (row: number): number => (row * 0.6180339887498949) % 1;
