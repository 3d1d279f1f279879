import type { Template } from '../engine/templates/template';
import type { ImportSource } from '../sources/source';
import type { RunRows } from '../worker/api';
import { infoOf, type StoredProject, type StoredSettings, type StudioStorage } from './storage';

/** Keeps work for as long as the page lives: tests, and browsers that refuse IndexedDB (some private windows). */
export function createMemoryStorage(): StudioStorage {
  const projects = new Map<string, StoredProject>();
  const sources = new Map<string, ImportSource>();
  const runs = new Map<string, RunRows>();
  let settings: StoredSettings | null = null;
  let templates: readonly Template[] = [];
  let kept: StoredProject | null = null;
  return {
    listProjects: async () => [...projects.values()].map(infoOf).sort((a, b) => b.savedAt - a.savedAt),
    readProject: async (id) => projects.get(id) ?? null,
    writeProject: async (stored) => void projects.set(stored.id, stored),
    removeProject: async (id) => void projects.delete(id),
    dropOrphans: async () => {},
    readSource: async (hash) => sources.get(hash) ?? null,
    writeSource: async (hash, source) => void sources.set(hash, source),
    // Copies, because rows handed to the engine may be transferred and so emptied.
    readRun: async (id) => structuredClone(runs.get(id) ?? null),
    writeRun: async (id, rows) => void runs.set(id, structuredClone(rows)),
    removeRun: async (id) => void runs.delete(id),
    readTemplates: async () => templates,
    writeTemplates: async (next) => {
      templates = next;
    },
    readSettings: async () => settings,
    writeSettings: async (next) => {
      settings = next;
    },
    keepAtOnce: (stored) => {
      kept = stored;
    },
    takeKept: () => {
      const taken = kept;
      kept = null;
      return taken;
    },
    room: async () => null,
    requestPersistence: async () => false,
  };
}
