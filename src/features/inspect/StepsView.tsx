import { useMemo, useState } from 'react';
import { mapHash } from '../../state/runInputs';
import { useStudio } from '../../state/StudioProvider';
import { EmptyState } from '../../ui/EmptyState';
import { Notice } from '../../ui/Notice';
import { counted, countText } from '../../ui/numbers';
import { ProgressBar } from '../../ui/ProgressBar';
import { Slider } from '../../ui/Slider';
import type { MorphFrames, RowMarks, ScatterData } from '../../worker/inspectApi';
import { AxisSelects } from './AxisSelects';
import type { RowKey } from './plot/plotScene';
import { ScatterPlot } from './ScatterPlot';
import { useAxes } from './useAxes';
import { useEngineAnswer } from './useEngineAnswer';
import { useMarks } from './useMarks';
import './inspect.css';

const FIRST_SIZE = 12;

/** Real rare rows turning into twins while the step grows, on the same random numbers throughout. */
export function StepsView() {
  const { x, y } = useAxes();
  const project = useStudio((s) => s.project);
  const loaded = useStudio((s) => s.loadedData);
  const linked = useMarks();
  const [at, setAt] = useState(FIRST_SIZE);
  const { map, target, rules, generation } = project;
  const key =
    x && y && target
      ? JSON.stringify([loaded, x, y, mapHash(map), target, rules, generation.seed, generation.redraw])
      : null;
  const { value, message, isWaiting, progress } = useEngineAnswer(key, (engine, taskId, report) =>
    engine.morph(taskId, project, { column: x!, isLog: false }, { column: y!, isLog: false }, report),
  );
  const data = useMemo(() => value && frameAt(value, at), [value, at]);
  if (x === null || y === null) return <EmptyState text="Two columns that are not ids are needed to follow rows on." />;
  const place = value?.places[at];
  const count = (verdict: number) => place?.verdicts.reduce((sum, one) => sum + (one === verdict ? 1 : 0), 0) ?? 0;
  /** Rows on their way are no rows of a run: pressing one shows the real row it comes from. */
  const donorOf = ({ layer, row }: RowKey): RowKey =>
    layer === 'rare' ? { layer, row } : { layer: 'rare', row: value!.donors[row]! };
  const donorsOf = (marks: readonly RowMarks[]): RowMarks[] => {
    const rows = marks.flatMap(({ layer, rows: all }) => Array.from(all, (row) => donorOf({ layer, row }).row));
    return rows.length === 0 ? [] : [{ layer: 'rare', rows: Int32Array.from(new Set(rows)).sort() }];
  };
  return (
    <div className="split-view">
      <div className="scatter-bar">
        <AxisSelects />
        <div className="steps-slider">
          <Slider
            label="Step size"
            value={at}
            min={0}
            max={(value?.sizes.length ?? 21) - 1}
            step={1}
            format={(index) => ((value?.sizes[index] ?? index / 20) as number).toFixed(2)}
            onChange={setAt}
          />
        </div>
        {isWaiting && progress && progress.share < 1 && (
          <div className="grow">
            <ProgressBar label="Moving rows" share={progress.share} phase={progress.phase} />
          </div>
        )}
      </div>
      {message !== null && <Notice level="error">{message}</Notice>}
      {value && place && (
        <p className="scatter-notes" aria-live="polite">
          {counted(value.donors.length, 'real rare row')}, one step of {value.sizes[at]!.toFixed(2)} each, the same
          noise at every size: {countText(count(0))} accepted, {countText(count(1))} would break a rule,{' '}
          {countText(count(2))} too unlikely to be rare.
        </p>
      )}
      <div className="scatter-area" data-waiting={isWaiting}>
        {data && value && (
          <ScatterPlot
            data={data}
            visible={['rare', 'synthetic', 'rejected']}
            tool="move"
            hasOutlines={false}
            hasMarginals={false}
            marks={linked.marks}
            selected={linked.selected}
            onSelect={(chosen) => linked.onSelect(chosen && donorOf(chosen))}
            onMark={(rows, mode, origin) => linked.onMark(donorsOf(rows), mode, origin)}
            onClearMarks={linked.onClearMarks}
            overlay={(pixelOf) => <Trails frames={value} at={at} pixelOf={pixelOf} />}
          />
        )}
      </div>
    </div>
  );
}

/** The rows as they are at one step size: where they come from, where they are accepted, where refused. */
function frameAt({ x, y, donors, places }: MorphFrames, at: number): ScatterData {
  const start = places[0]!;
  const now = places[at]!;
  const order = Array.from(donors.keys());
  const layer = (
    name: 'rare' | 'synthetic' | 'rejected',
    of: typeof now,
    rows: readonly number[],
    numbers: Int32Array,
  ) => ({
    layer: name,
    x: Float32Array.from(rows, (i) => of.x[i]!),
    y: Float32Array.from(rows, (i) => of.y[i]!),
    row: numbers,
    leftOut: 0,
    total: rows.length,
  });
  const accepted = at === 0 ? [] : order.filter((i) => now.verdicts[i] === 0);
  const refused = order.filter((i) => now.verdicts[i] !== 0);
  return {
    x,
    y,
    layers: [
      layer('rare', start, order, donors),
      layer('synthetic', now, accepted, Int32Array.from(accepted)),
      layer('rejected', now, refused, Int32Array.from(refused)),
    ],
    messages: [],
  };
}

interface TrailsProps {
  readonly frames: MorphFrames;
  readonly at: number;
  readonly pixelOf: (x: number, y: number) => { left: number; top: number };
}

/** The way of every row from where it was to where it is, through the step sizes between. */
function Trails({ frames, at, pixelOf }: TrailsProps) {
  const { donors, places } = frames;
  return (
    <g className="trails" aria-hidden>
      {Array.from(donors, (donor, i) => {
        const path = places
          .slice(0, at + 1)
          .filter(({ x, y }) => !Number.isNaN(x[i]!) && !Number.isNaN(y[i]!))
          .map(({ x, y }) => {
            const { left, top } = pixelOf(x[i]!, y[i]!);
            return `${left.toFixed(1)},${top.toFixed(1)}`;
          });
        return path.length < 2 ? null : (
          <polyline
            key={donor}
            className={places[at]!.verdicts[i] === 0 ? 'trail' : 'trail trail-refused'}
            points={path.join(' ')}
          />
        );
      })}
    </g>
  );
}
