import type { StoreApi } from 'zustand';
import type { CausalMap, MapNode } from '../engine/graph/causalMap';
import type { Refusal } from '../engine/graph/refusal';
import type { Project } from '../engine/project/project';
import type { StudioState } from './studioState';

export type MapEditor = ReturnType<typeof mapEditor>;

/** How every edit of the map reaches the document: as one named step of the history, or as a refusal that is shown. */
export function mapEditor(set: StoreApi<StudioState>['setState'], get: () => StudioState) {
  const editMap = (label: string, change: (map: CausalMap, project: Project) => CausalMap, group?: string) =>
    get().edit(
      label,
      (project) => {
        const map = change(project.map, project);
        if (map === project.map) return project;
        // An exposure that is no longer on the map would silently change every role.
        const keepsExposure = project.exposure === null || map.nodes.some(({ name }) => name === project.exposure);
        return { ...project, map, exposure: keepsExposure ? project.exposure : null };
      },
      group,
    );
  const changeNode = (label: string, name: string, patch: Partial<MapNode>, group?: string) =>
    editMap(
      label,
      (map) => ({ ...map, nodes: map.nodes.map((node) => (node.name === name ? { ...node, ...patch } : node)) }),
      group,
    );
  const refuse = (refusal: Refusal): Refusal => {
    set({ refusal });
    return refusal;
  };
  return { editMap, changeNode, refuse };
}
