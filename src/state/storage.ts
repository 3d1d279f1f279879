import type { Project } from '../engine/project/project';
import type { ImportSource, RunRows, TestReport } from '../worker/api';

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
}

/** What belongs to the person and not to a project. */
export interface StoredSettings {
  readonly lastProjectId: string | null;
  readonly theme: 'light' | 'dark' | 'system';
  readonly dockHeight: number;
  readonly isDockOpen: boolean;
}

/** Where work is kept between visits. Every method may reject, for instance when the disk is full. */
export interface StudioStorage {
  listProjects(): Promise<readonly ProjectInfo[]>;
  readProject(id: string): Promise<StoredProject | null>;
  writeProject(stored: StoredProject): Promise<void>;
  removeProject(id: string): Promise<void>;
  readSource(hash: string): Promise<ImportSource | null>;
  writeSource(hash: string, source: ImportSource): Promise<void>;
  readRun(id: string): Promise<RunRows | null>;
  writeRun(id: string, rows: RunRows): Promise<void>;
  removeRun(id: string): Promise<void>;
  readSettings(): Promise<StoredSettings | null>;
  writeSettings(settings: StoredSettings): Promise<void>;
  /** Keeps a document before it returns, for a page that is going away and cannot wait; never throws. */
  keepAtOnce(stored: StoredProject): void;
  /** What `keepAtOnce` kept last, handed out once. */
  takeKept(): StoredProject | null;
  /** Asks the browser not to evict the data; false where it declines or cannot. */
  requestPersistence(): Promise<boolean>;
}
