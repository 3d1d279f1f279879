import type { ComponentType } from 'react';
import { DataStage } from '../features/data/DataStage';
import { DiagnoseStage } from '../features/diagnose/DiagnoseStage';
import { GenerateStage } from '../features/generate/GenerateStage';
import { InspectStage } from '../features/inspect/InspectStage';
import { LinkedDock, LinkedDockTabs } from '../features/inspect/LinkedDock';
import { RowInspector } from '../features/inspect/RowInspector';
import { MapInspector } from '../features/map/MapInspector';
import { MapStage } from '../features/map/MapStage';
import { ReportStage } from '../features/report/ReportStage';
import { RulesStage } from '../features/rules/RulesStage';
import { TestStage } from '../features/test/TestStage';
import type { Stage } from '../state/ui';

/** What a feature brings to the screen. Features do not know each other: they meet here. */
export interface StageParts {
  readonly Stage: ComponentType;
  /** Beside the stage, about 300 px wide. */
  readonly Inspector?: ComponentType;
  /** Under the stage: linked views that should be seen while this stage is worked on. */
  readonly Dock?: ComponentType;
  /** In the head of the dock, beside its title. */
  readonly DockHead?: ComponentType;
  readonly dockTitle?: string;
}

/** In place of a stage's own inspector while a point of its dock is chosen. */
export const DockInspector = RowInspector;

const linkedDock = { Dock: LinkedDock, DockHead: LinkedDockTabs, dockTitle: 'Real and synthetic rows' } as const;

export const stageParts: Record<Stage, StageParts> = {
  data: { Stage: DataStage },
  map: { Stage: MapStage, Inspector: MapInspector, ...linkedDock },
  rules: { Stage: RulesStage },
  diagnose: { Stage: DiagnoseStage },
  generate: { Stage: GenerateStage, ...linkedDock },
  inspect: { Stage: InspectStage, Inspector: RowInspector, ...linkedDock },
  test: { Stage: TestStage },
  report: { Stage: ReportStage },
};
