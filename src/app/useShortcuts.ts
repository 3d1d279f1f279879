import { useEffect } from 'react';
import { useStudioStore } from '../state/StudioProvider';
import { stages } from './Rail';

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** Shortcuts that hold on every stage; those of the canvas live with the canvas. */
export function useShortcuts() {
  const store = useStudioStore();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const studio = store.getState();
      const key = event.key.toLowerCase();
      const hasModifier = event.ctrlKey || event.metaKey;
      const handled = (() => {
        if (hasModifier && key === 'k') studio.setPaletteOpen(!studio.isPaletteOpen);
        // A field being typed in has an undo of its own.
        else if (hasModifier && key === 'z' && !isTyping(event.target)) event.shiftKey ? studio.redo() : studio.undo();
        else if (hasModifier && key === 'y' && !isTyping(event.target)) studio.redo();
        else if (hasModifier && key === 's') void studio.saveNow();
        else if (event.altKey && !hasModifier && /^Digit[1-9]$/.test(event.code)) {
          const stage = stages[Number(event.code.slice(5)) - 1];
          if (stage) studio.goTo(stage.id);
        } else if (event.key === '?' && !isTyping(event.target)) studio.setShortcutSheetOpen(true);
        else return false;
        return true;
      })();
      if (handled) event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [store]);
}
