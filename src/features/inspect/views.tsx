import type { ComponentType } from 'react';
import type { InspectView } from '../../state/inspect';
import { ColumnsView } from './ColumnsView';
import { RowTable } from './RowTable';
import { ScatterView } from './ScatterView';

/** Every way of looking at the rows, in the order of their tabs. */
export const inspectViews: readonly {
  readonly id: InspectView;
  readonly label: string;
  readonly View: ComponentType;
}[] = [
  { id: 'points', label: 'Points', View: ScatterView },
  { id: 'columns', label: 'Columns', View: ColumnsView },
  { id: 'table', label: 'Table', View: RowTable },
];
