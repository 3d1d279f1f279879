import { useStudio, useStudioStore } from '../state/StudioProvider';
import type { CompareView } from '../state/ui';
import { Segmented } from '../ui/Segmented';

/** Which rows the views show beside the real ones. Choosing SMOTE makes its rows when there are none. */
export function CompareSwitch() {
  const store = useStudioStore();
  const compare = useStudio((s) => s.compare);
  const canRun = useStudio((s) => s.project.target !== null && s.table.status === 'ready');
  const hasRun = useStudio((s) => s.activeRunId !== null);
  const choose = (view: CompareView) => {
    const studio = store.getState();
    studio.setCompare(view);
    const wantsBaseline = view === 'smote' || view === 'both';
    if (wantsBaseline && studio.comparisonRunId === null && studio.comparison.status !== 'running')
      void studio.startComparison();
  };
  const why = canRun ? {} : { isDisabled: true, title: 'Choose a rare outcome first' };
  return (
    <Segmented<CompareView>
      label="Rows shown beside the real ones"
      value={compare}
      onChange={choose}
      options={[
        { value: 'real', label: 'Real' },
        { value: 'smote', label: 'SMOTE', ...why },
        { value: 'causal', label: 'Causal', ...(hasRun ? {} : { title: 'Nothing generated yet' }), ...why },
        { value: 'both', label: 'Both', ...why },
      ]}
    />
  );
}
