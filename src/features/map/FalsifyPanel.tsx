import { CircleCheck, CircleHelp, CircleX } from 'lucide-react';
import { useStudio } from '../../state/StudioProvider';
import { Button } from '../../ui/Button';
import { classes } from '../../ui/classes';
import { Notice } from '../../ui/Notice';
import { Panel } from '../../ui/Panel';
import { ProgressBar } from '../../ui/ProgressBar';
import type { Falsification } from '../../worker/api';
import { useStudied } from './useStudied';

const marks = {
  supported: { icon: CircleCheck, tone: 'claim-agrees', words: 'Better than chance' },
  refuted: { icon: CircleX, tone: 'claim-refuted', words: 'No better than chance' },
  'cannot-tell': { icon: CircleHelp, tone: 'claim-cannot-tell', words: 'Cannot tell' },
} as const;

/** The map as a whole against maps on which the same names stand in other places. */
export function FalsifyPanel() {
  const activity = useStudio((s) => s.falsifying);
  const { found, isCurrent } = useStudied((s) => s.falsification);
  const start = useStudio((s) => s.startFalsification);
  const cancel = useStudio((s) => s.cancelMapStudy);
  return (
    <Panel title="The map against chance" isPlain>
      {activity.status === 'running' ? (
        <ProgressBar
          label="Comparing"
          share={activity.share}
          phase={activity.phase}
          action={
            <Button isSmall onClick={cancel}>
              Cancel
            </Button>
          }
        />
      ) : (
        <>
          {!found && (
            <p className="muted">
              Does the map fit the data better than maps on which the same columns stand in other places?
            </p>
          )}
          {activity.status === 'failed' && <Notice level="error">{activity.message}</Notice>}
          {found && <Finding found={found.result} isCurrent={isCurrent} />}
          <div>
            <Button isSmall onClick={() => void start()}>
              {found ? 'Compare again' : 'Compare with chance'}
            </Button>
          </div>
        </>
      )}
    </Panel>
  );
}

function Finding({ found, isCurrent }: { readonly found: Falsification; readonly isCurrent: boolean }) {
  const { icon: Icon, tone, words } = marks[found.verdict];
  return (
    <div className={classes('stack-small', !isCurrent && 'claims-old')}>
      {!isCurrent && <p className="muted">Of the map before your last edit.</p>}
      <p className={classes('effect-verdict', tone)} aria-live="polite">
        <Icon size={15} aria-hidden />
        <strong>{words}</strong>
      </p>
      <p>{found.text}</p>
      <p className="muted">
        {found.rows.toLocaleString('en')} rows
        {found.incompleteRows > 0 && `, ${found.incompleteRows.toLocaleString('en')} left out for missing cells`},{' '}
        {found.permutations.toLocaleString('en')} relabelled maps.
      </p>
    </div>
  );
}
