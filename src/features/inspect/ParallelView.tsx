import { type PointerEvent, useEffect, useRef, useState } from 'react';
import { useStudioStore } from '../../state/StudioProvider';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { Notice } from '../../ui/Notice';
import { counted, shortNumber } from '../../ui/numbers';
import { useSize } from '../../ui/useSize';
import type { PointLayer, RowMarks, RowSample, Stretch } from '../../worker/inspectApi';
import { LayerBar } from './LayerBar';
import { usePalette } from './palette';
import { drawingOrder } from './plot/marks';
import { useAxes } from './useAxes';
import { useEngineAnswer } from './useEngineAnswer';
import { useMarks } from './useMarks';
import { useViewSource } from './useViewSource';
import { useVisibleLayers } from './useVisibleLayers';
import './inspect.css';

/** Lines a layer: more than this are a wall of colour, and take longer to draw than a frame has. */
const LIMIT = 240;
const MOST_COLUMNS = 12;
const TOP = 34;
const BOTTOM = 26;
const SIDE = 46;

/** Shares [low, high] of an axis, 0 at the bottom. */
type Range = readonly [number, number];

/** Every row as a line across the columns; a range on an axis marks the rows inside all ranges. */
export function ParallelView() {
  const store = useStudioStore();
  const { mapped } = useAxes();
  const columns = mapped.slice(0, MOST_COLUMNS);
  const source = useViewSource();
  const visible = useVisibleLayers();
  const { marks } = useMarks();
  const { value, message } = useEngineAnswer(source ? JSON.stringify([source, columns]) : null, (engine) =>
    engine.sampleRows(source!, columns, LIMIT),
  );
  const [ranges, setRanges] = useState<Readonly<Record<string, Range>>>({});
  if (columns.length < 2) return <EmptyState text="Parallel axes need two columns on the map besides the target." />;
  const apply = async (next: Readonly<Record<string, Range>>) => {
    setRanges(next);
    if (!value || !source) return;
    const stretches = Object.entries(next).map(([name, range]) => stretchOf(value, name, range));
    if (stretches.length === 0) {
      store.getState().clearMarks();
      return;
    }
    const outcome = await store.getState().ask((engine) => engine.rowsWithin(source, visible, stretches));
    if (outcome.ok) store.getState().markRows(outcome.value, 'replace', `ranges of ${Object.keys(next).join(', ')}`);
  };
  const countOf = (layer: string) => value?.layers.find((one) => one.layer === layer)?.total ?? null;
  const drawn = value?.layers.reduce((sum, { layer, row }) => sum + (visible.includes(layer) ? row.length : 0), 0) ?? 0;
  return (
    <div className="split-view">
      <div className="scatter-bar">
        {Object.keys(ranges).length > 0 && (
          <Button isSmall look="quiet" onClick={() => void apply({})}>
            Take all ranges away
          </Button>
        )}
        <LayerBar countOf={countOf} />
      </div>
      {message !== null && <Notice level="error">{message}</Notice>}
      {value && (
        <ParallelLines
          sample={value}
          visible={visible}
          marks={marks}
          ranges={ranges}
          onRange={(name, range) => {
            const { [name]: _, ...others } = ranges;
            void apply(range ? { ...others, [name]: range } : others);
          }}
        />
      )}
      <p className="scatter-notes">
        {counted(drawn, 'row')} drawn, at most {LIMIT} a layer at random; ranges mark among all rows. Drag on an axis,
        or focus it: Enter takes the middle half, arrows move it, plus and minus change its width, Delete takes it away.
        {mapped.length > MOST_COLUMNS && ` The first ${MOST_COLUMNS} of ${mapped.length} columns.`}
      </p>
    </div>
  );
}

function stretchOf({ columns }: RowSample, name: string, [low, high]: Range): Stretch {
  const { levels, min, max } = columns.find(({ column }) => column === name)!;
  if (!levels) return { column: name, low: min + low * (max - min), high: min + high * (max - min) };
  const share = (code: number) => (levels.length === 1 ? 0.5 : code / (levels.length - 1));
  return { column: name, codes: [...levels.keys()].filter((code) => share(code) >= low && share(code) <= high) };
}

interface ParallelLinesProps {
  readonly sample: RowSample;
  readonly visible: readonly PointLayer[];
  readonly marks: readonly RowMarks[];
  readonly ranges: Readonly<Record<string, Range>>;
  onRange(column: string, range: Range | null): void;
}

function ParallelLines({ sample, visible, marks, ranges, onRange }: ParallelLinesProps) {
  const { ref, width, height } = useSize<HTMLDivElement>();
  const canvas = useRef<HTMLCanvasElement>(null);
  const palette = usePalette();
  const [draft, setDraft] = useState<{ readonly column: string; readonly from: number; readonly to: number } | null>(
    null,
  );
  const { columns } = sample;
  const tall = Math.max(1, height - TOP - BOTTOM);
  const xOf = (c: number) => SIDE + (c * (width - 2 * SIDE)) / Math.max(1, columns.length - 1);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || width === 0 || height === 0) return;
    const scale = Math.min(2, globalThis.devicePixelRatio ?? 1);
    canvas.current!.width = width * scale;
    canvas.current!.height = height * scale;
    context.scale(scale, scale);
    const step = (width - 2 * SIDE) / Math.max(1, columns.length - 1);
    const shown = drawingOrder.filter((layer) => visible.includes(layer));
    for (const isMarked of marks.length > 0 ? [false, true] : [true])
      for (const name of shown) {
        const layer = sample.layers.find((one) => one.layer === name);
        if (!layer) continue;
        const rows = new Set(marks.find((one) => one.layer === name)?.rows ?? []);
        context.strokeStyle = cssColor((isMarked ? palette.ramps : palette.faded)[name][0]!);
        context.lineWidth = isMarked && marks.length > 0 ? 1.25 : 0.75;
        context.globalAlpha = isMarked ? 0.45 : 0.3;
        layer.row.forEach((row, i) => {
          if (marks.length > 0 && rows.has(row) !== isMarked) return;
          let isDown = false;
          // A path for each row, so that where many lie over each other the colour grows.
          context.beginPath();
          columns.forEach(({ levels, min, max }, c) => {
            const value = layer.values[c]![i]!;
            if (Number.isNaN(value)) {
              isDown = false; // a missing cell breaks the line
              return;
            }
            const top = levels ? Math.max(1, levels.length - 1) : max - min || 1;
            const y = TOP + tall * (1 - (value - (levels ? 0 : min)) / top);
            if (isDown) context.lineTo(SIDE + c * step, y);
            else context.moveTo(SIDE + c * step, y);
            isDown = true;
          });
          context.stroke();
        });
      }
  }, [sample, columns, visible, marks, palette, width, height, tall]);
  const shareAt = (event: PointerEvent) => {
    const box = ref.current!.getBoundingClientRect();
    return Math.min(1, Math.max(0, 1 - (event.clientY - box.top - TOP) / tall));
  };
  const onKey = (event: React.KeyboardEvent, column: string) => {
    const [low, high] = ranges[column] ?? [0.25, 0.75];
    const moved = (by: number): Range => {
      const shift = Math.max(-low, Math.min(1 - high, by));
      return [low + shift, high + shift];
    };
    const wider = (by: number): Range => [Math.max(0, low - by), Math.min(1, Math.max(low + 0.02, high + by))];
    const acts: Record<string, () => void> = {
      Enter: () => onRange(column, [0.25, 0.75]),
      ArrowUp: () => onRange(column, moved(0.05)),
      ArrowDown: () => onRange(column, moved(-0.05)),
      '+': () => onRange(column, wider(0.05)),
      '-': () => onRange(column, high - low > 0.12 ? wider(-0.05) : [low, high]),
      Delete: () => onRange(column, null),
      Escape: () => onRange(column, null),
    };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  return (
    <div ref={ref} className="parallel">
      <canvas
        ref={canvas}
        style={{ width, height }}
        role="img"
        aria-label={`Parallel axes of ${columns.map(({ column }) => column).join(', ')}`}
      />
      {columns.map(({ column, levels, min, max }, c) => {
        const range: Range | undefined =
          draft?.column === column ? [Math.min(draft.from, draft.to), Math.max(draft.from, draft.to)] : ranges[column];
        return (
          <div key={column} className="parallel-axis" style={{ left: xOf(c) }}>
            <span className="parallel-name truncate" title={column}>
              {column}
            </span>
            {/* biome-ignore lint/a11y/useSemanticElements: a range with two ends has no element of its own */}
            <div
              role="group"
              className="parallel-rail"
              aria-label={`Range of ${column}: ${range ? `${Math.round(100 * range[0])} to ${Math.round(100 * range[1])} % of the axis` : 'none'}`}
              // biome-ignore lint/a11y/noNoninteractiveTabindex: ranges are set by keyboard
              tabIndex={0}
              style={{ top: TOP, height: tall }}
              onKeyDown={(event) => onKey(event, column)}
              onPointerDown={(event) => {
                event.currentTarget.setPointerCapture(event.pointerId);
                const at = shareAt(event);
                setDraft({ column, from: at, to: at });
              }}
              onPointerMove={(event) => draft?.column === column && setDraft({ ...draft, to: shareAt(event) })}
              onPointerUp={(event) => {
                if (draft?.column !== column) return;
                const to = shareAt(event);
                setDraft(null);
                onRange(
                  column,
                  Math.abs(to - draft.from) < 0.02 ? null : [Math.min(to, draft.from), Math.max(to, draft.from)],
                );
              }}
            >
              {range && (
                <span
                  className="parallel-range"
                  style={{ bottom: `${100 * range[0]}%`, height: `${100 * (range[1] - range[0])}%` }}
                />
              )}
            </div>
            <span className="parallel-end parallel-top">{levels ? levels.at(-1) : shortNumber(max)}</span>
            <span className="parallel-end parallel-bottom">{levels ? levels[0] : shortNumber(min)}</span>
          </div>
        );
      })}
    </div>
  );
}

/** A packed colour as CSS. */
function cssColor(packed: number): string {
  const [r, g, b] = new Uint8Array(Uint32Array.of(packed).buffer);
  return `rgb(${r} ${g} ${b})`;
}
