import type { StateCreator } from 'zustand';
import type { FoundRule } from '../worker/api';
import { type Activity, idle, newTaskId } from './activity';
import type { StudioContext, StudioState } from './studioState';

/** A wish to write a rule, made elsewhere: about one column, or about an arrow from the first to the second. */
export interface RuleRequest {
  readonly about: 'column' | 'arrow';
  readonly columns: readonly string[];
}

/** Rules that the real rows suggest, and wishes for rules made on other stages. */
export interface RulesSlice {
  readonly findingRules: Activity;
  /** Null until looked for; belongs to the table and the rules as they were then. */
  readonly foundRules: readonly FoundRule[] | null;
  /** Taken by the Rules stage once it has opened a draft for it. */
  readonly ruleRequest: RuleRequest | null;
  startRuleSearch(): Promise<void>;
  cancelRuleSearch(): void;
  /** Goes to the Rules stage with a draft about these columns. */
  requestRule(request: RuleRequest): void;
  takeRuleRequest(): void;
}

export const createRulesSlice =
  ({ engine }: StudioContext): StateCreator<StudioState, [], [], RulesSlice> =>
  (set, get) => ({
    findingRules: idle,
    foundRules: null,
    ruleRequest: null,

    async startRuleSearch() {
      const before = get().findingRules;
      if (before.status === 'running') engine.cancel(before.taskId);
      const taskId = newTaskId('find-rules');
      const { project, projectId } = get();
      const isLatest = () => {
        const now = get().findingRules;
        return now.status === 'running' && now.taskId === taskId;
      };
      set({ findingRules: { status: 'running', taskId, share: 0, phase: 'Looking for rules' } });
      const outcome = await get().ask((e) =>
        e.findRules(taskId, project.rules, project.target, (share, phase) => {
          if (isLatest()) set({ findingRules: { status: 'running', taskId, share, phase } });
        }),
      );
      if (!isLatest()) return;
      if (outcome.ok && get().projectId === projectId) {
        set({ findingRules: idle, foundRules: outcome.value });
        get().announce(`${outcome.value.length} rules found in the data.`);
      } else if (outcome.ok || outcome.code === 'cancelled') set({ findingRules: idle });
      else set({ findingRules: { status: 'failed', message: outcome.message } });
    },
    cancelRuleSearch() {
      const now = get().findingRules;
      if (now.status !== 'running') return;
      engine.cancel(now.taskId);
      set({ findingRules: idle });
    },
    requestRule: (ruleRequest) => set({ ruleRequest, stage: 'rules' }),
    takeRuleRequest: () => set({ ruleRequest: null }),
  });
