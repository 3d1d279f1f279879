import { FlaskConical } from 'lucide-react';
import { useState } from 'react';
import type { StatementResult, Verdict } from '../../engine/dependence/comparison';
import { runRecord } from '../../state/generation';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { isTestStale, reportOf } from '../../state/testing';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { Notice } from '../../ui/Notice';
import { Page } from '../../ui/Page';
import { ProgressBar } from '../../ui/ProgressBar';
import { Segmented } from '../../ui/Segmented';
import { ArmsView } from './ArmsView';
import { FidelityView } from './FidelityView';
import { MechanismView } from './MechanismView';
import { PathsView } from './PathsView';
import { RemediesView } from './RemediesView';
import { ReportNotes } from './ReportNotes';
import { ResultTable } from './ResultTable';
import { TestSettingsBar } from './TestSettingsBar';
import './test.css';

type View = 'statements' | 'paths' | 'fidelity' | 'mechanisms' | 'remedies' | 'arms';

/** Before and after: every statement of the map, put to the real and to the synthetic rows, and what follows from it. */
export function TestStage() {
  const store = useStudioStore();
  const [view, setView] = useState<View>('statements');
  const runId = useStudio((s) => s.activeRunId);
  const rivalId = useStudio((s) => (s.comparisonRunId !== s.activeRunId ? s.comparisonRunId : null));
  const run = useStudio((s) => runRecord(s, s.activeRunId));
  const rivalRun = useStudio((s) => runRecord(s, rivalId));
  const report = useStudio((s) => reportOf(s, s.activeRunId));
  const rival = useStudio((s) => reportOf(s, rivalId));
  const early = useStudio((s) => (s.earlyResults?.runId === s.activeRunId ? s.earlyResults : null));
  const testing = useStudio((s) => s.testing);
  const isStale = useStudio((s) => runId !== null && isTestStale(s, runId));
  const hasArrows = useStudio((s) => s.project.map.edges.length > 0);
  const exposure = useStudio((s) => s.project.exposure);
  const target = useStudio((s) => s.project.target?.column ?? 'the outcome');
  const isRunning = testing.status === 'running';

  if (!runId || !run)
    return (
      <Page title="Test">
        <EmptyState
          text="There are no synthetic rows yet, so nothing can have changed."
          action={
            <Button look="primary" onClick={() => store.getState().goTo('generate')}>
              Generate rows
            </Button>
          }
        />
      </Page>
    );
  const start = async () => {
    await store.getState().startTest(runId);
    const now = store.getState();
    if (rivalId && now.tests[runId] && now.testing.status === 'idle') await now.startTest(rivalId);
  };
  const damaged = report?.counts.damaged ?? 0;
  const names: readonly [string, string] = [run.name, rivalRun?.name ?? 'Comparison'];
  const isEarly = early !== null && early.results.length > 0;
  return (
    <Page
      isFilling
      title="Test"
      lead="Every arrow claims a link, every missing arrow claims none. Each claim is measured on real and on synthetic rows."
      actions={
        <Button
          look="primary"
          icon={<FlaskConical size={14} aria-hidden />}
          disabled={isRunning}
          onClick={() => void start()}
        >
          {report ? 'Test again' : 'Run the tests'}
        </Button>
      }
    >
      <div className="row-wrap">
        <Segmented<View>
          label="What to look at"
          value={view}
          options={[
            { value: 'statements', label: 'Statements' },
            { value: 'paths', label: 'Paths and new links', isDisabled: !report },
            { value: 'fidelity', label: 'Fidelity', isDisabled: !report },
            { value: 'mechanisms', label: 'Mechanisms' },
            {
              value: 'remedies',
              label: damaged > 0 ? `Remedies (${damaged} damaged)` : 'Remedies',
              isDisabled: !report,
            },
            { value: 'arms', label: 'All generators' },
          ]}
          onChange={setView}
        />
        <span className="grow" />
        <TestSettingsBar />
      </div>
      {isRunning && (
        <ProgressBar
          label={report && rivalRun ? `Testing ${report && !rival ? rivalRun.name : run.name}` : `Testing ${run.name}`}
          share={testing.share}
          phase={testing.phase}
          action={
            <Button isSmall onClick={() => store.getState().cancelTest()}>
              Cancel
            </Button>
          }
        />
      )}
      {testing.status === 'failed' && <Notice level="error">{testing.message}</Notice>}
      {!hasArrows && (
        <Notice
          level="warning"
          action={
            <Button isSmall onClick={() => store.getState().goTo('map')}>
              Draw the map
            </Button>
          }
        >
          The map has no arrows, so it claims that nothing is related to anything.
        </Notice>
      )}
      {report && isStale && !isRunning && (
        <Notice level="warning">
          These results are out of date: the run, the map, the data or the settings changed since. Test again.
        </Notice>
      )}
      {view === 'statements' &&
        (isEarly ? (
          <ResultTable key="early" runId={null} report={earlyReport(early.results)} rival={null} names={names} />
        ) : report ? (
          <>
            <ResultTable key={report.runId} runId={runId} report={report} rival={rival} names={names} />
            <ReportNotes report={report} target={target} />
          </>
        ) : (
          !isRunning && (
            <EmptyState
              icon={<FlaskConical size={24} aria-hidden />}
              text={`${run.name} has not been tested yet. Tests take some seconds and change nothing.`}
              action={
                <Button look="primary" onClick={() => void start()}>
                  Run the tests
                </Button>
              }
            />
          )
        ))}
      {view === 'paths' && report && <PathsView report={report} exposure={exposure} target={target} />}
      {view === 'fidelity' && report && <FidelityView fidelity={report.fidelity} />}
      {view === 'mechanisms' && <MechanismView runId={runId} />}
      {view === 'remedies' && <RemediesView runId={runId} />}
      {view === 'arms' && <ArmsView />}
    </Page>
  );
}

/** Verdicts that have fallen so far. */
function earlyReport(results: readonly StatementResult[]) {
  const counts: Record<Verdict, number> = { kept: 0, damaged: 0, 'cannot-tell': 0, 'expected-from-balancing': 0 };
  for (const { verdict } of results) counts[verdict]++;
  return { results, counts };
}
