import { runRecord } from '../../state/generation';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import type { PointLayer } from '../../worker/inspectApi';
import { LayerToggle } from './LayerToggle';
import { compareAfter } from './layers';
import { useVisibleLayers } from './useVisibleLayers';

/** Switches the kinds of rows on and off, in every view at once. */
export function LayerBar({ countOf }: { countOf(layer: PointLayer): number | null }) {
  const store = useStudioStore();
  const visible = useVisibleLayers();
  const run = useStudio((s) => runRecord(s, s.activeRunId));
  const comparison = useStudio((s) => runRecord(s, s.comparisonRunId));
  const other = useStudio((s) => runRecord(s, s.otherRunId));
  const isComparing = useStudio((s) => s.comparison.status === 'running');
  const toggleHidden = (layer: PointLayer) => (isOn: boolean) => {
    const { plot, setPlot } = store.getState();
    setPlot({ hidden: isOn ? plot.hidden.filter((one) => one !== layer) : [...plot.hidden, layer] });
  };
  const toggleMade = (layer: 'synthetic' | 'comparison') => (isOn: boolean) => {
    const studio = store.getState();
    studio.setCompare(compareAfter(studio.compare, layer, isOn));
    if (layer === 'comparison' && isOn && !studio.comparisonRunId && studio.comparison.status !== 'running')
      void studio.startComparison();
  };
  const isOn = (layer: PointLayer) => visible.includes(layer);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset's legend cannot stand in a flex row
    <div className="layer-toggles" role="group" aria-label="Layers">
      <LayerToggle layer="common" count={countOf('common')} isOn={isOn('common')} onToggle={toggleHidden('common')} />
      <LayerToggle layer="rare" count={countOf('rare')} isOn={isOn('rare')} onToggle={toggleHidden('rare')} />
      <LayerToggle
        layer="synthetic"
        name={run?.name}
        count={run ? countOf('synthetic') : null}
        isOn={isOn('synthetic')}
        isDisabled={!run}
        title={run ? undefined : 'Nothing generated yet'}
        onToggle={toggleMade('synthetic')}
      />
      <LayerToggle
        layer="comparison"
        name={isComparing ? 'SMOTE …' : (comparison?.name ?? 'SMOTE')}
        count={comparison ? countOf('comparison') : null}
        isOn={isOn('comparison')}
        title={comparison ? undefined : 'Makes SMOTE rows on the same seed, to compare with'}
        onToggle={toggleMade('comparison')}
      />
      {other && (
        <LayerToggle
          layer="other"
          name={other.name}
          count={countOf('other')}
          isOn={isOn('other')}
          onToggle={toggleHidden('other')}
        />
      )}
    </div>
  );
}
