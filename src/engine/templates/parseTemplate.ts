import * as v from 'valibot';
import { EngineError } from '../errors';
import { completeProject } from '../project/parseProject';
import { emptyProject } from '../project/project';
import type { Template } from './template';

const kind = v.picklist(['continuous', 'integer', 'ordinal', 'nominal', 'binary', 'datetime', 'id']);
const head = v.object({
  format: v.literal('counterpoise-template'),
  version: v.literal(1),
  name: v.string(),
  story: v.string(),
  columns: v.array(v.object({ name: v.string(), kind, aliases: v.array(v.string()) })),
  target: v.nullable(v.string()),
});

/** True for the JSON of a template, whatever else may be wrong with it. */
export const isTemplate = (json: unknown): boolean =>
  typeof json === 'object' && json !== null && 'format' in json && json.format === 'counterpoise-template';

/**
 * Reads a template file.
 * @throws EngineError `parse-error` naming the place in it; `bad-map`, `duplicate-node` or `cycle` for its map.
 */
export function completeTemplate(json: unknown): Template {
  const result = v.safeParse(head, json);
  if (!result.success) {
    const [issue] = result.issues;
    const place = v.getDotPath(issue);
    throw new EngineError('parse-error', `not a Counterpoise template: ${place ? `${place}: ` : ''}${issue.message}.`);
  }
  // Map, rules and settings are those of a project, and are read by the same schema.
  const { map, rules, exposure, generation, export: exporting } = json as Record<string, unknown>;
  const parts = completeProject({ ...emptyProject, map, rules, exposure, generation, export: exporting });
  return {
    ...result.output,
    map: parts.map,
    rules: parts.rules,
    exposure: parts.exposure,
    generation: parts.generation,
    export: parts.export,
  };
}
