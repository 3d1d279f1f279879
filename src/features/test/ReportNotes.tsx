import type { TestReport } from '../../worker/api';
import { comparisonNames } from './resultView';

interface ReportNotesProps {
  readonly report: TestReport;
  readonly target: string;
}

/** What belongs to all verdicts of a report: why changes are expected, the map as a whole, how it was tested. */
export function ReportNotes({ report, target }: ReportNotesProps) {
  const before = report.together.find(({ comparison }) => comparison === 'weighted') ?? report.together[0];
  return (
    <>
      {report.counts['expected-from-balancing'] > 0 && (
        <details className="disclosure">
          <summary>Why some changes are expected from balancing</summary>
          <p className="balancing">
            Adding rows of one class picks rows by {target}. Two columns that both lead to {target} then look related in
            the balanced table although nothing is wrong (selection on the outcome, a <em>collider</em>). Such changes
            are labelled <em>expected</em>: they vanish inside each class and with the weights, and are not damage.
          </p>
        </details>
      )}
      <details className="disclosure">
        <summary>How it was tested</summary>
        <ul className="remarks">
          {before && (
            <li>
              The {before.statements} missing arrows taken together, on the real rows (
              {comparisonNames[before.comparison].toLowerCase()}): p ={' '}
              {before.pValue < 0.001 ? 'below 0.001' : before.pValue.toFixed(3)} (Cauchy combination); a small one
              speaks against the map, not against the synthetic rows.
            </li>
          )}
          <li>
            A change of less than {report.settings.margin} on the scale of effects (0 to 1) counts as the same.
            Intervals come from a bootstrap over real rows, each with the rows made from it: synthetic rows are no
            evidence of their own.
          </li>
          {report.messages.map((message) => (
            <li key={message}>{message}</li>
          ))}
        </ul>
      </details>
    </>
  );
}
