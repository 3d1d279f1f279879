import { FlaskConical } from 'lucide-react';
import { runRecord } from '../../state/generation';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { isTestStale } from '../../state/testing';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { Notice } from '../../ui/Notice';
import { Page } from '../../ui/Page';
import { ProgressBar } from '../../ui/ProgressBar';
import { ResultTable } from './ResultTable';
import './test.css';

/** Before and after: every statement of the map, put to the real and to the synthetic rows. */
export function TestStage() {
  const store = useStudioStore();
  const runId = useStudio((s) => s.activeRunId);
  const rivalId = useStudio((s) => (s.comparisonRunId !== s.activeRunId ? s.comparisonRunId : null));
  const run = useStudio((s) => runRecord(s, s.activeRunId));
  const rivalRun = useStudio((s) => runRecord(s, rivalId));
  const report = useStudio((s) => (runId ? (s.tests[runId]?.report ?? null) : null));
  const rival = useStudio((s) => (rivalId ? (s.tests[rivalId]?.report ?? null) : null));
  const testing = useStudio((s) => s.testing);
  const isStale = useStudio((s) => runId !== null && isTestStale(s, runId));
  const hasArrows = useStudio((s) => s.project.map.edges.length > 0);
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
      {report && isStale && (
        <Notice level="warning">
          These results are out of date: the run, the map or the data changed since. Test again.
        </Notice>
      )}
      {report ? (
        <>
          {report.counts['expected-from-balancing'] > 0 && <BalancingNote />}
          <ResultTable
            key={report.runId}
            report={report}
            rival={rival}
            names={[run.name, rivalRun?.name ?? 'Comparison']}
          />
          {report.messages.length > 0 && (
            <details className="disclosure">
              <summary>
                {report.messages.length === 1 ? '1 remark' : `${report.messages.length} remarks`} on how it was tested
              </summary>
              <ul className="remarks">
                {report.messages.map((message) => (
                  <li key={message}>{message}</li>
                ))}
              </ul>
            </details>
          )}
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
      )}
    </Page>
  );
}

function BalancingNote() {
  const target = useStudio((s) => s.project.target?.column ?? 'the outcome');
  return (
    <details className="disclosure">
      <summary>Why some changes are expected from balancing</summary>
      <p className="balancing">
        Adding rows of one class picks rows by {target}. Two columns that both lead to {target} then look related in the
        balanced table although nothing is wrong (selection on the outcome, a <em>collider</em>). Such changes are
        labelled <em>expected</em>: they vanish inside each class and with the weights, and are not damage.
      </p>
    </details>
  );
}
