import { ruleColumns } from '../constraints/catalogue';
import { renameColumns } from '../constraints/renameColumns';
import type { Rule } from '../constraints/rule';
import { EngineError } from '../errors';
import type { CausalMap } from '../graph/causalMap';
import type { Project } from '../project/project';
import type { Template } from './template';

/** What becomes of a column of the template: a column of the table, an unrecorded cause, or nothing. */
export type Placement =
  | { readonly kind: 'column'; readonly column: string }
  /** Kept on the map as a latent node: its effects stay confounded, which is what not recording it means. */
  | { readonly kind: 'latent' }
  /** Taken off the map with its arrows. */
  | { readonly kind: 'left-out' };

export interface AppliedTemplate {
  readonly project: Project;
  /** Rules that speak of a column the table does not have, and were therefore left out. */
  readonly rulesLeftOut: readonly Rule[];
}

/**
 * The project with the template's map, rules and settings on its own columns. Levels are those of the template: rules that
 * name a level the new column lacks are kept and will say so.
 * @param rareLevels Levels of the target's new column that count as rare.
 * @throws EngineError `duplicate-node` where one column of the table is to stand for two; `bad-target` where the template's
 * target has no column.
 */
export function applyTemplate(
  project: Project,
  template: Template,
  placements: ReadonlyMap<string, Placement>,
  rareLevels: readonly string[],
): AppliedTemplate {
  const placeOf = (name: string): Placement => placements.get(name) ?? { kind: 'left-out' };
  const columnOf = (name: string): string | null => {
    const place = placeOf(name);
    return place.kind === 'column' ? place.column : null;
  };
  const used = new Map<string, string>();
  for (const { name } of template.columns) {
    const column = columnOf(name);
    if (column === null) continue;
    const other = used.get(column);
    if (other !== undefined)
      throw new EngineError(
        'duplicate-node',
        `The column ${column} is chosen for both ${other} and ${name}: choose another for one of them.`,
      );
    used.set(column, name);
  }
  const target = template.target === null ? null : columnOf(template.target);
  if (template.target !== null && target === null)
    throw new EngineError('bad-target', `Choose the column that holds the outcome ${template.target}.`);
  const rules = template.rules.map((rule) => ({
    rule,
    isKept: ruleColumns(rule).every((name) => columnOf(name) !== null),
  }));
  return {
    project: {
      ...project,
      map: placedMap(template.map, placeOf, new Set(used.keys())),
      target: target === null ? project.target : { column: target, rareLevels },
      exposure: template.exposure === null ? null : columnOf(template.exposure),
      rules: rules.flatMap(({ rule, isKept }) =>
        isKept ? [renameColumns(rule, (name) => columnOf(name) ?? name)] : [],
      ),
      generation: { ...template.generation, seed: project.generation.seed },
      export: template.export,
    },
    rulesLeftOut: rules.flatMap(({ rule, isKept }) => (isKept ? [] : [rule])),
  };
}

function placedMap(map: CausalMap, placeOf: (name: string) => Placement, columns: ReadonlySet<string>): CausalMap {
  const names = new Map<string, string>();
  const nodes = map.nodes.flatMap((node) => {
    const place: Placement = node.latent ? { kind: 'latent' } : placeOf(node.name);
    if (place.kind === 'left-out') return [];
    const isLatent = place.kind === 'latent';
    // An unrecorded cause must not be taken for a column that happens to have its name.
    const wanted = isLatent ? node.name : place.column;
    const name = isLatent && columns.has(wanted) ? `${wanted} (unrecorded)` : wanted;
    names.set(node.name, name);
    return [{ ...node, name, latent: isLatent, selected: node.selected && !isLatent }];
  });
  const kept = <T extends { readonly from: string; readonly to: string }>(list: readonly T[]) =>
    list.flatMap((edge) => {
      const [from, to] = [names.get(edge.from), names.get(edge.to)];
      return from !== undefined && to !== undefined ? [{ ...edge, from, to }] : [];
    });
  return {
    ...map,
    nodes,
    edges: kept(map.edges),
    ...(map.forbidden && { forbidden: kept(map.forbidden) }),
  };
}
