import type { ComponentType } from 'react';
import { DataStage } from '../features/data/DataStage';
import { GenerateStage } from '../features/generate/GenerateStage';
import { InspectStage } from '../features/inspect/InspectStage';
import { RowInspector } from '../features/inspect/RowInspector';
import { ScatterView } from '../features/inspect/ScatterView';
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
  readonly dockTitle?: string;
}

/** In place of a stage's own inspector while a point of its dock is chosen. */
export const DockInspector = RowInspector;

export const stageParts: Record<Stage, StageParts> = {
  data: { Stage: DataStage },
  map: { Stage: MapStage, Inspector: MapInspector, Dock: ScatterView, dockTitle: 'Real and synthetic rows' },
  rules: { Stage: RulesStage },
  generate: { Stage: GenerateStage, Dock: ScatterView, dockTitle: 'Real and synthetic rows' },
  inspect: { Stage: InspectStage, Inspector: RowInspector },
  test: { Stage: TestStage },
  report: { Stage: ReportStage },
};
