import { EngineError } from '../engine/errors';
import { parseProject } from '../engine/project/parseProject';
import type { Project } from '../engine/project/project';
import { isTemplate } from '../engine/templates/parseTemplate';

export type ProjectFileResult =
  | { readonly ok: true; readonly project: Project }
  | { readonly ok: false; readonly message: string };

/** Reads a project file; every fault is one sentence that names its place. */
export function readProjectFile(content: string): ProjectFileResult {
  try {
    return { ok: true, project: parseProject(content) };
  } catch (error) {
    if (error instanceof EngineError) return { ok: false, message: error.message };
    throw error;
  }
}

/** The parsed text where it is a template; null for anything else. */
export function templateIn(content: string): unknown {
  try {
    const json: unknown = JSON.parse(content);
    return isTemplate(json) ? json : null;
  } catch {
    return null;
  }
}

export const safeName = (name: string) => name.replace(/[^\p{L}\p{N}_-]+/gu, '-').replace(/^-+|-+$/g, '') || 'project';

/** The document as readable JSON. */
export function writeProjectFile(project: Project): { readonly fileName: string; readonly blob: Blob } {
  const blob = new Blob([`${JSON.stringify(project, null, 2)}\n`], { type: 'application/json' });
  return { fileName: `${safeName(project.name)}.counterpoise.json`, blob };
}
