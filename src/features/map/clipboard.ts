import { useEffect } from 'react';
import type { CausalMap } from '../../engine/graph/causalMap';
import { writeMapJson } from '../../engine/graph/formats/mapJson';
import { readMap } from '../../engine/graph/formats/readMap';
import { useStudioStore } from '../../state/StudioProvider';
import type { Selection } from '../../state/ui';
import { useMapImport } from './importMap';

const isTyping = () => {
  const active = document.activeElement;
  return (
    active instanceof HTMLElement && (active.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(active.tagName))
  );
};

/** The chosen nodes with the edges among them, and the chosen edges with their ends. */
function chosenPart(map: CausalMap, selection: Selection): CausalMap {
  if (selection.kind !== 'map') return { nodes: [], edges: [] };
  const names = new Set([...selection.nodes, ...selection.edges.flatMap(({ from, to }) => [from, to])]);
  return {
    nodes: map.nodes.filter(({ name }) => names.has(name)),
    edges: map.edges.filter(({ from, to }) => names.has(from) && names.has(to)),
  };
}

/**
 * Copy and paste on the canvas by the clipboard's own events, which need no permission. What is copied is our JSON; what is
 * pasted may be a map in any format that can be read. An empty canvas becomes that map, a map on it gets it added.
 */
export function useMapClipboard(): void {
  const store = useStudioStore();
  const importMap = useMapImport();
  useEffect(() => {
    const onCopy = (event: ClipboardEvent) => {
      const studio = store.getState();
      const part = chosenPart(studio.project.map, studio.selection);
      if (isTyping() || part.nodes.length === 0 || !getSelection()?.isCollapsed) return;
      event.preventDefault();
      event.clipboardData?.setData('text/plain', writeMapJson(part));
      if (event.type === 'cut' && studio.selection.kind === 'map') {
        studio.removeFromMap(studio.selection.nodes, studio.selection.edges);
        studio.select({ kind: 'none' });
      }
      studio.announce(`${part.nodes.length} nodes copied.`);
    };
    const onPaste = (event: ClipboardEvent) => {
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (isTyping() || text.trim() === '') return;
      event.preventDefault();
      const studio = store.getState();
      try {
        const read = readMap(text);
        if (studio.project.map.nodes.length === 0) importMap(read);
        else {
          const added = studio.pasteMap(read.map);
          studio.select({ kind: 'map', nodes: added, edges: [] });
          studio.announce(`${read.map.nodes.length} nodes pasted.`);
        }
        for (const warning of read.warnings) studio.notify('warning', warning);
      } catch (error) {
        studio.notify('error', `The clipboard holds no map. ${error instanceof Error ? error.message : String(error)}`);
      }
    };
    document.addEventListener('copy', onCopy);
    document.addEventListener('cut', onCopy);
    document.addEventListener('paste', onPaste);
    return () => {
      document.removeEventListener('copy', onCopy);
      document.removeEventListener('cut', onCopy);
      document.removeEventListener('paste', onPaste);
    };
  }, [store, importMap]);
}
