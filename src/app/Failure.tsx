import type { FallbackProps } from 'react-error-boundary';
import { useStudioStore } from '../state/StudioProvider';
import { Button } from '../ui/Button';
import { Notice } from '../ui/Notice';
import { saveFile } from '../ui/saveFile';

/** In place of a part of the screen that broke: the rest goes on, and the document can be taken to safety. */
export function Failure({ error, resetErrorBoundary }: FallbackProps) {
  const store = useStudioStore();
  const save = () => {
    const { blob, fileName } = store.getState().exportProjectFile();
    saveFile(fileName, blob);
  };
  return (
    <div className="failure">
      <Notice level="error">
        This part of the screen broke ({error instanceof Error ? error.message : String(error)}). Your work is kept.
      </Notice>
      <div className="row-wrap">
        <Button look="primary" onClick={resetErrorBoundary}>
          Show it again
        </Button>
        <Button onClick={() => store.getState().undo()}>Undo the last edit</Button>
        <Button onClick={save}>Save the project as a file</Button>
      </div>
    </div>
  );
}
