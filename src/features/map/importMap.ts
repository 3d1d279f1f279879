import { useCallback } from 'react';
import type { ReadMap } from '../../engine/graph/formats/readMap';
import { useStudioStore } from '../../state/StudioProvider';

/** Puts a map that was read in the place of the one on the canvas, as one step for undo, with the question it came with. */
export function useMapImport(): (read: ReadMap) => void {
  const store = useStudioStore();
  return useCallback(
    (read) => {
      const studio = store.getState();
      studio.edit('Import map', (project) => {
        const names = new Set(read.map.nodes.map(({ name }) => name));
        const stays = project.exposure !== null && names.has(project.exposure) ? project.exposure : null;
        const exposure = read.exposures.find((name) => name !== project.target?.column) ?? stays;
        return { ...project, map: read.map, exposure };
      });
      const [outcome] = read.outcomes;
      if (outcome !== undefined) studio.askEffect({ outcome });
      studio.announce(`Map imported: ${read.map.nodes.length} nodes, ${read.map.edges.length} arrows.`);
      studio.requestCanvas('fit');
    },
    [store],
  );
}
