import { ArrowLeftRight } from 'lucide-react';
import { useMemo, useState } from 'react';
import { tableSummary } from '../../state/data';
import { runRecord } from '../../state/generation';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { IconButton } from '../../ui/IconButton';
import { Notice } from '../../ui/Notice';
import { Select } from '../../ui/Select';
import type { PointLayer } from '../../worker/api';
import { defaultAxes } from './defaultAxes';
import { LayerToggle } from './LayerToggle';
import { compareAfter, showsComparison, showsSynthetic } from './layers';
import { ScatterPlot } from './ScatterPlot';
import { useScatterData } from './useScatterData';
import './inspect.css';

/** Real and synthetic rows over any two columns: axes, layers, plot. Fills its container, dock or stage. */
export function ScatterView() {
  const store = useStudioStore();
  const summary = useStudio(tableSummary);
  const map = useStudio((s) => s.project.map);
  const target = useStudio((s) => s.project.target);
  const chosenX = useStudio((s) => s.scatterX);
  const chosenY = useStudio((s) => s.scatterY);
  const compare = useStudio((s) => s.compare);
  const selection = useStudio((s) => s.selection);
  const run = useStudio((s) => runRecord(s, s.activeRunId));
  const comparison = useStudio((s) => runRecord(s, s.comparisonRunId));
  const isComparing = useStudio((s) => s.comparison.status === 'running');
  const [hidden, setHidden] = useState<ReadonlySet<PointLayer>>(new Set());

  const columns = useMemo(() => (summary?.columns ?? []).filter(({ kind }) => kind !== 'id'), [summary]);
  const guess = useMemo(() => defaultAxes(columns, { map, target }), [columns, map, target]);
  const known = (name: string | null) => (columns.some((column) => column.name === name) ? name : null);
  const x = known(chosenX) ?? guess?.[0] ?? null;
  const y = known(chosenY) ?? guess?.find((name) => name !== x) ?? null;
  const state = useScatterData(x, y);
  const { data } = state;

  const visible = useMemo(() => {
    const layers = new Set<PointLayer>();
    for (const layer of ['common', 'rare'] as const) if (!hidden.has(layer)) layers.add(layer);
    if (showsSynthetic(compare)) layers.add('synthetic');
    if (showsComparison(compare)) layers.add('comparison');
    return layers;
  }, [hidden, compare]);

  if (!summary) return <EmptyState text="There is no table yet, so there is nothing to draw." />;
  if (target === null)
    return (
      <EmptyState
        text="Choose the column with the rare outcome first: the plot tells rare rows from common ones."
        action={<Button onClick={() => store.getState().goTo('data')}>Choose the target</Button>}
      />
    );
  if (x === null || y === null)
    return <EmptyState text="A scatter plot needs two columns that are not ids; this table has fewer." />;

  const countOf = (layer: PointLayer) => data?.layers.find((one) => one.layer === layer)?.total ?? null;
  const toggleReal = (layer: PointLayer) => (isOn: boolean) =>
    setHidden((now) => {
      const next = new Set(now);
      if (isOn) next.delete(layer);
      else next.add(layer);
      return next;
    });
  const toggleMade = (layer: 'synthetic' | 'comparison') => (isOn: boolean) => {
    const studio = store.getState();
    studio.setCompare(compareAfter(studio.compare, layer, isOn));
    if (layer === 'comparison' && isOn && !studio.comparisonRunId && studio.comparison.status !== 'running')
      void studio.startComparison();
  };
  const options = columns.map(({ name }) => ({ value: name, label: name }));
  const offMap = [x, y].filter((name) => !map.nodes.some((node) => node.name === name));

  return (
    <div className="scatter-view">
      <div className="scatter-bar">
        <Select
          label="Across"
          value={x}
          options={options}
          isInline
          onChange={(next) => store.getState().setScatterAxes(next, next === y ? x : y)}
        />
        <IconButton
          label="Swap axes"
          icon={<ArrowLeftRight size={15} />}
          onClick={() => store.getState().setScatterAxes(y, x)}
        />
        <Select
          label="Up"
          value={y}
          options={options}
          isInline
          onChange={(next) => store.getState().setScatterAxes(next === x ? y : x, next)}
        />
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset's legend cannot stand in a flex row */}
        <div className="layer-toggles" role="group" aria-label="Layers">
          <LayerToggle
            layer="common"
            count={countOf('common')}
            isOn={visible.has('common')}
            onToggle={toggleReal('common')}
          />
          <LayerToggle layer="rare" count={countOf('rare')} isOn={visible.has('rare')} onToggle={toggleReal('rare')} />
          <LayerToggle
            layer="synthetic"
            name={run?.name}
            count={run ? countOf('synthetic') : null}
            isOn={visible.has('synthetic')}
            isDisabled={!run}
            title={run ? undefined : 'Nothing generated yet'}
            onToggle={toggleMade('synthetic')}
          />
          <LayerToggle
            layer="comparison"
            name={isComparing ? 'SMOTE …' : (comparison?.name ?? 'SMOTE')}
            count={comparison ? countOf('comparison') : null}
            isOn={visible.has('comparison')}
            title={comparison ? undefined : 'Makes SMOTE rows on the same seed, to compare with'}
            onToggle={toggleMade('comparison')}
          />
        </div>
      </div>
      {state.status === 'failed' && <Notice level="error">{state.message}</Notice>}
      {offMap.length > 0 && run && (
        <Notice>
          {offMap.join(' and ')} {offMap.length === 1 ? 'is' : 'are'} not on the map, so synthetic rows have no value of
          their own there and are not drawn.
        </Notice>
      )}
      <div className="scatter-area" data-waiting={state.status === 'waiting'}>
        {data && (
          <ScatterPlot
            data={data}
            visible={visible}
            selected={selection.kind === 'row' ? selection : null}
            onSelect={(key) => store.getState().select(key ? { kind: 'row', ...key } : { kind: 'none' })}
          />
        )}
      </div>
    </div>
  );
}
