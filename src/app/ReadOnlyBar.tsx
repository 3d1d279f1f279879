import { useStudio } from '../state/StudioProvider';
import { Button } from '../ui/Button';
import { Notice } from '../ui/Notice';

/** Says that another tab has the project, and how to go on here. */
export function ReadOnlyBar() {
  const isReadOnly = useStudio((s) => s.isReadOnly);
  const projectId = useStudio((s) => s.projectId);
  const takeOver = useStudio((s) => s.takeOver);
  const duplicate = useStudio((s) => s.duplicateProject);
  if (!isReadOnly) return null;
  return (
    <Notice
      level="warning"
      action={
        <span className="row">
          <Button isSmall onClick={() => void duplicate(projectId)}>
            Work on a copy
          </Button>
          <Button isSmall look="primary" onClick={() => void takeOver()}>
            Take over
          </Button>
        </span>
      }
    >
      This project is open in another tab, so it cannot be edited here: of two tabs that write, one would lose its work.
    </Notice>
  );
}
