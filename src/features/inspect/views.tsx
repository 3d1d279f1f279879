import type { ComponentType } from 'react';
import type { InspectView } from '../../state/inspect';
import { BoundaryView } from './BoundaryView';
import { ColumnsView } from './ColumnsView';
import { MatrixView } from './MatrixView';
import { ParallelView } from './ParallelView';
import { RegionsView } from './RegionsView';
import { RowTable } from './RowTable';
import { RunsView } from './RunsView';
import { ScatterView } from './ScatterView';
import { StepsView } from './StepsView';

/** Every way of looking at the rows, in the order of their tabs. */
export const inspectViews: readonly {
  readonly id: InspectView;
  readonly label: string;
  readonly View: ComponentType;
}[] = [
  { id: 'points', label: 'Points', View: ScatterView },
  { id: 'columns', label: 'Columns', View: ColumnsView },
  { id: 'table', label: 'Table', View: RowTable },
  { id: 'matrix', label: 'Matrix', View: MatrixView },
  { id: 'parallel', label: 'Parallel', View: ParallelView },
  { id: 'regions', label: 'Regions', View: RegionsView },
  { id: 'boundary', label: 'Boundary', View: BoundaryView },
  { id: 'runs', label: 'Runs', View: RunsView },
  { id: 'steps', label: 'Steps', View: StepsView },
];
