import { type DBSchema, openDB } from 'idb';
import type { Template } from '../engine/templates/template';
import type { ImportSource } from '../sources/source';
import type { RunRows } from '../worker/api';
import { infoOf, type StoredProject, type StoredSettings, type StudioStorage } from './storage';

interface StudioDatabase extends DBSchema {
  projects: { key: string; value: StoredProject };
  sources: { key: string; value: ImportSource };
  runs: { key: string; value: RunRows };
  /** `studio` for the settings, `templates` for the person's own templates. */
  settings: { key: string; value: StoredSettings | readonly Template[] };
}

const keptKey = 'counterpoise-kept';

/** Keeps work in the browser's IndexedDB. Rejects at once where the browser has none or refuses it. */
export async function openIdbStorage(name = 'counterpoise'): Promise<StudioStorage> {
  const database = await openDB<StudioDatabase>(name, 1, {
    upgrade(db) {
      db.createObjectStore('projects', { keyPath: 'id' });
      db.createObjectStore('sources');
      db.createObjectStore('runs');
      db.createObjectStore('settings');
    },
  });

  /** Files and runs that no stored project mentions any more. */
  async function dropOrphans() {
    const projects = await database.getAll('projects');
    const hashes = new Set(projects.map(({ project }) => project.data?.hash));
    const runIds = new Set(projects.flatMap(({ project }) => project.runs.map(({ id }) => id)));
    for (const key of await database.getAllKeys('sources')) if (!hashes.has(key)) await database.delete('sources', key);
    for (const key of await database.getAllKeys('runs')) if (!runIds.has(key)) await database.delete('runs', key);
  }

  return {
    listProjects: async () => (await database.getAll('projects')).map(infoOf).sort((a, b) => b.savedAt - a.savedAt),
    readProject: async (id) => (await database.get('projects', id)) ?? null,
    writeProject: async (stored) => void (await database.put('projects', stored)),
    removeProject: (id) => database.delete('projects', id),
    dropOrphans,
    readSource: async (hash) => (await database.get('sources', hash)) ?? null,
    writeSource: async (hash, source) => void (await database.put('sources', source, hash)),
    readRun: async (id) => (await database.get('runs', id)) ?? null,
    writeRun: async (id, rows) => void (await database.put('runs', rows, id)),
    removeRun: (id) => database.delete('runs', id),
    readSettings: async () => ((await database.get('settings', 'studio')) as StoredSettings | undefined) ?? null,
    writeSettings: async (settings) => void (await database.put('settings', settings, 'studio')),
    readTemplates: async () => ((await database.get('settings', 'templates')) as readonly Template[] | undefined) ?? [],
    writeTemplates: async (templates) => void (await database.put('settings', templates, 'templates')),
    keepAtOnce(stored) {
      // A database cannot be written while the page goes away; this store can, but it is small.
      try {
        localStorage.setItem(keptKey, JSON.stringify({ ...stored, tests: [] }));
      } catch (error) {
        console.error(error);
      }
    },
    takeKept() {
      try {
        const text = localStorage.getItem(keptKey);
        localStorage.removeItem(keptKey);
        return text === null ? null : (JSON.parse(text) as StoredProject);
      } catch (error) {
        console.error(error);
        return null;
      }
    },
    async room() {
      const estimate = await navigator.storage?.estimate?.();
      if (!estimate) return null;
      const isPersistent = (await navigator.storage.persisted?.()) ?? false;
      return { used: estimate.usage ?? 0, quota: estimate.quota ?? 0, isPersistent };
    },
    requestPersistence: async () => (await navigator.storage?.persist?.()) ?? false,
  };
}
