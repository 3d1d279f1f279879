import { Upload } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useStudioStore } from '../state/StudioProvider';
import { openAnyFiles, pastedTable } from './files';

const takesText = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable="true"]') !== null;

/** Takes files dropped anywhere in the window, and tables pasted outside of a text field. */
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
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      void openAnyFiles(files, store.getState());
    };
    const onPaste = (event: ClipboardEvent) => {
      if (takesText(event.target)) return;
      const studio = store.getState();
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length > 0) {
        event.preventDefault();
        void openAnyFiles(files, studio);
        return;
      }
      // On the other stages the clipboard may hold a piece of the map.
      if (studio.stage !== 'data' && studio.table.status !== 'empty') return;
      const table = pastedTable(event.clipboardData?.getData('text/plain') ?? '');
      if (!table) return;
      event.preventDefault();
      studio.goTo('data');
      void studio.importFiles([{ fileName: table.name, blob: table }], { isPasted: true });
    };
    window.addEventListener('dragover', onOver);
    window.addEventListener('dragleave', onLeave);
    window.addEventListener('drop', onDrop);
    window.addEventListener('paste', onPaste);
    return () => {
      window.removeEventListener('dragover', onOver);
      window.removeEventListener('dragleave', onLeave);
      window.removeEventListener('drop', onDrop);
      window.removeEventListener('paste', onPaste);
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
        <p className="muted">
          CSV, gzip, Parquet or Excel becomes a new project; several files with the same columns become one table. They
          are read here and not uploaded.
        </p>
      </div>
    </div>
  );
}
