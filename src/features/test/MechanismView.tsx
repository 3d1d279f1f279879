import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { isAnswerStale } from '../../state/testing';
import { Badge } from '../../ui/Badge';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { Notice } from '../../ui/Notice';
import { countText } from '../../ui/numbers';
import { valueText } from './EffectChange';
import { PlainTable } from './PlainTable';
import { verdictNames, verdictTones } from './resultView';
import { StudyProgress } from './StudyProgress';

/** Every mechanism on rare rows that were held out from learning. */
export function MechanismView({ runId }: { readonly runId: string }) {
  const store = useStudioStore();
  const activity = useStudio((s) => s.checkingMechanisms);
  const answer = useStudio((s) => s.mechanisms[runId] ?? null);
  const isStale = useStudio((s) => answer !== null && isAnswerStale(s, runId, answer));
  const start = (
    <Button
      look={answer ? 'plain' : 'primary'}
      isSmall={answer !== null}
      disabled={activity.status === 'running'}
      onClick={() => void store.getState().startMechanismCheck(runId)}
    >
      {answer ? 'Check again' : 'Check on held-out rows'}
    </Button>
  );
  return (
    <div className="test-scroll stack">
      <div className="row">
        <p className="muted grow">
          The generator learns twice, each time without one half of the rare rows, and its rows are put beside the half
          it has not seen: does “synthetic or real” say anything about a column once its causes are known?
        </p>
        {answer && start}
      </div>
      <StudyProgress activity={activity} label="Checking the mechanisms" />
      {answer && isStale && (
        <Notice level="warning">This check is out of date: the map, the data or the settings changed since.</Notice>
      )}
      {answer ? (
        <>
          <PlainTable
            label="Mechanisms on held-out rows"
            head={[
              { text: 'Column' },
              { text: 'Verdict' },
              { text: 'Gives synthetic rows away (0 to 1)', isNumber: true, title: 'With a 95 % interval' },
              { text: 'Held-out rows', isNumber: true },
              { text: 'Asked by' },
              { text: 'In words' },
            ]}
          >
            {answer.value.checks.map((check) => (
              <tr key={check.node}>
                <th scope="row">{check.node}</th>
                <td>
                  <Badge tone={verdictTones[check.verdict]}>{verdictNames[check.verdict]}</Badge>
                </td>
                <td className="number">{check.effect === null ? '–' : valueText(check.effect, check.interval)}</td>
                <td className="number">{countText(check.heldOutRows)}</td>
                <td>{check.test === 'label' ? 'Level and spread' : 'Slopes alone'}</td>
                <td className="test-words">{check.sentence}</td>
              </tr>
            ))}
          </PlainTable>
          {answer.value.messages.map((message) => (
            <p key={message} className="muted">
              {message}
            </p>
          ))}
        </>
      ) : (
        activity.status !== 'running' && (
          <EmptyState
            text="Not checked yet. The mechanisms are learned twice more, which takes a while."
            action={start}
          />
        )
      )}
    </div>
  );
}
