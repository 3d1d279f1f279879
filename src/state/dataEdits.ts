import type { ImportOptions, MissingChoice } from '../engine/data/importOptions';
import type { KindChoice } from '../engine/data/table';
import type { ColumnNote, StudyDesign } from '../engine/project/project';
import type { StudioState } from './studioState';

/** What the person says of the columns and of how the file is read: edits of the document alone. */
export interface DataEdits {
  /** Null takes the user's choice back to the guess. Reads the table again. */
  setColumnKind(
    column: string,
    kind: KindChoice['kind'] | null,
    more?: Pick<KindChoice, 'order' | 'datePattern'>,
  ): void;
  /** What becomes of the missing cells of a column. */
  setMissing(column: string, choice: MissingChoice['choice']): void;
  describeColumn(column: string, patch: Partial<Omit<ColumnNote, 'column'>>): void;
  setDesign(patch: Partial<StudyDesign>): void;
  setImportOptions(patch: Partial<ImportOptions>): void;
}

const noDesign: StudyDesign = { groups: [], time: null };

export const createDataEdits = (get: () => StudioState): DataEdits => ({
  setColumnKind: (column, kind, more = {}) =>
    get().edit(kind ? `Read ${column} as ${kind}` : `Guess the kind of ${column}`, (p) => {
      if (!p.data) return p;
      const others = p.data.kinds.filter((choice) => choice.column !== column);
      return { ...p, data: { ...p.data, kinds: kind ? [...others, { column, kind, ...more }] : others } };
    }),
  setMissing: (column, choice) =>
    get().edit(`Choose what missing ${column} means`, (p) => {
      if (!p.data) return p;
      const others = p.data.options.missing.filter((one) => one.column !== column);
      const missing = choice === 'model' ? others : [...others, { column, choice }];
      return { ...p, data: { ...p.data, options: { ...p.data.options, missing } } };
    }),
  describeColumn: (column, patch) =>
    get().edit(
      `Describe ${column}`,
      (p) => {
        const notes = p.columnNotes ?? [];
        const old = notes.find((note) => note.column === column) ?? {
          column,
          label: '',
          unit: '',
          description: '',
        };
        const note = { ...old, ...patch };
        const others = notes.filter((one) => one.column !== column);
        const isEmpty = note.label === '' && note.unit === '' && note.description === '';
        return { ...p, columnNotes: isEmpty ? others : [...others, note] };
      },
      `describe ${column}`,
    ),
  setDesign: (patch) =>
    get().edit('Name groups and time', (p) => ({ ...p, design: { ...(p.design ?? noDesign), ...patch } })),
  setImportOptions: (patch) =>
    get().edit('Change how the file is read', (p) =>
      p.data ? { ...p, data: { ...p.data, options: { ...p.data.options, ...patch } } } : p,
    ),
});
