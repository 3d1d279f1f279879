import type { TableSummary } from '../worker/api';
import type { StudioState } from './studioState';

/** The table in the engine. `previous` is the table that was there before and is still shown meanwhile. */
export type TableState =
  | { readonly status: 'empty' }
  | {
      readonly status: 'importing';
      readonly fileName: string;
      readonly taskId: string;
      readonly share: number;
      readonly phase: string;
      readonly previous: TableSummary | null;
      /** True where the same text is read with other kinds. */
      readonly isReread?: boolean;
    }
  | { readonly status: 'ready'; readonly summary: TableSummary }
  | {
      readonly status: 'failed';
      readonly fileName: string;
      readonly message: string;
      /** True when the project's own file is missing here and has to be opened again. */
      readonly needsFile: boolean;
      readonly previous: TableSummary | null;
    };

/** The table's summary where there is one to show, also while another file is read. */
export const tableSummary = ({ table }: Pick<StudioState, 'table'>): TableSummary | null =>
  table.status === 'ready' ? table.summary : table.status === 'empty' ? null : table.previous;
