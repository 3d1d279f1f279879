import * as v from 'valibot';
import { columnKinds } from '../data/table';
import { adjustments } from '../dependence/adjustments/catalogue';
import { EngineError } from '../errors';
import { dagOf } from '../graph/dag';
import { migrateProject } from './migrateProject';
import { defaultTests, type Project } from './project';

const text = v.string();
const finite = v.pipe(v.number(), v.finite());
const names = v.array(text);
const kind = v.picklist(columnKinds);
const numbers = v.record(text, finite);

const condition = v.union([
  v.object({ column: text, op: v.picklist(['<', '<=', '>', '>=', '=', '!=']), value: finite }),
  v.object({ column: text, op: v.picklist(['in', 'not-in']), levels: names }),
  v.object({ column: text, op: v.picklist(['missing', 'known']) }),
]);
const ends = { min: v.nullable(finite), max: v.nullable(finite) };
const ruleBase = { id: text, reason: text, enabled: v.boolean() };
const rule = v.variant('kind', [
  v.object({ ...ruleBase, kind: v.literal('range'), column: text, ...ends, step: v.exactOptional(finite) }),
  v.object({ ...ruleBase, kind: v.literal('whole'), column: text }),
  v.object({ ...ruleBase, kind: v.literal('allowed'), column: text, values: names }),
  v.object({
    ...ruleBase,
    kind: v.literal('order'),
    lower: text,
    upper: text,
    strict: v.boolean(),
    gap: v.exactOptional(v.object(ends)),
  }),
  v.object({ ...ruleBase, kind: v.literal('formula'), column: text, formula: text, tolerance: finite }),
  v.object({ ...ruleBase, kind: v.literal('implication'), when: v.array(condition), then: condition }),
  v.object({ ...ruleBase, kind: v.literal('forbidden'), conditions: v.array(condition) }),
  v.object({ ...ruleBase, kind: v.literal('expression'), text }),
  v.object({
    ...ruleBase,
    kind: v.literal('monotone'),
    cause: text,
    effect: text,
    direction: v.picklist(['rises', 'falls']),
  }),
  v.object({ ...ruleBase, kind: v.literal('bounded-effect'), cause: text, effect: text, most: finite }),
  v.object({ ...ruleBase, kind: v.literal('fixed'), column: text }),
  v.object({ ...ruleBase, kind: v.literal('tiers'), tiers: v.array(names) }),
  v.object({ ...ruleBase, kind: v.literal('support'), least: finite }),
]);
const settings = v.object({
  generator: text,
  parameters: v.record(text, numbers),
  amount: v.variant('kind', [
    v.object({ kind: v.literal('parity') }),
    v.object({ kind: v.literal('share'), share: v.pipe(finite, v.gtValue(0), v.ltValue(1)) }),
    v.object({ kind: v.literal('rows'), rows: v.pipe(finite, v.integer(), v.minValue(0)) }),
  ]),
  seed: finite,
  redraw: v.nullable(names),
  offMap: v.picklist(['donor', 'empty']),
});
const node = v.object({
  name: v.pipe(text, v.nonEmpty()),
  latent: v.boolean(),
  tag: v.nullable(v.picklist(['confounder', 'mediator', 'collider', 'exposure', 'outcome', 'instrument'])),
  note: text,
  tier: v.optional(v.nullable(v.pipe(finite, v.integer())), null),
  sensitive: v.optional(v.boolean(), false),
  fixed: v.optional(v.boolean(), false),
  selected: v.optional(v.boolean(), false),
  position: v.nullable(v.object({ x: finite, y: finite })),
});
const edge = v.object({
  from: text,
  to: text,
  kind: v.picklist(['->', '<->']),
  reason: text,
  source: v.optional(text, ''),
  confidence: v.optional(v.nullable(v.picklist(['certain', 'likely', 'guess'])), null),
  sign: v.optional(v.nullable(v.picklist(['+', '-'])), null),
  monotone: v.optional(v.boolean(), false),
});
const map = v.object({
  nodes: v.array(node),
  edges: v.array(edge),
  comments: v.exactOptional(v.array(v.object({ id: text, text, position: v.object({ x: finite, y: finite }) }))),
  lanes: v.exactOptional(v.array(v.object({ name: text, width: v.pipe(finite, v.minValue(1)) }))),
  forbidden: v.exactOptional(v.array(v.object({ from: text, to: text }))),
});
const origin = v.object({
  files: names,
  format: v.picklist(['text', 'gzip', 'parquet', 'excel', 'clipboard']),
  sample: v.nullable(
    v.object({
      rows: finite,
      kept: finite,
      rareKept: finite,
      column: v.nullable(text),
      rareLevels: names,
      seed: finite,
    }),
  ),
  notes: names,
});
const nodeSettings = v.object({
  node: text,
  family: v.nullable(text),
  forbidden: names,
  limits: v.array(
    v.object({
      parent: text,
      sign: v.nullable(v.picklist(['+', '-'])),
      monotone: v.boolean(),
      most: v.nullable(v.pipe(finite, v.minValue(0))),
    }),
  ),
  byClass: v.boolean(),
});
const projectSchema = v.object({
  format: v.literal('counterpoise-project'),
  version: v.literal(1),
  name: text,
  demo: v.optional(v.nullable(v.object({ id: text, fileHash: text })), null),
  data: v.nullable(
    v.object({
      fileName: text,
      bytes: finite,
      hash: text,
      rows: finite,
      options: v.object({
        delimiter: v.nullable(text),
        decimal: v.nullable(v.picklist(['.', ','])),
        quote: v.optional(v.nullable(v.picklist(['"', "'", 'none'])), null),
        encoding: v.nullable(v.picklist(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'])),
        header: v.nullable(v.boolean()),
        skipLines: v.nullable(finite),
        missingTokens: names,
        missing: v.optional(v.array(v.object({ column: text, choice: v.picklist(['model', 'drop', 'level']) })), []),
      }),
      kinds: v.array(
        v.object({ column: text, kind, order: v.exactOptional(names), datePattern: v.exactOptional(text) }),
      ),
      origin: v.exactOptional(origin),
    }),
  ),
  target: v.nullable(v.object({ column: text, rareLevels: names })),
  map,
  columnNotes: v.exactOptional(v.array(v.object({ column: text, label: text, unit: text, description: text }))),
  design: v.exactOptional(v.object({ groups: names, time: v.nullable(text) })),
  exposure: v.nullable(text),
  rules: v.array(rule),
  mechanisms: v.optional(v.array(nodeSettings), []),
  generation: settings,
  export: v.object({
    columns: v.picklist(['all', 'map']),
    flagColumn: v.boolean(),
    weightColumn: v.boolean(),
    lineageColumns: v.boolean(),
    guardFormulas: v.boolean(),
    onlySynthetic: v.boolean(),
  }),
  tests: v.optional(
    v.object({
      margin: v.pipe(v.number(), v.minValue(0.01), v.maxValue(0.5)),
      adjustment: v.picklist(adjustments.map(({ id }) => id)),
      withWeights: v.exactOptional(v.boolean()),
    }),
    defaultTests,
  ),
  runs: v.array(v.object({ id: text, name: text, inputsHash: text, settings, rows: finite })),
});

/**
 * Reads a project file.
 * @throws EngineError `parse-error` when the text is no project, naming the place in it; `bad-map`, `duplicate-node` or
 * `cycle` when its map is no causal map.
 */
export function parseProject(content: string): Project {
  let json: unknown;
  try {
    json = JSON.parse(content);
  } catch (cause) {
    throw new EngineError('parse-error', 'this is not a project file: it is not JSON.', {}, cause);
  }
  return completeProject(json);
}

/**
 * A project of any version, as parsed JSON or as kept in a browser, with every field of the present version.
 * @throws EngineError as `parseProject`.
 */
export function completeProject(json: unknown): Project {
  const result = v.safeParse(projectSchema, migrateProject(json));
  if (!result.success) {
    const [issue] = result.issues;
    const place = v.getDotPath(issue);
    throw new EngineError(
      'parse-error',
      `not a Counterpoise project: ${place ? `${place}: ` : ''}${issue.message}.`,
      place ? { place } : {},
    );
  }
  const project: Project = result.output;
  dagOf(project.map);
  return project;
}
