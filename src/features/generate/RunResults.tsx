import { generatorById } from '../../engine/generators/catalogue';
import { runRecord } from '../../state/generation';
import { useStudio } from '../../state/StudioProvider';
import { Badge } from '../../ui/Badge';
import { Notice } from '../../ui/Notice';
import { percentText } from '../../ui/numbers';
import { Panel } from '../../ui/Panel';
import type { RunSummary } from '../../worker/api';
import { FitTable } from './FitTable';
import { brokenRules, runMeasures } from './runMeasures';

/** The run on screen beside the one it is compared with. */
export function RunResults() {
  const active = useStudio((s) => (s.activeRunId ? s.runs[s.activeRunId] : undefined));
  const rival = useStudio((s) =>
    s.comparisonRunId && s.comparisonRunId !== s.activeRunId ? s.runs[s.comparisonRunId] : undefined,
  );
  const activeName = useStudio((s) => runRecord(s, s.activeRunId)?.name ?? '');
  const rivalName = useStudio((s) => runRecord(s, s.comparisonRunId)?.name ?? '');
  if (!active) return null;
  const titled = `${activeName} (${generatorById(active.generator).label})`;
  const runs = rival ? [active, rival] : [active];
  const names = rival ? [activeName, rivalName] : [activeName];
  return (
    <>
      <Panel title={rival ? `${titled} beside ${rivalName}` : titled}>
        <RuleVerdicts runs={runs} names={names} />
        <div className="scroll-x">
          <table className="plain-table">
            <thead>
              <tr>
                <th scope="col">
                  <span className="visually-hidden">Measure</span>
                </th>
                {names.map((name, i) => (
                  <th key={runs[i]!.runId} scope="col" className="number">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {runMeasures(runs).map(({ label, note, values }) => (
                <tr key={label}>
                  <th scope="row" title={note}>
                    {label}
                  </th>
                  {values.map((value, i) => (
                    <td key={runs[i]!.runId} className="number">
                      {value}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <VarianceKept runs={runs} names={names} />
        {runs.flatMap((run, i) =>
          run.messages.map((message) => (
            <p key={`${run.runId} ${message}`} className="muted">
              {names[i]}: {message}
            </p>
          )),
        )}
      </Panel>
      {active.fits.length > 0 && (
        <Panel title="What was learned from the real rows">
          <FitTable fits={active.fits} />
        </Panel>
      )}
    </>
  );
}

interface RunsProps {
  readonly runs: readonly RunSummary[];
  readonly names: readonly string[];
}

function RuleVerdicts({ runs, names }: RunsProps) {
  const rules = useStudio((s) => s.project.rules);
  return runs.map((run, i) => {
    if (run.ruleViolations.length === 0) return null;
    const broken = brokenRules(run, names[i]!, rules);
    if (broken.length === 0)
      return (
        <div key={run.runId}>
          <Badge tone="good">{names[i]}: no row breaks a rule.</Badge>
        </div>
      );
    return (
      <Notice key={run.runId} level="warning">
        <ul>
          {broken.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </Notice>
    );
  });
}

/** Variance of the synthetic rows over that of the real rare ones: interpolation always loses some. */
function VarianceKept({ runs, names }: RunsProps) {
  const columns = [...new Set(runs.flatMap((run) => run.varianceKept.map(({ column }) => column)))];
  if (columns.length === 0) return null;
  return (
    <details className="disclosure" open={columns.length <= 8}>
      <summary>Spread kept (variance of synthetic rows over real rare rows)</summary>
      <div className="scroll-x">
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">Column</th>
              {names.map((name, i) => (
                <th key={runs[i]!.runId} scope="col" className="number">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {columns.map((column) => (
              <tr key={column}>
                <th scope="row" title={column}>
                  {column}
                </th>
                {runs.map((run) => {
                  const kept = run.varianceKept.find((one) => one.column === column);
                  return (
                    <td key={run.runId} className="number">
                      {kept ? percentText(kept.ratio) : '–'}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
