import { ArrowLeftRight, BoxSelect, ChartSpline, ImageDown, Lasso, type LucideIcon, Move, Radius } from 'lucide-react';
import { useRef } from 'react';
import { runRecord } from '../../state/generation';
import type { PlotLook } from '../../state/inspect';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { EmptyState } from '../../ui/EmptyState';
import { IconButton } from '../../ui/IconButton';
import { Menu } from '../../ui/Menu';
import { Notice } from '../../ui/Notice';
import { countText } from '../../ui/numbers';
import { ProgressBar } from '../../ui/ProgressBar';
import { Segmented } from '../../ui/Segmented';
import { Select } from '../../ui/Select';
import type { Plane, PointLayer } from '../../worker/inspectApi';
import { savePlotPng, savePlotSvg } from './exportPicture';
import { LayerBar } from './LayerBar';
import { layerNames } from './layers';
import { type PlotHandle, ScatterPlot } from './ScatterPlot';
import { useAxes } from './useAxes';
import { useEngineAnswer } from './useEngineAnswer';
import { useMarks } from './useMarks';
import { useViewSource } from './useViewSource';
import { useVisibleLayers } from './useVisibleLayers';
import './inspect.css';

/** Points drawn per layer at most; rare rows are all drawn. */
const LIMIT = 1_000_000;

const adding = '(Shift adds, Alt takes away)';
const toolIcon = (name: string, Icon: LucideIcon) => (
  <>
    <Icon size={14} aria-hidden />
    <span className="visually-hidden">{name}</span>
  </>
);

/** Real and synthetic rows over any two columns or a projection of all. Fills its container, dock or stage. */
export function ScatterView() {
  const store = useStudioStore();
  const { columns, x, y, mapped, canBeLog } = useAxes();
  const look = useStudio((s) => s.plot);
  const map = useStudio((s) => s.project.map);
  const seed = useStudio((s) => s.project.generation.seed);
  const run = useStudio((s) => runRecord(s, s.activeRunId));
  const visible = useVisibleLayers();
  const source = useViewSource();
  const handle = useRef<PlotHandle>(null);
  const linked = useMarks();

  const plane: Plane | null =
    look.plane !== 'columns'
      ? { kind: look.plane, columns: mapped, seed }
      : x !== null && y !== null
        ? {
            kind: 'columns',
            x: { column: x, isLog: look.isLogX && canBeLog(x) },
            y: { column: y, isLog: look.isLogY && canBeLog(y) },
          }
        : null;
  const {
    value: data,
    message,
    isWaiting,
    progress,
  } = useEngineAnswer(plane && source ? JSON.stringify([plane, source]) : null, (engine, taskId, report) =>
    engine.scatter(taskId, source!, plane!, LIMIT, report),
  );

  if (x === null || y === null)
    return <EmptyState text="A scatter plot needs two columns that are not ids; this table has fewer." />;
  const countOf = (layer: PointLayer) => data?.layers.find((one) => one.layer === layer)?.total ?? null;
  const { setPlot } = store.getState();
  const options = columns.map(({ name }) => ({ value: name, label: name }));
  const offMap = [x, y].filter((name) => !map.nodes.some((node) => node.name === name));
  const notes = [
    ...(data?.messages ?? []),
    ...(data?.layers ?? []).flatMap(({ layer, leftOut, total, x: drawn }) => [
      ...(leftOut > 0 && visible.includes(layer)
        ? [`${layerNames[layer]}: ${countText(leftOut)} without a place here are not drawn.`]
        : []),
      ...(drawn.length + leftOut < total && visible.includes(layer) && look.plane !== 'umap'
        ? [`${layerNames[layer]}: ${countText(drawn.length + leftOut)} of ${countText(total)}, drawn at random.`]
        : []),
    ]),
  ];
  return (
    <div className="scatter-view">
      <div className="scatter-bar">
        <Select<PlotLook['plane']>
          label="Lay out by"
          hasHiddenLabel
          isInline
          value={look.plane}
          options={[
            { value: 'columns', label: 'Two columns' },
            { value: 'pca', label: 'Principal axes' },
            { value: 'umap', label: 'Neighbours (UMAP)' },
          ]}
          onChange={(kind) => setPlot({ plane: kind })}
        />
        {look.plane === 'columns' && (
          <>
            <Select
              label="Across"
              value={x}
              options={options}
              isInline
              onChange={(next) => store.getState().setScatterAxes(next, next === y ? x : y)}
            />
            <button
              type="button"
              className="chip-toggle"
              aria-pressed={look.isLogX && canBeLog(x)}
              disabled={!canBeLog(x)}
              title="Logarithmic axis across"
              onClick={() => setPlot({ isLogX: !look.isLogX })}
            >
              log
            </button>
            <IconButton
              label="Swap axes"
              icon={<ArrowLeftRight size={15} />}
              onClick={() => {
                setPlot({ isLogX: look.isLogY, isLogY: look.isLogX });
                store.getState().setScatterAxes(y, x);
              }}
            />
            <Select
              label="Up"
              value={y}
              options={options}
              isInline
              onChange={(next) => store.getState().setScatterAxes(next === x ? y : x, next)}
            />
            <button
              type="button"
              className="chip-toggle"
              aria-pressed={look.isLogY && canBeLog(y)}
              disabled={!canBeLog(y)}
              title="Logarithmic axis up"
              onClick={() => setPlot({ isLogY: !look.isLogY })}
            >
              log
            </button>
          </>
        )}
        <Segmented<PlotLook['tool']>
          label="What dragging does"
          value={look.tool}
          options={[
            { value: 'move', label: '', icon: toolIcon('Move', Move), title: 'Move (Shift marks a box)' },
            { value: 'box', label: '', icon: toolIcon('Mark a box', BoxSelect), title: `Mark a box ${adding}` },
            { value: 'lasso', label: '', icon: toolIcon('Mark by lasso', Lasso), title: `Mark by lasso ${adding}` },
          ]}
          onChange={(tool) => setPlot({ tool })}
        />
        <IconButton
          label="Outlines of the densest half and nine tenths of each layer"
          icon={<Radius size={15} />}
          isPressed={look.hasOutlines}
          onClick={() => setPlot({ hasOutlines: !look.hasOutlines })}
        />
        <IconButton
          label="Distributions along the axes"
          icon={<ChartSpline size={15} />}
          isPressed={look.hasMarginals}
          onClick={() => setPlot({ hasMarginals: !look.hasMarginals })}
        />
        <Menu
          label="Save the plot"
          entries={[
            { kind: 'item', label: 'As SVG', onSelect: () => void savePlotSvg(handle.current?.frame ?? null) },
            { kind: 'item', label: 'As PNG', onSelect: () => void savePlotPng(handle.current?.frame ?? null) },
          ]}
        >
          <button type="button" className="icon-button" aria-label="Save the plot" title="Save the plot">
            <ImageDown size={15} />
          </button>
        </Menu>
        <LayerBar countOf={countOf} />
      </div>
      {message !== null && <Notice level="error">{message}</Notice>}
      {look.plane === 'columns' && offMap.length > 0 && run && (
        <Notice>
          {offMap.join(' and ')} {offMap.length === 1 ? 'is' : 'are'} not on the map, so synthetic rows have no value of
          their own there and are not drawn.
        </Notice>
      )}
      <div className="scatter-area" data-waiting={isWaiting}>
        {data && (
          <ScatterPlot
            data={data}
            visible={visible}
            tool={look.tool}
            hasOutlines={look.hasOutlines}
            hasMarginals={look.hasMarginals}
            handle={handle}
            {...linked}
          />
        )}
        {isWaiting && progress && look.plane !== 'columns' && (
          <div className="scatter-progress">
            <ProgressBar label="Projecting" share={progress.share} phase={progress.phase} />
          </div>
        )}
      </div>
      {notes.length > 0 && (
        <p className="scatter-notes" title={notes.join('\n')}>
          {notes.join(' ')}
        </p>
      )}
    </div>
  );
}
