import { useShallow } from 'zustand/react/shallow';
import { missingRows, runRecord, staleParts } from '../../state/generation';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { Button } from '../../ui/Button';
import { Notice } from '../../ui/Notice';
import { Page } from '../../ui/Page';
import { ColumnStrip } from './ColumnStrip';
import { ScatterView } from './ScatterView';
import './inspect.css';

/** Real and synthetic rows side by side: any two columns as points, every column as a histogram. */
export function InspectStage() {
  const store = useStudioStore();
  const run = useStudio((s) => runRecord(s, s.activeRunId));
  const stale = useStudio(useShallow((s) => staleParts(s, s.activeRunId)));
  const absent = useStudio((s) => missingRows(s, s.activeRunId));
  const isRunning = useStudio((s) => s.generation.status === 'running');
  const canRun = useStudio((s) => s.project.target !== null && s.table.status === 'ready');
  return (
    <Page
      isFilling
      title="Inspect"
      lead="Do synthetic rows lie where real rare rows live? Press a point to see its whole row and the real row it came from."
    >
      {!run && canRun && (
        <Notice
          action={
            <Button look="primary" isSmall disabled={isRunning} onClick={() => void store.getState().startGeneration()}>
              {isRunning ? 'Generating …' : 'Generate rows'}
            </Button>
          }
        >
          Only real rows are shown: nothing has been generated yet.
        </Notice>
      )}
      {run && stale.length > 0 && (
        <Notice
          level="warning"
          action={
            <Button isSmall disabled={isRunning} onClick={() => void store.getState().startGeneration()}>
              Run again
            </Button>
          }
        >
          {run.name} is out of date: the {stale.join(' and the ')} changed since it was made. {absent}
        </Notice>
      )}
      <div className="inspect-plot">
        <ScatterView />
      </div>
      <ColumnStrip />
    </Page>
  );
}
