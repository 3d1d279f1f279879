import { describeRule } from '../../engine/constraints/catalogue';
import { generatorById } from '../../engine/generators/catalogue';
import { useStudio } from '../../state/StudioProvider';
import { Facts } from '../../ui/Facts';
import { Notice } from '../../ui/Notice';
import { counted, countText, durationText, percentText, shortNumber } from '../../ui/numbers';
import { Panel } from '../../ui/Panel';
import type { RunSummary } from '../../worker/api';

/** What came out of a run, in figures and sentences. */
export function RunSummaryView({ title, run }: { readonly title: string; readonly run: RunSummary }) {
  const rules = useStudio((s) => s.project.rules);
  const label = generatorById(run.generator).label;
  const broken = run.ruleViolations.filter(({ count }) => count > 0);
  return (
    <Panel title={`${title}: ${label}`}>
      <Facts
        facts={[
          { label: 'Synthetic rows', value: countText(run.rows) },
          ...run.perLevel.map(({ level, realRows, syntheticRows, weight }) => ({
            label: `${level}: real + synthetic`,
            value: `${countText(realRows)} + ${countText(syntheticRows)}`,
            note: `Each row weighs ${shortNumber(weight)}`,
          })),
          ...(run.acceptance === null ? [] : [{ label: 'Moves accepted', value: percentText(run.acceptance) }]),
          { label: 'Rows per donor', value: `${shortNumber(run.rowsPerDonor.mean)} (most ${run.rowsPerDonor.max})` },
          { label: 'Copies of real rows', value: countText(run.copies) },
          { label: 'Not moved', value: countText(run.unmovedRows) },
          { label: 'Candidates refused by rules', value: countText(run.refusedByRules) },
          { label: 'Time', value: durationText(run.milliseconds) },
        ]}
      />
      {run.ruleViolations.length > 0 &&
        (broken.length === 0 ? (
          <p>No row breaks a rule.</p>
        ) : (
          broken.map(({ ruleId, count }) => {
            const rule = rules.find(({ id }) => id === ruleId);
            return (
              <Notice key={ruleId} level="warning">
                {counted(count, 'row')} of {countText(run.rows)} {count === 1 ? 'breaks' : 'break'} “
                {rule ? describeRule(rule) : ruleId}”.
              </Notice>
            );
          })
        ))}
      {run.varianceKept.length > 0 && (
        <p>
          Variance kept: {run.varianceKept.map(({ column, ratio }) => `${column} ${percentText(ratio)}`).join(', ')} of
          the real rare rows&rsquo;.
        </p>
      )}
      {run.fits.length > 0 && (
        <details className="disclosure">
          <summary>What was learned: {counted(run.fits.length, 'mechanism')}</summary>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table scrolls sideways and must be reachable by key */}
          <section className="scroll-x" tabIndex={0} aria-label="Mechanisms">
            <table className="plain-table">
              <thead>
                <tr>
                  <th scope="col">Column</th>
                  <th scope="col">Mechanism</th>
                  <th scope="col" className="number" title="Out-of-fold score, higher is better">
                    Score
                  </th>
                  <th scope="col" className="number">
                    Without parents
                  </th>
                  <th scope="col">Equation</th>
                </tr>
              </thead>
              <tbody>
                {run.fits.map((fit) => (
                  <tr key={fit.node}>
                    <th scope="row">{fit.node}</th>
                    <td>{fit.card.label}</td>
                    <td className="number">{fit.score.toFixed(3)}</td>
                    <td className="number">{fit.baselineScore.toFixed(3)}</td>
                    <td title={fit.card.equation}>{fit.card.equation}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        </details>
      )}
      {run.messages.length > 0 && (
        <details className="disclosure">
          <summary>{counted(run.messages.length, 'remark')}</summary>
          <ul>
            {run.messages.map((message) => (
              <li key={message}>{message}</li>
            ))}
          </ul>
        </details>
      )}
    </Panel>
  );
}
