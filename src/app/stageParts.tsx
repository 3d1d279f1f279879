import type { ComponentType } from 'react';
import { ScatterView } from '../features/inspect/ScatterView';
import { MapInspector } from '../features/map/MapInspector';
import { MapStage } from '../features/map/MapStage';
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

export const stageParts: Partial<Record<Stage, StageParts>> = {
  map: { Stage: MapStage, Inspector: MapInspector, Dock: ScatterView, dockTitle: 'Real and synthetic rows' },
};
