import { Stethoscope } from 'lucide-react';
import { useEffect, useState } from 'react';
import { diagnosisInputs } from '../../state/diagnosis';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { tableSummary } from '../../state/tableState';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { Notice } from '../../ui/Notice';
import { Page } from '../../ui/Page';
import { ProgressBar } from '../../ui/ProgressBar';
import { Segmented } from '../../ui/Segmented';
import type { Diagnosis } from '../../worker/api';
import { CasesView } from './CasesView';
import { ColumnsView } from './ColumnsView';
import { InteractionsView } from './InteractionsView';
import { NetworkView } from './NetworkView';
import { OverlapView } from './OverlapView';
import { StrategyCard } from './StrategyCard';
import { TimeView } from './TimeView';
import './diagnose.css';

type View = 'columns' | 'network' | 'interactions' | 'time' | 'cases' | 'overlap';

const views: readonly { readonly value: View; readonly label: string; readonly title: string }[] = [
  { value: 'columns', label: 'Columns', title: 'How each column differs in rare rows, missing cells included' },
  { value: 'network', label: 'Pairs', title: 'Which columns go together, in rare and in common rows' },
  { value: 'interactions', label: 'Interactions', title: 'Pairs that say more together than apart' },
  { value: 'time', label: 'Time', title: 'The rare class period by period' },
  { value: 'cases', label: 'Cases', title: 'How many rows speak for each parameter of the map' },
  { value: 'overlap', label: 'Overlap', title: 'Whether every exposure is found everywhere' },
];

/** What the real rows say before anything is made of them, and what to do about it. */
export function DiagnoseStage() {
  const store = useStudioStore();
  const [view, setView] = useState<View>('columns');
  const hasTable = useStudio((s) => tableSummary(s) !== null);
  const hasTarget = useStudio((s) => s.project.target !== null);
  const diagnosing = useStudio((s) => s.diagnosing);
  const diagnosis = useStudio((s) => (s.diagnosis?.projectId === s.projectId ? s.diagnosis.result : null));
  const isStale = useStudio((s) => s.diagnosis !== null && s.diagnosis.inputs !== diagnosisInputs(s));
  const isRunning = diagnosing.status === 'running';
  const canStart = hasTable && hasTarget;
  // It is asked for by being looked at; later it is only said to be out of date.
  useEffect(() => {
    const now = store.getState();
    if (canStart && now.diagnosis?.projectId !== now.projectId && now.diagnosing.status === 'idle')
      void now.startDiagnosis();
  }, [canStart, store]);

  if (!canStart)
    return (
      <Page title="Diagnose">
        <EmptyState
          text={
            hasTable
              ? 'There is no target yet: say which column holds the rare outcome.'
              : 'There is no table yet: open a file or a demo.'
          }
          action={
            <Button look="primary" onClick={() => store.getState().goTo('data')}>
              {hasTable ? 'Choose the target' : 'Open a table'}
            </Button>
          }
        />
      </Page>
    );
  return (
    <Page
      title="Diagnose"
      lead="What the real rows say before anything is made of them: where rare rows differ, what goes together, and whether to augment at all."
      actions={
        <Button
          look={isStale ? 'primary' : 'plain'}
          icon={<Stethoscope size={14} aria-hidden />}
          disabled={isRunning}
          onClick={() => void store.getState().startDiagnosis()}
        >
          {diagnosis ? 'Look again' : 'Look at the rows'}
        </Button>
      }
    >
      {isRunning && (
        <ProgressBar
          label="Looking at the real rows"
          share={diagnosing.share}
          phase={diagnosing.phase}
          action={
            <Button isSmall onClick={() => store.getState().cancelDiagnosis()}>
              Cancel
            </Button>
          }
        />
      )}
      {diagnosing.status === 'failed' && <Notice level="error">{diagnosing.message}</Notice>}
      {isStale && !isRunning && (
        <Notice level="warning">The table, the target or the map has changed since: look again.</Notice>
      )}
      {diagnosis && (
        <>
          <StrategyCard diagnosis={diagnosis} />
          {diagnosis.sampledFrom !== null && (
            <Notice level="info">
              {`Of ${diagnosis.sampledFrom.toLocaleString('en')} rows, all rare ones and ${diagnosis.commonRows.toLocaleString('en')} common ones drawn at random were looked at.`}
            </Notice>
          )}
          <Segmented<View> label="What to look at" value={view} options={views} onChange={setView} />
          <ViewOf view={view} diagnosis={diagnosis} />
        </>
      )}
    </Page>
  );
}

function ViewOf({ view, diagnosis }: { readonly view: View; readonly diagnosis: Diagnosis }) {
  switch (view) {
    case 'columns':
      return <ColumnsView diagnosis={diagnosis} />;
    case 'network':
      return <NetworkView diagnosis={diagnosis} />;
    case 'interactions':
      return <InteractionsView diagnosis={diagnosis} />;
    case 'time':
      return <TimeView time={diagnosis.time} />;
    case 'cases':
      return <CasesView cases={diagnosis.cases} />;
    case 'overlap':
      return <OverlapView overlap={diagnosis.overlap} />;
  }
}
