import { Target } from 'lucide-react';
import { useStudio } from '../state/StudioProvider';
import { Tooltip } from '../ui/Tooltip';

/** Which rows count as rare, and how many there are; leads to where it is chosen. */
export function TargetChip() {
  const target = useStudio((s) => s.project.target);
  const review = useStudio((s) => s.targetReview);
  const hasTable = useStudio((s) => s.table.status === 'ready');
  const sample = useStudio((s) => s.project.data?.origin?.sample);
  const goTo = useStudio((s) => s.goTo);
  if (!hasTable) return null;
  const rare = target ? `${target.column} = ${target.rareLevels.join(' or ')}` : 'No rare outcome chosen';
  const share = review && review.knownRows > 0 ? review.rareRows / review.knownRows : null;
  const count =
    review && share !== null
      ? `${review.rareRows.toLocaleString('en')} of ${review.knownRows.toLocaleString('en')} rows are rare.`
      : '';
  return (
    <Tooltip
      text={`${rare}. ${count} ${sample ? `A sample: ${sample.kept.toLocaleString('en')} of ${sample.rows.toLocaleString('en')} rows of the file. ` : ''}Click to choose another.`}
      side="bottom"
    >
      <button type="button" className="chip" onClick={() => goTo('data')}>
        <Target size={14} aria-hidden />
        <span className="truncate">{rare}</span>
        {sample && <span className="chip-number number">sample</span>}
        {share !== null && <span className="chip-number number">{(share * 100).toFixed(1)} %</span>}
      </button>
    </Tooltip>
  );
}
