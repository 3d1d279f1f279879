import { useState } from 'react';
import { generatorById } from '../../engine/generators/catalogue';
import { runRecord } from '../../state/generation';
import { runIdOfLayer } from '../../state/inspect';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { Notice } from '../../ui/Notice';
import { Select } from '../../ui/Select';
import type { PointLayer } from '../../worker/inspectApi';
import { AxisSelects } from './AxisSelects';
import type { View } from './plot/view';
import { ScatterPlot } from './ScatterPlot';
import { useAxes } from './useAxes';
import { useEngineAnswer } from './useEngineAnswer';
import { useMarks } from './useMarks';
import { useViewSource } from './useViewSource';
import './inspect.css';

const LIMIT = 200_000;

/** Two runs side by side on the same axes, zoomed and moved together. */
export function RunsView() {
  const store = useStudioStore();
  const runs = useStudio((s) => s.project.runs);
  const { x, y } = useAxes();
  const source = useViewSource();
  const linked = useMarks();
  const left = useStudio((s) => runRecord(s, s.activeRunId));
  const otherId = useStudio((s) => runIdOfLayer(s, 'other'));
  const comparisonId = useStudio((s) => runIdOfLayer(s, 'comparison'));
  const isComparing = useStudio((s) => s.comparison.status === 'running');
  const rightLayer: PointLayer = otherId !== null ? 'other' : 'comparison';
  const right = useStudio((s) => runRecord(s, otherId ?? comparisonId));
  const [view, setView] = useState<{ readonly axes: string; readonly view: View } | null>(null);
  const axes = `${x} ${y}`;
  const { value: data, message } = useEngineAnswer(
    source && x && y ? JSON.stringify([source, x, y]) : null,
    (engine, taskId, report) =>
      engine.scatter(
        taskId,
        source!,
        { kind: 'columns', x: { column: x!, isLog: false }, y: { column: y!, isLog: false } },
        LIMIT,
        report,
      ),
  );
  if (x === null || y === null)
    return <EmptyState text="Two columns that are not ids are needed to compare runs on." />;
  const options = runs.map(({ id, name }) => ({ value: id, label: name }));
  const choose = (id: string) => {
    const studio = store.getState();
    void studio.showOtherRun(id === studio.comparisonRunId ? null : id);
  };
  const shared = {
    view: view?.axes === axes ? view.view : null,
    setView: (next: View | null) => setView(next && { axes, view: next }),
  };
  const pane = (layer: PointLayer, name: string) => (
    <section className="run-pane" aria-label={name}>
      <h3>{name}</h3>
      <div className="run-pane-plot">
        {data && (
          <ScatterPlot
            data={data}
            visible={['rare', layer]}
            tool="box"
            hasOutlines
            hasMarginals={false}
            shared={shared}
            {...linked}
          />
        )}
      </div>
    </section>
  );
  return (
    <div className="split-view">
      <div className="scatter-bar">
        <Select
          label="Left"
          isInline
          value={left?.id ?? ''}
          options={options}
          onChange={(id) => void store.getState().selectRun(id)}
        />
        <Select
          label="Right"
          isInline
          value={right?.id ?? ''}
          options={right ? options : [{ value: '', label: 'choose …' }, ...options]}
          onChange={choose}
        />
        <AxisSelects />
      </div>
      {message !== null && <Notice level="error">{message}</Notice>}
      {left && right && <Notice>{commonNumbers(left, right)}</Notice>}
      {!right && (
        <EmptyState
          text="There is no second run yet."
          action={
            <Button disabled={isComparing} onClick={() => void store.getState().startComparison()}>
              {isComparing ? 'Making SMOTE rows …' : 'Make SMOTE rows on the same seed'}
            </Button>
          }
        />
      )}
      {left && right && (
        <div className="run-panes">
          {pane('synthetic', left.name)}
          {pane(rightLayer, right.name)}
        </div>
      )}
    </div>
  );
}

type Record = NonNullable<ReturnType<typeof runRecord>>;

/** What the same seed makes comparable, and what it does not. */
function commonNumbers(a: Record, b: Record): string {
  if (a.id === b.id) return 'Both sides show the same run: choose another one.';
  if (a.settings.seed !== b.settings.seed)
    return `${a.name} has seed ${a.settings.seed}, ${b.name} seed ${b.settings.seed}: part of what differs is chance. Run one again on the seed of the other to take chance out.`;
  const isTwinPair = [a, b].every(({ settings }) => generatorById(settings.generator).usesMap);
  return isTwinPair && a.settings.generator === b.settings.generator
    ? `Same seed, ${a.settings.seed}: row by row the same real row and the same random numbers, so what differs is the settings.`
    : `Same seed, ${a.settings.seed}, but another generator: what differs is the method, beside the chance of its own draws.`;
}
