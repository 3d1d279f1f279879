import type { StateCreator } from 'zustand';
import type { Rule } from '../engine/constraints/rule';
import { createNode } from '../engine/graph/causalMap';
import { isDefaultSettings, type NodeSettings } from '../engine/project/nodeSettings';
import {
  type ExportSettings,
  emptyProject,
  type GenerationSettings,
  type Project,
  type Target,
} from '../engine/project/project';
import type { StudioContext, StudioState } from './studioState';

/** The one document and every edit of it. Undo and redo cover `project` without its `runs`, and nothing else. */
export interface DocumentSlice {
  /** Key of the project in storage. */
  readonly projectId: string;
  readonly project: Project;
  /** What the latest edit did, such as "Draw age → dose"; part of the undo history. */
  readonly editLabel: string;
  /** Names for the undo and redo buttons; null when there is nothing to undo or redo. */
  readonly undoLabel: string | null;
  readonly redoLabel: string | null;

  /**
   * The door for every edit. `change` returns a new project, or the same one for "nothing to do".
   * Edits with the same `group` within a second of each other are one undo step (typing, sliders).
   */
  edit(label: string, change: (project: Project) => Project, group?: string): void;
  undo(): void;
  redo(): void;
  /** Replaces the whole document and forgets the history: opening a project. */
  replaceDocument(projectId: string, project: Project): void;
  /** Records something that is not a decision of the user (a run, row counts), outside the history. */
  recordQuietly(change: (project: Project) => Project): void;

  renameProject(name: string): void;
  /** Also puts the target on the map when it is not there. */
  setTarget(target: Target | null): void;
  setExposure(column: string | null): void;
  addRule(rule: Rule): void;
  /** Several at once, as one step for undo. */
  addRules(rules: readonly Rule[]): void;
  /** Replaces the rule with the same id. */
  updateRule(rule: Rule): void;
  removeRule(ruleId: string): void;
  setGeneration(patch: Partial<GenerationSettings>): void;
  setParameter(generator: string, parameter: string, value: number): void;
  setExport(patch: Partial<ExportSettings>): void;
  /** How one node is to be learned; an entry that changes nothing is dropped. */
  setNodeSettings(settings: NodeSettings): void;
}

const groupWindowMs = 1000;

export const createDocumentSlice =
  ({ history }: StudioContext): StateCreator<StudioState, [], [], DocumentSlice> =>
  (set, get) => {
    let latestGroup: { name: string; at: number } | null = null;

    const showLabels = () => {
      const labels = history.labels();
      set({ undoLabel: labels.undo, redoLabel: labels.redo });
    };
    const travel = (step: () => void) => {
      latestGroup = null;
      const { runs } = get().project;
      step();
      // Runs are results, not decisions: going back in time must not lose them.
      history.pause();
      set((state) => ({ project: { ...state.project, runs }, refusal: null }));
      history.resume();
      showLabels();
    };

    /** Another tab has the project: an edit here would be lost, so it is not made. */
    const refuseReadOnly = () => {
      const { isReadOnly } = get();
      if (isReadOnly) get().notify('warning', 'This project is open in another tab: take it over to edit it here.');
      return isReadOnly;
    };

    return {
      projectId: 'none',
      project: emptyProject,
      editLabel: '',
      undoLabel: null,
      redoLabel: null,

      edit(label, change, group) {
        const project = change(get().project);
        if (project === get().project || refuseReadOnly()) return;
        const now = Date.now();
        const joins = group !== undefined && latestGroup?.name === group && now - latestGroup.at < groupWindowMs;
        if (joins) history.pause();
        set({ project, editLabel: label, refusal: null });
        if (joins) history.resume();
        latestGroup = group === undefined ? null : { name: group, at: now };
        showLabels();
      },
      undo: () => get().undoLabel !== null && !refuseReadOnly() && travel(history.undo),
      redo: () => get().redoLabel !== null && !refuseReadOnly() && travel(history.redo),
      replaceDocument(projectId, project) {
        latestGroup = null;
        history.pause();
        set({ projectId, project, editLabel: '', refusal: null });
        history.clear();
        history.resume();
        showLabels();
      },
      recordQuietly(change) {
        history.pause();
        set((state) => ({ project: change(state.project) }));
        history.resume();
      },

      renameProject(name) {
        const plain = name.trim() || 'Untitled';
        get().edit('Rename project', (p) => (p.name === plain ? p : { ...p, name: plain }));
      },
      setTarget(target) {
        const label = target ? `Set target ${target.column}` : 'Clear target';
        get().edit(label, (project) => {
          if (!target) return { ...project, target };
          const isOnMap = project.map.nodes.some(({ name }) => name === target.column);
          const map = isOnMap
            ? project.map
            : { ...project.map, nodes: [...project.map.nodes, createNode(target.column)] };
          const exposure = project.exposure === target.column ? null : project.exposure;
          return { ...project, target, map, exposure };
        });
      },
      setExposure(exposure) {
        const label = exposure === null ? 'Clear exposure' : `Set exposure ${exposure}`;
        get().edit(label, (p) => (p.exposure === exposure ? p : { ...p, exposure }));
      },
      addRule: (rule) => get().edit('Add rule', (p) => ({ ...p, rules: [...p.rules, rule] })),
      addRules: (rules) =>
        get().edit(`Add ${rules.length} rules`, (p) =>
          rules.length === 0 ? p : { ...p, rules: [...p.rules, ...rules] },
        ),
      updateRule: (rule) =>
        get().edit(
          'Change rule',
          (p) => ({ ...p, rules: p.rules.map((old) => (old.id === rule.id ? rule : old)) }),
          `rule ${rule.id}`,
        ),
      removeRule: (ruleId) =>
        get().edit('Remove rule', (p) => ({ ...p, rules: p.rules.filter(({ id }) => id !== ruleId) })),
      setGeneration: (patch) =>
        get().edit(
          `Change ${Object.keys(patch).join(', ')}`,
          (p) => ({ ...p, generation: { ...p.generation, ...patch } }),
          `generation ${Object.keys(patch).join()}`,
        ),
      setParameter: (generator, parameter, value) =>
        get().edit(
          `Change ${parameter}`,
          (p) => {
            const { parameters } = p.generation;
            const next = { ...parameters, [generator]: { ...parameters[generator], [parameter]: value } };
            return { ...p, generation: { ...p.generation, parameters: next } };
          },
          `parameter ${generator} ${parameter}`,
        ),
      setNodeSettings: (settings) =>
        get().edit(
          `Change how ${settings.node} is learned`,
          (p) => ({
            ...p,
            mechanisms: [
              ...p.mechanisms.filter(({ node }) => node !== settings.node),
              ...(isDefaultSettings(settings) ? [] : [settings]),
            ],
          }),
          `mechanism ${settings.node}`,
        ),
      setExport: (patch) => get().edit('Change export settings', (p) => ({ ...p, export: { ...p.export, ...patch } })),
    };
  };
