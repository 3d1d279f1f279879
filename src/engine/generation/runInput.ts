import { compileRule } from '../constraints/catalogue';
import { ruleColumns } from '../constraints/ruleColumns';
import { type Frame, frameOf } from '../data/frame';
import { type CategoricalColumn, isCategoricalColumn, type Table } from '../data/table';
import { EngineError } from '../errors';
import { type CausalMap, createNode } from '../graph/causalMap';
import { projectLatents } from '../graph/projection';
import type { Project, Target } from '../project/project';

/** The part of a table that a run works on. */
export interface RunInput {
  /** Columns of the map, then columns that only rules mention; rows whose target is known. */
  readonly frame: Frame;
  /** Table row of each frame row. */
  readonly rows: Int32Array;
  /** The map without latent nodes, its nodes in the order of the frame's columns. */
  readonly map: CausalMap;
  /** Frame columns on the map; the ones after them are carried from the donor. */
  readonly mapColumns: number;
  readonly target: number;
  readonly rareCodes: readonly number[];
  readonly messages: readonly string[];
}

/** More levels than this cannot be learned as a category. */
const MOST_LEVELS = 200;

/**
 * Brings table, target, map and rules of a project together.
 * @throws EngineError `bad-target` / `single-class` for a target that cannot be used, `bad-map` for a map that does not
 * fit the table or lacks the target, `unsupported-column` for a column on the map that cannot be learned.
 */
export function runInput(
  table: Table,
  project: Pick<Project, 'map' | 'rules'> & { readonly target: Target | null },
): RunInput {
  if (!project.target)
    throw new EngineError('bad-target', 'No target is chosen: choose the column with the rare outcome.');
  const column = targetColumn(table, project.target);
  const map = projectLatents(project.map);
  const byName = new Map(table.columns.map((one) => [one.name, one]));
  for (const { name } of map.nodes) {
    const found = byName.get(name);
    if (!found)
      throw new EngineError(
        'bad-map',
        `The map's node "${name}" is not a column of the table: rename it, remove it, or mark it as latent.`,
        { node: name },
      );
    if (found.kind === 'id')
      throw new EngineError(
        'unsupported-column',
        `"${name}" is on the map but is an id, which is carried and never learned from: remove it from the map or change its kind.`,
        { column: name },
      );
    if (isCategoricalColumn(found) && found.levels.length > MOST_LEVELS)
      throw new EngineError(
        'unsupported-column',
        `"${name}" has ${found.levels.length} levels, too many to learn: take it off the map or merge levels (at most ${MOST_LEVELS}).`,
        { column: name },
      );
  }
  if (!map.nodes.some(({ name }) => name === column.name))
    throw new EngineError('bad-map', `The target "${column.name}" is not on the map: add it and draw its causes.`, {
      column: column.name,
    });
  const enabled = project.rules.filter((rule) => rule.enabled);
  const extra = [...new Set(enabled.flatMap(ruleColumns))].filter(
    (name) => !map.nodes.some((node) => node.name === name),
  );
  const names = [...map.nodes.map(({ name }) => name), ...extra];
  const rows: number[] = [];
  column.codes.forEach((code, i) => {
    if (code >= 0) rows.push(i);
  });
  const frame = frameOf(table, names, rows);
  for (const rule of enabled) compileRule(rule, frame.specs);
  frame.columns.forEach((values, c) => {
    if (c < map.nodes.length && values.every((v) => Number.isNaN(v)))
      throw new EngineError('unsupported-column', `"${names[c]}" has no value in any row: take it off the map.`, {
        column: names[c],
      });
  });
  const dropped = table.rows - rows.length;
  return {
    frame,
    rows: Int32Array.from(rows),
    map: { nodes: [...map.nodes, ...extra.map((name) => createNode(name))], edges: map.edges },
    mapColumns: map.nodes.length,
    target: names.indexOf(column.name),
    rareCodes: project.target.rareLevels.map((level) => column.levels.indexOf(level)),
    messages:
      dropped > 0
        ? [
            `${dropped} ${dropped === 1 ? 'row has' : 'rows have'} no value of "${column.name}" and ${dropped === 1 ? 'is' : 'are'} left out of learning; the export keeps them.`,
          ]
        : [],
  };
}

/** @throws EngineError `unknown-column`, `bad-target` or `single-class`, each with the way out. */
export function targetColumn(table: Table, target: Target): CategoricalColumn {
  const column = table.columns.find(({ name }) => name === target.column);
  if (!column)
    throw new EngineError('unknown-column', `The table has no column "${target.column}": choose another target.`, {
      column: target.column,
    });
  if (!isCategoricalColumn(column))
    throw new EngineError(
      'bad-target',
      `The target "${column.name}" is read as ${column.kind === 'id' ? 'an id' : 'numbers'}: change its kind to nominal to name its rare level.`,
      { column: column.name },
    );
  const present = new Set(column.codes.filter((code) => code >= 0));
  if (present.size < 2)
    throw new EngineError(
      'single-class',
      `Every row has the same value of "${column.name}": there is no rare class to add to. Choose another target.`,
      { column: column.name },
    );
  if (target.rareLevels.length === 0)
    throw new EngineError(
      'bad-target',
      `No rare level of "${column.name}" is chosen: name the outcome to add rows for.`,
    );
  for (const level of target.rareLevels) {
    const code = column.levels.indexOf(level);
    if (code < 0 || !present.has(code)) {
      const known = column.levels
        .slice(0, 8)
        .map((text) => `"${text}"`)
        .join(', ');
      throw new EngineError(
        'bad-target',
        `"${column.name}" has no rows with the value "${level}": choose one of ${known}${column.levels.length > 8 ? ', ...' : ''}.`,
        { level },
      );
    }
  }
  if (target.rareLevels.length >= present.size)
    throw new EngineError(
      'bad-target',
      `All levels of "${column.name}" are marked rare: leave at least one as the common class.`,
    );
  return column;
}
