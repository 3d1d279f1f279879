import { EngineError } from '../errors';

type Json = Readonly<Record<string, unknown>>;
export type MigrationStep = (project: Json) => Json;

/**
 * The step at k turns a project of version k + 1 into one of version k + 2, so the present version is one more than there
 * are steps. A version is raised only where an old file would be read wrongly; a field that old files lack has its default
 * in the schema instead, which is why there is no step yet.
 */
const steps: readonly MigrationStep[] = [];

/**
 * A project of an earlier version as one of the present version. What has no version comes back as it is, for the schema
 * to name what is wrong with it.
 * @throws EngineError `parse-error` for a version that only a later program knows.
 */
export function migrateProject(json: unknown, through: readonly MigrationStep[] = steps): unknown {
  if (!isObject(json) || !Number.isInteger(json.version)) return json;
  const present = through.length + 1;
  const from = Number(json.version);
  if (from > present)
    throw new EngineError(
      'parse-error',
      `this project was written by a newer Counterpoise (version ${from}; this one knows version ${present}): open it there, or update this page.`,
      { version: from },
    );
  let project: Json = json;
  for (const [k, step] of through.entries()) if (k + 1 >= from) project = { ...step(project), version: k + 2 };
  return project;
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
