import type { StateCreator } from 'zustand';
import { isCarriedKind } from '../engine/data/table';
import type { CausalMap } from '../engine/graph/causalMap';
import type { MapCheck, RuleCheck, RulesReview } from '../worker/api';
import { type Activity, idle, newTaskId } from './activity';
import { mapHash, rowsHash } from './runInputs';
import type { StudioContext, StudioState } from './studioState';
import { tableSummary } from './tableState';

/** What the real data say about the map and the rules, kept up to date while they are edited. */
export interface ChecksSlice {
  readonly checkingMap: Activity;
  /** The latest answer; `isMapCheckStale` tells whether it is about the map as it is now. */
  readonly mapCheck: MapCheck | null;
  readonly mapCheckInputs: string | null;
  /** The map that `mapCheck` is about. */
  readonly checkedMap: CausalMap | null;
  readonly checkingRules: Activity;
  /** By rule id, for the rules as they were when last checked. */
  readonly ruleChecks: Readonly<Record<string, RuleCheck>>;
  /** How the rules get along with each other and with the rare rows; null before the first check. */
  readonly rulesTogether: Omit<RulesReview, 'checks'> | null;
  /** Started by the store itself after edits; a check that is overtaken is cancelled. */
  startMapCheck(): Promise<void>;
  startRuleCheck(): Promise<void>;
  /** Reads histograms and the target review again. */
  refreshColumns(): Promise<void>;
}

/** Everything a map check depends on; null when there is nothing to check. */
export function mapCheckInputs(state: Pick<StudioState, 'project' | 'loadedData'>): string | null {
  const { map, data, target } = state.project;
  if (!data || state.loadedData === null || map.nodes.length < 2) return null;
  return [rowsHash(state.project), mapHash(map), JSON.stringify(target)].join('-');
}

export const isMapCheckStale = (state: Pick<StudioState, 'project' | 'loadedData' | 'mapCheckInputs'>): boolean =>
  state.mapCheckInputs !== mapCheckInputs(state);

export const createChecksSlice =
  ({ engine }: StudioContext): StateCreator<StudioState, [], [], ChecksSlice> =>
  (set, get) => {
    let latestMap = 0;
    let latestRules = 0;
    let latestColumns = 0;
    return {
      checkingMap: idle,
      mapCheck: null,
      mapCheckInputs: null,
      checkedMap: null,
      checkingRules: idle,
      ruleChecks: {},
      rulesTogether: null,

      async startMapCheck() {
        const turn = ++latestMap;
        const before = get().checkingMap;
        if (before.status === 'running') engine.cancel(before.taskId);
        const inputs = mapCheckInputs(get());
        if (inputs === null) {
          set({ checkingMap: idle, mapCheck: null, mapCheckInputs: null, checkedMap: null });
          return;
        }
        const { map, target, design } = get().project;
        const taskId = newTaskId('check-map');
        const report = (share: number, phase: string) => {
          if (turn === latestMap) set({ checkingMap: { status: 'running', taskId, share, phase } });
        };
        report(0, 'Checking the map');
        const outcome = await get().ask((e) =>
          e.checkMap(taskId, { map, target, ...(design ? { design } : {}) }, report),
        );
        if (turn !== latestMap) return;
        if (outcome.ok) set({ checkingMap: idle, mapCheck: outcome.value, mapCheckInputs: inputs, checkedMap: map });
        else if (outcome.code === 'cancelled') set({ checkingMap: idle });
        else set({ checkingMap: { status: 'failed', message: outcome.message } });
      },
      async startRuleCheck() {
        const turn = ++latestRules;
        const { rules, target } = get().project;
        if (rules.length === 0 || get().loadedData === null) {
          set({ checkingRules: idle, ruleChecks: {}, rulesTogether: null });
          return;
        }
        set({
          checkingRules: { status: 'running', taskId: newTaskId('check-rules'), share: 0, phase: 'Checking rules' },
        });
        const outcome = await get().ask((e) => e.checkRules(rules, target));
        if (turn !== latestRules) return;
        if (!outcome.ok) {
          set({ checkingRules: { status: 'failed', message: outcome.message } });
          return;
        }
        const { checks, ...rulesTogether } = outcome.value;
        set({
          checkingRules: idle,
          ruleChecks: Object.fromEntries(checks.map((check) => [check.ruleId, check])),
          rulesTogether,
        });
      },
      async refreshColumns() {
        const turn = ++latestColumns;
        const { project, runs, activeRunId } = get();
        const summary = tableSummary(get());
        if (!summary || get().loadedData === null) return;
        const columns = summary.columns.filter(({ kind }) => !isCarriedKind(kind)).map(({ name }) => name);
        const target = summary.columns.some(({ name }) => name === project.target?.column) ? project.target : null;
        const runId = activeRunId && runs[activeRunId] ? activeRunId : null;
        const histograms = await get().ask((e) => e.histograms(columns, target, runId));
        const review = target ? await get().ask((e) => e.reviewTarget(target)) : null;
        if (turn !== latestColumns) return;
        if (histograms.ok) set({ histograms: Object.fromEntries(histograms.value.map((h) => [h.column, h])) });
        set({
          targetReview: !review
            ? null
            : review.ok
              ? review.value
              : { notices: [{ level: 'warning', text: review.message }], rareRows: 0, knownRows: 0, missing: [] },
        });
      },
    };
  };
