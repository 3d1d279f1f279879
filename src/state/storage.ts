import type { Project } from '../engine/project/project';
import type { Template } from '../engine/templates/template';
import type { ImportSource } from '../sources/source';
import type { RunRows, TestReport } from '../worker/api';

/** One project as it is kept between visits. Rows live beside it: the file by its hash, runs by their id. */
export interface StoredProject {
  readonly id: string;
  readonly project: Project;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly savedAt: number;
  readonly activeRunId: string | null;
  readonly comparisonRunId: string | null;
  readonly tests: readonly StoredTest[];
}

/** A test report with the inputs it was computed from, so that it can be called stale later. */
export interface StoredTest {
  readonly report: TestReport;
  readonly inputs: string;
}

export interface ProjectInfo {
  readonly id: string;
  readonly name: string;
  readonly savedAt: number;
  readonly fileName: string | null;
  readonly rows: number | null;
}

export const infoOf = ({ id, project, savedAt }: StoredProject): ProjectInfo => ({
  id,
  name: project.name,
  savedAt,
  fileName: project.data?.fileName ?? null,
  rows: project.data?.rows ?? null,
});

/** What belongs to the person and not to a project. */
export interface StoredSettings {
  readonly lastProjectId: string | null;
  readonly theme: 'light' | 'dark' | 'system';
  readonly dockHeight: number;
  readonly isDockOpen: boolean;
}

export interface StorageRoom {
  /** Bytes, as the browser estimates them. */
  readonly used: number;
  readonly quota: number;
  /** False where the browser may clear the work when space is short. */
  readonly isPersistent: boolean;
}

/** Where work is kept between visits. Every method may reject, for instance when the disk is full. */
export interface StudioStorage {
  listProjects(): Promise<readonly ProjectInfo[]>;
  readProject(id: string): Promise<StoredProject | null>;
  writeProject(stored: StoredProject): Promise<void>;
  /** Files and runs stay until `dropOrphans`, so that a project can be brought back. */
  removeProject(id: string): Promise<void>;
  /** Frees the files and runs that no stored project mentions. */
  dropOrphans(): Promise<void>;
  readSource(hash: string): Promise<ImportSource | null>;
  writeSource(hash: string, source: ImportSource): Promise<void>;
  readRun(id: string): Promise<RunRows | null>;
  writeRun(id: string, rows: RunRows): Promise<void>;
  removeRun(id: string): Promise<void>;
  readSettings(): Promise<StoredSettings | null>;
  writeSettings(settings: StoredSettings): Promise<void>;
  readTemplates(): Promise<readonly Template[]>;
  writeTemplates(templates: readonly Template[]): Promise<void>;
  /** Keeps a document before it returns, for a page that is going away and cannot wait; never throws. */
  keepAtOnce(stored: StoredProject): void;
  /** What `keepAtOnce` kept last, handed out once. */
  takeKept(): StoredProject | null;
  /** How much room there is; null where the browser does not say. */
  room(): Promise<StorageRoom | null>;
  /** Asks the browser not to evict the data; false where it declines or cannot. */
  requestPersistence(): Promise<boolean>;
}
