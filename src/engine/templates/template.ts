import type { Rule } from '../constraints/rule';
import { type ColumnKind, isNumericKind } from '../data/table';
import type { CausalMap } from '../graph/causalMap';
import type { ExportSettings, GenerationSettings, Project } from '../project/project';

/** A column that a template speaks of, to be found in another table. */
export interface TemplateColumn {
  readonly name: string;
  readonly kind: ColumnKind;
  /** Other names it goes by. */
  readonly aliases: readonly string[];
}

/** What an expert has decided, without the data: to be put on the columns of another table. */
export interface Template {
  readonly format: 'counterpoise-template';
  readonly version: 1;
  readonly name: string;
  readonly story: string;
  /** Recorded columns of the map and of the rules; the target first. */
  readonly columns: readonly TemplateColumn[];
  readonly target: string | null;
  readonly exposure: string | null;
  readonly map: CausalMap;
  readonly rules: readonly Rule[];
  readonly generation: GenerationSettings;
  readonly export: ExportSettings;
}

/** How kinds are compared. */
export type KindClass = 'numbers' | 'categories' | 'ids';
export const kindClass = (kind: ColumnKind): KindClass =>
  kind === 'id' ? 'ids' : isNumericKind(kind) ? 'numbers' : 'categories';

/** Numbers can stand for numbers and categories for categories; an order among few numbers may be read as either. */
export const kindFits = (kind: ColumnKind, wanted: ColumnKind): boolean => {
  const [given, asked] = [kindClass(kind), kindClass(wanted)];
  return given === asked || (given !== 'ids' && asked !== 'ids' && [kind, wanted].includes('ordinal'));
};

/**
 * A project's map, rules and settings as a template; its table, runs and levels stay behind.
 * @param kinds Kinds of the table's columns by name; a column of unknown kind counts as a number.
 */
export function templateOf(
  project: Project,
  kinds: ReadonlyMap<string, ColumnKind>,
  columnsOf: (rule: Rule) => readonly string[],
): Template {
  const { map, rules, target, exposure, generation } = project;
  const named = new Set([
    ...(target ? [target.column] : []),
    ...map.nodes.flatMap(({ name, latent }) => (latent ? [] : [name])),
    ...rules.flatMap(columnsOf),
  ]);
  return {
    format: 'counterpoise-template',
    version: 1,
    name: project.name,
    story: '',
    columns: [...named].map((name) => ({ name, kind: kinds.get(name) ?? 'continuous', aliases: [] })),
    target: target?.column ?? null,
    exposure,
    map,
    rules,
    generation: { ...generation, redraw: null },
    export: project.export,
  };
}
