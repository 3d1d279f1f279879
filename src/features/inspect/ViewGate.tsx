import type { ReactNode } from 'react';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { tableSummary } from '../../state/tableState';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';

/** Shows a view once there is something to see, else what is missing and the button that mends it. */
export function ViewGate({ needsRun, children }: { readonly needsRun: boolean; readonly children: ReactNode }) {
  const store = useStudioStore();
  const hasTable = useStudio((s) => tableSummary(s) !== null);
  const hasTarget = useStudio((s) => s.project.target !== null);
  const hasRun = useStudio((s) => s.activeRunId !== null && s.runs[s.activeRunId] !== undefined);
  const isRunning = useStudio((s) => s.generation.status === 'running');
  if (!hasTable) return <EmptyState text="There is no table yet, so there is nothing to draw." />;
  if (!hasTarget)
    return (
      <EmptyState
        text="Choose the column with the rare outcome first: the views tell rare rows from common ones."
        action={<Button onClick={() => store.getState().goTo('data')}>Choose the target</Button>}
      />
    );
  if (needsRun && !hasRun)
    return (
      <EmptyState
        text="This view compares real rare rows with synthetic ones, and there are none yet."
        action={
          <Button look="primary" disabled={isRunning} onClick={() => void store.getState().startGeneration()}>
            {isRunning ? 'Generating …' : 'Generate rows'}
          </Button>
        }
      />
    );
  return children;
}
