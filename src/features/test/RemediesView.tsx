import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { isAnswerStale, reportOf } from '../../state/testing';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { Notice } from '../../ui/Notice';
import { countText } from '../../ui/numbers';
import { PlainTable } from './PlainTable';
import { StudyProgress } from './StudyProgress';

/** What would mend the damage, each tried on a pilot; one press applies it, makes rows again and tests them. */
export function RemediesView({ runId }: { readonly runId: string }) {
  const store = useStudioStore();
  const activity = useStudio((s) => s.findingRemedies);
  const answer = useStudio((s) => s.remedies[runId] ?? null);
  const damaged = useStudio((s) => reportOf(s, runId)?.counts.damaged ?? 0);
  const isStale = useStudio((s) => answer !== null && isAnswerStale(s, runId, answer));
  const isBusy = useStudio((s) => s.generation.status === 'running' || s.testing.status === 'running');
  const isRunning = activity.status === 'running';
  const start = (
    <Button
      look={answer ? 'plain' : 'primary'}
      isSmall={answer !== null}
      disabled={isRunning}
      onClick={() => void store.getState().startRemedies(runId)}
    >
      {answer ? 'Try again' : 'Look for remedies'}
    </Button>
  );
  if (damaged === 0 && !answer)
    return (
      <div className="test-scroll stack">
        <EmptyState text="Nothing is damaged in this run, so there is nothing to mend." />
      </div>
    );
  return (
    <div className="test-scroll stack">
      <div className="row">
        <p className="muted grow">
          Each remedy is tried before it is offered: 1,000 rows are made with it and put to the same statements.
        </p>
        {answer && start}
      </div>
      <StudyProgress activity={activity} label="Trying remedies" />
      {!answer && !isRunning && (
        <EmptyState
          text={`${countText(damaged)} ${damaged === 1 ? 'statement is' : 'statements are'} damaged. Smaller steps, other nodes kept, another mechanism, a tighter rule, another generator, a missing arrow or weights may mend that.`}
          action={start}
        />
      )}
      {answer && isStale && (
        <Notice level="warning">These trials are out of date: the map, the data or the settings changed since.</Notice>
      )}
      {answer && <Notice>{answer.value.conclusion}</Notice>}
      {answer && answer.value.remedies.length > 0 && (
        <PlainTable
          label="Remedies, the best first"
          head={[
            { text: 'Remedy' },
            { text: 'Would be damaged', isNumber: true },
            { text: 'Mended', isNumber: true },
            { text: 'Newly damaged', isNumber: true },
            { text: 'Why' },
            { text: 'Do it' },
          ]}
        >
          {answer.value.remedies.map((remedy) => (
            <tr key={remedy.id}>
              <th scope="row">{remedy.label}</th>
              <td className="number">
                {countText(remedy.predicted.damaged)}{' '}
                <span className="muted">
                  now {countText(answer.value.present.damaged)}
                  {remedy.predicted.damaged === answer.value.present.damaged && ', less far off'}
                </span>
              </td>
              <td className="number">{countText(remedy.predicted.mended)}</td>
              <td className="number">{countText(remedy.predicted.newlyDamaged)}</td>
              <td className="test-words">{remedy.reason}</td>
              <td>
                <Button
                  isSmall
                  disabled={isBusy || isStale}
                  onClick={() => void store.getState().applyRemedy(remedy)}
                  aria-label={`Apply: ${remedy.label}`}
                >
                  Apply
                </Button>
              </td>
            </tr>
          ))}
        </PlainTable>
      )}
      {answer && answer.value.tried.length + answer.value.impossible.length > 0 && (
        <details className="disclosure">
          <summary>{countText(answer.value.tried.length + answer.value.impossible.length)} tried and no better</summary>
          <ul className="remarks">
            {answer.value.tried.map(({ label, predicted }) => (
              <li key={label}>
                {label}: {countText(predicted.damaged)} damaged
              </li>
            ))}
            {answer.value.impossible.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
