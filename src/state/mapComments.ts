import type { MapEditor } from './mapEditor';
import type { Position } from './mapPlaces';
import type { StudioState } from './studioState';

/** Remarks on the canvas that belong to no column. */
export interface MapCommentsSlice {
  addComment(position: Position): string;
  setComment(id: string, text: string): void;
  moveComment(id: string, position: Position): void;
  removeComment(id: string): void;
}

export const mapComments = ({ editMap }: MapEditor, get: () => StudioState): MapCommentsSlice => ({
  addComment(position) {
    const taken = new Set((get().project.map.comments ?? []).map(({ id }) => id));
    let count = taken.size + 1;
    while (taken.has(`comment ${count}`)) count++;
    const id = `comment ${count}`;
    editMap('Add a comment', (map) => ({
      ...map,
      comments: [...(map.comments ?? []), { id, text: '', position }],
    }));
    return id;
  },
  setComment: (id, text) =>
    editMap(
      'Write a comment',
      (map) => ({ ...map, comments: (map.comments ?? []).map((one) => (one.id === id ? { ...one, text } : one)) }),
      `comment ${id}`,
    ),
  moveComment: (id, position) =>
    editMap(
      'Move a comment',
      (map) => ({
        ...map,
        comments: (map.comments ?? []).map((one) => (one.id === id ? { ...one, position } : one)),
      }),
      `move comment ${id}`,
    ),
  removeComment: (id) =>
    editMap('Remove a comment', (map) => ({
      ...map,
      comments: (map.comments ?? []).filter((one) => one.id !== id),
    })),
});
