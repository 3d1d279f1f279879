import { ruleColumns } from '../constraints/catalogue';
import { compileRule } from '../constraints/compileRules';
import { refuseArrowsBackInTime } from '../constraints/mapRules';
import { type Frame, frameOf, isNumericSpec } from '../data/frame';
import { requireTarget } from '../data/reviewTarget';
import { groupsMessage, type RowUnits, rowUnits } from '../data/rowUnits';
import { isCarriedKind, isCategoricalColumn, type Table } from '../data/table';
import { EngineError } from '../errors';
import { type CausalMap, createNode } from '../graph/causalMap';
import { projectLatents } from '../graph/projection';
import type { NodeSettings } from '../project/nodeSettings';
import type { Project, Target } from '../project/project';
import { classArrows, nodeDemands } from '../scm/nodeDemands';
import { calculatedColumns, mapWithFormulas } from '../scm/ruledModel';

/** The part of a table that a run works on. */
export interface RunInput {
  /** Columns of the map, then columns that only rules mention; rows whose target is known. */
  readonly frame: Frame;
  /** Table row of each frame row. */
  readonly rows: Int32Array;
  /** Unit of each frame row by the groups that the project names; null where every row stands alone. */
  readonly units: RowUnits | null;
  /** The map without latent nodes and with the causes that formulas name, its nodes in the order of the frame's columns. */
  readonly map: CausalMap;
  /** The same with the latent nodes that `map` is projected over. */
  readonly drawn: CausalMap;
  /** Frame columns on the map or calculated by a rule; the ones after them are carried from the donor. */
  readonly mapColumns: number;
  readonly target: number;
  readonly rareCodes: readonly number[];
  /** How single nodes are to be learned. */
  readonly demands: readonly NodeSettings[];
  readonly messages: readonly string[];
}

/** More levels than this cannot be learned as a category. */
const MOST_LEVELS = 200;
/** Squares of numbers beyond this, or of differences below its inverse, leave the range of a double. */
const LARGEST_NUMBER = 1e150;

/**
 * Brings table, target, map and rules of a project together.
 * @throws EngineError `bad-target` / `single-class` for a target that cannot be used, `bad-map` for a map that does not
 * fit the table or lacks the target, `unsupported-column` for a column on the map that cannot be learned.
 */
export function runInput(
  table: Table,
  project: Pick<Project, 'map' | 'rules' | 'mechanisms' | 'design'> & { readonly target: Target | null },
): RunInput {
  if (!project.target)
    throw new EngineError('bad-target', 'No target is chosen: choose the column with the rare outcome.');
  const { column, rareCodes } = requireTarget(table, project.target);
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
    if (isCarriedKind(found.kind))
      throw new EngineError(
        'unsupported-column',
        `"${name}" is on the map but is ${found.kind === 'id' ? 'an id' : 'free text'}, which is carried and never learned from: remove it from the map or change its kind.`,
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
  refuseArrowsBackInTime(enabled, map);
  const isDrawn = (name: string) => map.nodes.some((node) => node.name === name);
  // What a rule calculates is made anew in every row, whether it was drawn or not.
  const made = calculatedColumns(enabled).filter((name) => !isDrawn(name));
  const carried = [...new Set(enabled.flatMap(ruleColumns))].filter((name) => !isDrawn(name) && !made.includes(name));
  const extra = [...made, ...carried];
  const names = [...map.nodes.map(({ name }) => name), ...extra];
  const rows: number[] = [];
  column.codes.forEach((code, i) => {
    if (code >= 0 && table.setAside?.[i] !== 1) rows.push(i);
  });
  const frame = frameOf(table, names, rows);
  for (const rule of enabled) compileRule(rule, frame.specs);
  frame.columns.forEach((values, c) => {
    if (c < map.nodes.length && values.every((v) => Number.isNaN(v)))
      throw new EngineError('unsupported-column', `"${names[c]}" has no value in any row: take it off the map.`, {
        column: names[c],
      });
    if (isNumericSpec(frame.specs[c]!)) refuseExtremeNumbers(names[c]!, values);
  });
  const groups = project.design?.groups ?? [];
  const units = rowUnits(table, groups, rows);
  const free = extra.map((name) => createNode(name));
  const dropped = table.rows - rows.length;
  const base = mapWithFormulas({ nodes: [...map.nodes, ...free], edges: map.edges }, enabled, column.name);
  const byClass = classArrows(base, project.mechanisms, column.name);
  return {
    frame,
    rows: Int32Array.from(rows),
    units,
    map: { ...base, edges: [...base.edges, ...byClass.arrows] },
    drawn: { ...project.map, nodes: [...project.map.nodes, ...free] },
    mapColumns: map.nodes.length + made.length,
    target: names.indexOf(column.name),
    rareCodes,
    demands: nodeDemands(project.map, project.mechanisms, enabled),
    messages: [
      ...byClass.refused,
      ...groupsMessage(groups, units),
      ...(dropped > 0
        ? [
            `${dropped} ${dropped === 1 ? 'row has' : 'rows have'} no value of "${column.name}" and ${dropped === 1 ? 'is' : 'are'} left out of learning; the export keeps them.`,
          ]
        : []),
    ],
  };
}

function refuseExtremeNumbers(column: string, values: Float64Array): void {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const v of values) {
    if (v < low) low = v;
    if (v > high) high = v;
  }
  const largest = Math.max(Math.abs(low), Math.abs(high));
  const spread = high - low;
  if (largest > LARGEST_NUMBER)
    throw new EngineError(
      'unsupported-column',
      `"${column}" holds numbers as large as ${largest.toPrecision(2)}, whose squares cannot be computed: divide the column by a power of ten.`,
      { column },
    );
  if (spread > 0 && spread < 1 / LARGEST_NUMBER)
    throw new EngineError(
      'unsupported-column',
      `The numbers of "${column}" differ by ${spread.toPrecision(2)} at most, whose square cannot be computed: multiply the column by a power of ten.`,
      { column },
    );
}
