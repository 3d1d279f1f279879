import { useStudioStore } from '../../state/StudioProvider';
import type { TestingSlice } from '../../state/testing';
import { Button } from '../../ui/Button';
import { Notice } from '../../ui/Notice';
import { ProgressBar } from '../../ui/ProgressBar';

interface StudyProgressProps {
  readonly activity: TestingSlice['findingRemedies'];
  readonly label: string;
}

/** Progress of a study with its cancel button, or why it failed. */
export function StudyProgress({ activity, label }: StudyProgressProps) {
  const store = useStudioStore();
  if (activity.status === 'failed') return <Notice level="error">{activity.message}</Notice>;
  if (activity.status !== 'running') return null;
  return (
    <ProgressBar
      label={label}
      share={activity.share}
      phase={activity.phase}
      action={
        <Button isSmall onClick={() => store.getState().cancelStudies()}>
          Cancel
        </Button>
      }
    />
  );
}
