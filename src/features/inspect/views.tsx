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
import { ViewGate } from './ViewGate';

/** Every way of looking at the rows, in the order of their tabs. */
export const inspectViews: readonly {
  readonly id: InspectView;
  readonly label: string;
  readonly View: ComponentType;
  /** Shows nothing without synthetic rows. */
  readonly needsRun?: true;
}[] = [
  { id: 'points', label: 'Points', View: ScatterView },
  { id: 'columns', label: 'Columns', View: ColumnsView, needsRun: true },
  { id: 'table', label: 'Table', View: RowTable },
  { id: 'matrix', label: 'Matrix', View: MatrixView },
  { id: 'parallel', label: 'Parallel', View: ParallelView },
  { id: 'regions', label: 'Regions', View: RegionsView, needsRun: true },
  { id: 'boundary', label: 'Boundary', View: BoundaryView, needsRun: true },
  { id: 'runs', label: 'Runs', View: RunsView, needsRun: true },
  { id: 'steps', label: 'Steps', View: StepsView },
];

/** A view by its id, once there is something to see in it. */
export function GatedView({ id }: { readonly id: InspectView }) {
  const { View, needsRun = false } = inspectViews.find((one) => one.id === id)!;
  return (
    <ViewGate needsRun={needsRun}>
      <View />
    </ViewGate>
  );
}
