import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { Button } from '../../ui/Button';
import { ProgressBar } from '../../ui/ProgressBar';

/** How far a file has been read; nothing while none is. It alone is drawn again with each step, not what stands around it. */
export function ImportProgress({ verb }: { readonly verb: string }) {
  const store = useStudioStore();
  const table = useStudio((s) => (s.table.status === 'importing' ? s.table : null));
  if (!table) return null;
  return (
    <ProgressBar
      label={`${verb} ${table.fileName}`}
      share={table.share}
      phase={table.phase}
      action={
        <Button isSmall onClick={() => store.getState().cancelImport()}>
          Cancel
        </Button>
      }
    />
  );
}
