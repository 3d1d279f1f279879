import { useStudio } from '../../state/StudioProvider';
import { Notice } from '../../ui/Notice';
import { counted } from '../../ui/numbers';
import { adviceFor } from './adviceFor';

/** What the numbers allow, before anything is made. */
export function Advice() {
  const review = useStudio((s) => s.targetReview);
  const map = useStudio((s) => s.project.map);
  const target = useStudio((s) => s.project.target);
  const check = useStudio((s) => s.mapCheck);
  if (!review || !target) return <p className="muted">Counting rare rows…</p>;
  const refuted = check?.independences.filter(({ verdict }) => verdict === 'refuted').length ?? 0;
  const causes = map.edges.filter(({ to, kind }) => to === target.column && kind === '->').length;
  return (
    <>
      {adviceFor({
        rareRows: review.rareRows,
        knownRows: review.knownRows,
        causes,
        refuted,
        isOnMap: map.nodes.some(({ name }) => name === target.column),
      }).map(({ level, text }) => (
        <Notice key={text} level={level}>
          {text}
        </Notice>
      ))}
      <p className="muted">
        Adding no rows is an answer too: {counted(review.rareRows, 'rare row')} with class weights and a moved threshold
        often do as well. Augment when you need rows that look and hang together like real cases.
      </p>
    </>
  );
}
