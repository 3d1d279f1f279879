import { runRecord } from '../../state/generation';
import { runIdOfLayer } from '../../state/inspect';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { countText } from '../../ui/numbers';
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
  const rejected = useStudio((s) => (runIdOfLayer(s, 'rejected') === null ? null : s.rejected));
  const canReplay = useStudio((s) => s.runs[s.activeRunId ?? '']?.acceptance != null);
  const isReplaying = useStudio((s) => s.replaying.status === 'running');
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
      {canReplay && (
        <LayerToggle
          layer="rejected"
          name={isReplaying ? 'Rejected …' : 'Rejected'}
          count={rejected ? countOf('rejected') : null}
          isOn={isOn('rejected')}
          isDisabled={isReplaying}
          title={
            rejected
              ? `Of ${countText(rejected.summary.tried)} replayed moves ${countText(rejected.summary.brokeRule)} would break a rule and ${countText(rejected.summary.unlikelyRare)} are too unlikely to be rare`
              : 'Replays moves of the sampler and shows those it refused'
          }
          onToggle={(on) => {
            if (rejected) toggleHidden('rejected')(on);
            else void store.getState().replayRejected();
          }}
        />
      )}
    </div>
  );
}
