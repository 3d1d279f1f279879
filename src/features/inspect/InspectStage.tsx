import { useShallow } from 'zustand/react/shallow';
import { missingRows, runRecord, staleParts } from '../../state/generation';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { Button } from '../../ui/Button';
import { Notice } from '../../ui/Notice';
import { Page } from '../../ui/Page';
import { MarksBar } from './MarksBar';
import { ViewTabs } from './ViewTabs';
import { GatedView, inspectViews } from './views';
import './inspect.css';

/** Real and synthetic rows in linked views: rows marked in one are marked in all, and on the map. */
export function InspectStage() {
  const store = useStudioStore();
  const run = useStudio((s) => runRecord(s, s.activeRunId));
  const stale = useStudio(useShallow((s) => staleParts(s, s.activeRunId)));
  const absent = useStudio((s) => missingRows(s, s.activeRunId));
  const isRunning = useStudio((s) => s.generation.status === 'running');
  const canRun = useStudio((s) => s.project.target !== null && s.table.status === 'ready');
  const chosen = useStudio((s) => s.inspectView);
  const isGated = inspectViews.find(({ id }) => id === chosen)!.needsRun ?? false;
  return (
    <Page
      isFilling
      title="Inspect"
      lead="Do synthetic rows lie where real rare rows live? Rows marked in one view are marked in all."
      actions={<ViewTabs label="View" value={chosen} onChange={store.getState().showView} />}
    >
      {!run && canRun && !isGated && (
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
      <MarksBar />
      <div className="inspect-plot">
        <GatedView id={chosen} />
      </div>
    </Page>
  );
}
