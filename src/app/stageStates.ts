import { isMapCheckStale } from '../state/checks';
import { diagnosisInputs } from '../state/diagnosis';
import { runRecord, staleParts } from '../state/generation';
import type { StudioState } from '../state/studioState';
import { tableSummary } from '../state/tableState';
import { isTestStale } from '../state/testing';
import type { Stage } from '../state/ui';

/** How a stage stands, as the rail shows it. */
export type StageState =
  | { readonly kind: 'empty' | 'ready' | 'stale' | 'running' }
  | { readonly kind: 'problems'; readonly count: number };

const problemsOr = (count: number, otherwise: StageState): StageState =>
  count > 0 ? { kind: 'problems', count } : otherwise;
const ready: StageState = { kind: 'ready' };
const empty: StageState = { kind: 'empty' };
const running: StageState = { kind: 'running' };
const stale: StageState = { kind: 'stale' };

function dataState({ table, project, targetReview }: StudioState): StageState {
  if (table.status === 'importing') return running;
  if (table.status === 'failed') return { kind: 'problems', count: 1 };
  if (table.status === 'empty') return empty;
  const hasTarget = table.summary.columns.some(({ name }) => name === project.target?.column);
  const warnings = targetReview?.rareRows === 0 ? 1 : 0;
  return problemsOr(hasTarget ? warnings : 1, ready);
}

function mapState(state: StudioState): StageState {
  const { project, mapCheck, checkingMap } = state;
  if (project.map.edges.length === 0) return empty;
  if (checkingMap.status === 'running') return running;
  if (checkingMap.status === 'failed') return { kind: 'problems', count: 1 };
  if (isMapCheckStale(state)) return stale;
  const refuted = mapCheck?.independences.filter(({ verdict }) => verdict === 'refuted').length ?? 0;
  const known = new Set(tableSummary(state)?.columns.map(({ name }) => name));
  const strangers =
    known.size > 0 ? project.map.nodes.filter(({ name, latent }) => !latent && !known.has(name)).length : 0;
  const isTargetOff = project.target && !project.map.nodes.some(({ name }) => name === project.target?.column);
  return problemsOr(refuted + strangers + (isTargetOff ? 1 : 0), ready);
}

function rulesState({ project, ruleChecks, checkingRules }: StudioState): StageState {
  const enabled = project.rules.filter((rule) => rule.enabled);
  if (enabled.length === 0) return empty;
  if (checkingRules.status === 'running') return running;
  if (checkingRules.status === 'failed') return { kind: 'problems', count: 1 };
  const troubled = enabled.filter(({ id }) => {
    const check = ruleChecks[id];
    return check && (check.problem !== null || check.realViolations > 0);
  });
  return problemsOr(troubled.length, ready);
}

function runState(state: StudioState): StageState {
  if (!runRecord(state, state.activeRunId)) return empty;
  return staleParts(state, state.activeRunId).length > 0 ? stale : ready;
}

function testState(state: StudioState): StageState {
  const { testing, tests, activeRunId } = state;
  if (testing.status === 'running') return running;
  if (testing.status === 'failed') return { kind: 'problems', count: 1 };
  const stored = activeRunId ? tests[activeRunId] : undefined;
  if (!activeRunId || !stored) return empty;
  return isTestStale(state, activeRunId) ? stale : problemsOr(stored.report.counts.damaged, ready);
}

export function stageState(state: StudioState, stage: Stage): StageState {
  switch (stage) {
    case 'data':
      return dataState(state);
    case 'map':
      return mapState(state);
    case 'rules':
      return rulesState(state);
    case 'diagnose':
      if (state.diagnosing.status === 'running') return running;
      if (state.diagnosing.status === 'failed') return { kind: 'problems', count: 1 };
      if (state.diagnosis?.projectId !== state.projectId) return empty;
      return state.diagnosis.inputs === diagnosisInputs(state) ? ready : stale;
    case 'generate':
      if (state.generation.status === 'running' || state.comparison.status === 'running') return running;
      if (state.generation.status === 'failed') return { kind: 'problems', count: 1 };
      return runState(state);
    case 'inspect':
    case 'report':
      return runState(state);
    case 'test':
      return testState(state);
  }
}

/** In words, for screen readers and tooltips. */
export function stateInWords(state: StageState): string {
  switch (state.kind) {
    case 'problems':
      return state.count === 1 ? '1 problem' : `${state.count} problems`;
    case 'stale':
      return 'out of date';
    default:
      return state.kind;
  }
}
