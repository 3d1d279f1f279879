import type { EngineApi } from '../worker/api';
import type { ChecksSlice } from './checks';
import type { DataSlice } from './data';
import type { DemosSlice } from './demos';
import type { DiagnosisSlice } from './diagnosis';
import type { DocumentSlice } from './document';
import type { ExportingSlice } from './exporting';
import type { GenerationSlice } from './generation';
import type { InspectSlice } from './inspect';
import type { MapSlice } from './map';
import type { MapStudySlice } from './mapStudy';
import type { PersistenceSlice } from './persistence';
import type { PreviewSlice } from './preview';
import type { ProjectLocks } from './projectLock';
import type { RulesSlice } from './rules';
import type { StudioStorage } from './storage';
import type { TemplatesSlice } from './templates';
import type { TestingSlice } from './testing';
import type { UiSlice } from './ui';

/**
 * The whole state of the studio, one slice per concern. Components read it with `useStudio(selector)` and change it
 * only through the named actions of the slices. `project` is the document; all else is derived, loaded or of the screen.
 */
export type StudioState = DocumentSlice &
  MapSlice &
  DataSlice &
  DemosSlice &
  DiagnosisSlice &
  ChecksSlice &
  MapStudySlice &
  RulesSlice &
  GenerationSlice &
  PreviewSlice &
  InspectSlice &
  TestingSlice &
  TemplatesSlice &
  ExportingSlice &
  UiSlice &
  PersistenceSlice;

/** Undo and redo over the document, as the slices need it; given by the store once it exists. */
export interface History {
  pause(): void;
  resume(): void;
  undo(): void;
  redo(): void;
  clear(): void;
  /** Label of the edit that an undo would take back and that a redo would bring again; null where there is none. */
  labels(): { readonly undo: string | null; readonly redo: string | null };
}

/** What slices are made with. */
export interface StudioContext {
  readonly engine: EngineApi;
  readonly storage: StudioStorage;
  readonly locks: ProjectLocks;
  readonly history: History;
}
