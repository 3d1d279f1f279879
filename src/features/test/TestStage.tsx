import { useMemo, useState } from 'react';
import type { ComparisonKind, StatementResult, Verdict } from '../../engine/dependence/comparison';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { isTestStale } from '../../state/testing';
import { Badge } from '../../ui/Badge';
import { Button } from '../../ui/Button';
import { DataTable, type DataTableColumn } from '../../ui/DataTable';
import { EmptyState } from '../../ui/EmptyState';
import { Facts } from '../../ui/Facts';
import { Notice } from '../../ui/Notice';
import { Page } from '../../ui/Page';
import { ProgressBar } from '../../ui/ProgressBar';
import { Segmented } from '../../ui/Segmented';
import { Select } from '../../ui/Select';
import type { TestReport } from '../../worker/api';
import { EffectChange } from './EffectChange';
import { comparisonNames, type SortKey, sortResults, verdictNames, verdictTones } from './resultView';

type Wanted<T extends string> = T | 'all';

/** Before and after: every statement of the map, put to real and synthetic rows. */
export function TestStage() {
  const activeRunId = useStudio((s) => s.activeRunId);
  const comparisonRunId = useStudio((s) => s.comparisonRunId);
  const tests = useStudio((s) => s.tests);
  const testing = useStudio((s) => s.testing);
  const isStale = useStudio((s) => s.activeRunId !== null && isTestStale(s, s.activeRunId));
  const { startTest, cancelTest, goTo } = useStudioStore().getState();
  const [arm, setArm] = useState<'causal' | 'comparison'>('causal');

  if (!activeRunId)
    return (
      <Page title="Test" lead="What changed, and whether it matters.">
        <EmptyState
          text="There are no synthetic rows to test yet."
          action={
            <Button look="primary" onClick={() => goTo('generate')}>
              Go to Generate
            </Button>
          }
        />
      </Page>
    );
  const report = tests[activeRunId]?.report ?? null;
  const other = comparisonRunId ? (tests[comparisonRunId]?.report ?? null) : null;
  const shown = arm === 'comparison' && other ? other : report;
  const isRunning = testing.status === 'running';

  return (
    <Page
      isFilling
      title="Test"
      lead="Every missing arrow claims an independence, every arrow a dependence. Each is measured before and after, on a scale from 0 to 1, and judged by whether the change could matter."
      actions={
        <>
          {comparisonRunId && report && (
            <Button disabled={isRunning} onClick={() => void startTest(comparisonRunId)}>
              Test the comparison
            </Button>
          )}
          <Button look="primary" disabled={isRunning} onClick={() => void startTest(activeRunId)}>
            {report ? 'Test again' : 'Test'}
          </Button>
        </>
      }
    >
      {isRunning && (
        <ProgressBar
          label="Testing"
          share={testing.share}
          phase={testing.phase}
          action={<Button onClick={cancelTest}>Cancel</Button>}
        />
      )}
      {testing.status === 'failed' && <Notice level="error">{testing.message}</Notice>}
      {report && isStale && (
        <Notice level="warning">The rows or the map have changed since this test: test again.</Notice>
      )}
      {report && other && (
        <Segmented<'causal' | 'comparison'>
          label="Rows tested"
          value={arm}
          options={[
            { value: 'causal', label: `This run: ${report.counts.damaged} damaged` },
            { value: 'comparison', label: `Comparison: ${other.counts.damaged} damaged` },
          ]}
          onChange={setArm}
        />
      )}
      {shown ? (
        <Report key={shown.runId} report={shown} />
      ) : (
        !isRunning && <EmptyState text="Not tested yet. Testing takes a few seconds and changes nothing." />
      )}
    </Page>
  );
}

function Report({ report }: { readonly report: TestReport }) {
  const [verdict, setVerdict] = useState<Wanted<Verdict>>('all');
  const [comparison, setComparison] = useState<Wanted<ComparisonKind>>('all');
  const [sort, setSort] = useState<SortKey>('verdict');
  const [selected, setSelected] = useState<number | null>(null);
  const rows = useMemo(
    () =>
      sortResults(
        report.results.filter(
          (one) =>
            (verdict === 'all' || one.verdict === verdict) && (comparison === 'all' || one.comparison === comparison),
        ),
        sort,
      ),
    [report, verdict, comparison, sort],
  );
  const columns: readonly DataTableColumn<StatementResult>[] = [
    {
      id: 'verdict',
      header: 'Verdict',
      width: '150px',
      cell: ({ verdict: one }) => <Badge tone={verdictTones[one]}>{verdictNames[one]}</Badge>,
      onSort: () => setSort('verdict'),
      sorted: sort === 'verdict' ? 'ascending' : null,
    },
    { id: 'comparison', header: 'Compared', width: '120px', cell: ({ comparison: one }) => comparisonNames[one] },
    { id: 'change', header: 'Before and after, 0 to 1', width: '190px', cell: (one) => <EffectChange result={one} /> },
    {
      id: 'size',
      header: 'Change',
      width: '84px',
      isNumeric: true,
      cell: ({ difference }) => (difference >= 0 ? '+' : '−') + Math.abs(difference).toFixed(2),
      onSort: () => setSort('change'),
      sorted: sort === 'change' ? 'descending' : null,
    },
    {
      id: 'sentence',
      header: 'In words',
      width: 'minmax(280px, 1fr)',
      cell: ({ sentence }) => <span title={sentence}>{sentence}</span>,
    },
  ];
  const chosen = selected === null ? null : rows[selected];
  return (
    <>
      <Facts
        facts={(Object.keys(verdictNames) as Verdict[]).map((one) => ({
          label: verdictNames[one],
          value: report.counts[one],
        }))}
      />
      {report.counts['expected-from-balancing'] > 0 && (
        <Notice>
          Adding rows of one class selects rows by the outcome. Two of its causes then look linked although nothing is
          wrong: that is <em>expected from balancing</em>, it vanishes inside each class and with the weights, and it is
          not damage.
        </Notice>
      )}
      <div className="row-wrap">
        <Select
          isInline
          label="Verdict"
          value={verdict}
          options={[
            { value: 'all', label: 'All' },
            ...(Object.entries(verdictNames) as [Verdict, string][]).map(([value, label]) => ({ value, label })),
          ]}
          onChange={(value) => setVerdict(value as Wanted<Verdict>)}
        />
        <Select
          isInline
          label="Compared"
          value={comparison}
          options={[
            { value: 'all', label: 'All' },
            ...(Object.entries(comparisonNames) as [ComparisonKind, string][]).map(([value, label]) => ({
              value,
              label,
            })),
          ]}
          onChange={(value) => setComparison(value as Wanted<ComparisonKind>)}
        />
        <span className="muted">{rows.length} statements</span>
      </div>
      <div className="test-results">
        <DataTable
          label="Statements before and after"
          columns={columns}
          count={rows.length}
          row={(index) => rows[index] ?? null}
          rowHeight={32}
          selected={selected}
          onSelect={setSelected}
          empty="No statement fits these filters."
        />
      </div>
      {chosen && (
        <Notice level={chosen.verdict === 'damaged' ? 'warning' : 'info'}>
          {chosen.sentence} Before {chosen.before.toFixed(2)} [{chosen.beforeInterval.low.toFixed(2)},{' '}
          {chosen.beforeInterval.high.toFixed(2)}] on {chosen.realRows} real rows, after {chosen.after.toFixed(2)} [
          {chosen.afterInterval.low.toFixed(2)}, {chosen.afterInterval.high.toFixed(2)}] on {chosen.syntheticRows}{' '}
          synthetic rows; change {chosen.difference.toFixed(2)} [{chosen.differenceInterval.low.toFixed(2)},{' '}
          {chosen.differenceInterval.high.toFixed(2)}], margin {chosen.margin}.
          {chosen.rowsNeeded !== null && ` About ${chosen.rowsNeeded} real rare rows would tell.`}
        </Notice>
      )}
      {report.messages.length > 0 && (
        <details className="disclosure">
          <summary>{report.messages.length} remarks</summary>
          <ul className="plain-list">
            {report.messages.map((message) => (
              <li key={message}>{message}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
