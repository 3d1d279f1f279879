import type { Rule } from '../constraints/rule';
import type { MapEdge } from '../graph/causalMap';
import { isDefaultSettings, type NodeSettings } from './nodeSettings';
import type { GenerationSettings, Project } from './project';

/** Decisions of a project that are changed together: what one remedy does. */
export interface ProjectChange {
  /** Generator, its parameters and what is redrawn; amount and seed stay the project's own. */
  readonly settings: GenerationSettings;
  /** An arrow to draw; null where the map stays. */
  readonly arrow: MapEdge | null;
  /** How one node is learned from now on; null where that stays. */
  readonly mechanism: NodeSettings | null;
  /** A rule to add, or to put in the place of the one with its id. */
  readonly rule: Rule | null;
  /** True where rows are from now on exported, used and judged with their weights. */
  readonly withWeights: boolean;
}

export const noChange = (settings: GenerationSettings): ProjectChange => ({
  settings,
  arrow: null,
  mechanism: null,
  rule: null,
  withWeights: false,
});

export function changedProject(project: Project, change: ProjectChange): Project {
  const { generator, parameters, redraw } = change.settings;
  const { arrow, mechanism, rule, withWeights } = change;
  return {
    ...project,
    map: arrow ? { ...project.map, edges: [...project.map.edges, arrow] } : project.map,
    mechanisms: mechanism
      ? [
          ...project.mechanisms.filter(({ node }) => node !== mechanism.node),
          ...(isDefaultSettings(mechanism) ? [] : [mechanism]),
        ]
      : project.mechanisms,
    rules: rule ? [...project.rules.filter(({ id }) => id !== rule.id), rule] : project.rules,
    generation: { ...project.generation, generator, parameters, redraw },
    export: withWeights ? { ...project.export, weightColumn: true } : project.export,
    tests: withWeights ? { ...project.tests, withWeights: true } : project.tests,
  };
}
