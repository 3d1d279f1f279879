import { Upload } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useStudioStore } from '../state/StudioProvider';
import { openAnyFile } from './files';

/** Takes a file dropped anywhere in the window. */
export function DropZone() {
  const store = useStudioStore();
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const carriesFile = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const onOver = (event: DragEvent) => {
      if (!carriesFile(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const onLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent) => {
      setOver(false);
      const file = event.dataTransfer?.files[0];
      if (!file) return;
      event.preventDefault();
      void openAnyFile(file, store.getState());
    };
    window.addEventListener('dragover', onOver);
    window.addEventListener('dragleave', onLeave);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragover', onOver);
      window.removeEventListener('dragleave', onLeave);
      window.removeEventListener('drop', onDrop);
    };
  }, [store]);
  if (!isOver) return null;
  return (
    <div className="drop-zone">
      <div className="drop-zone-card">
        <Upload size={28} aria-hidden />
        <p>
          <strong>Drop to open</strong>
        </p>
        <p className="muted">A CSV becomes a new project. It is read here and not uploaded.</p>
      </div>
    </div>
  );
}
