import { useMemo } from 'react';
import { generatorById } from '../../engine/generators/catalogue';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { tableSummary } from '../../state/tableState';
import { Button } from '../../ui/Button';
import { Notice } from '../../ui/Notice';
import { adviceFor } from './adviceFor';

/** What the numbers allow, before anything is made. */
export function Advice() {
  const store = useStudioStore();
  const review = useStudio((s) => s.targetReview);
  const map = useStudio((s) => s.project.map);
  const target = useStudio((s) => s.project.target);
  const check = useStudio((s) => s.mapCheck);
  const columns = useStudio(tableSummary)?.columns;
  const generator = useStudio((s) => s.project.generation.generator);
  const lines = useMemo(() => {
    if (!review || !target || !columns) return [];
    return adviceFor({
      map,
      target: target.column,
      columns,
      rareRows: review.rareRows,
      knownRows: review.knownRows,
      refuted: check?.independences.filter(({ verdict }) => verdict === 'refuted').length ?? 0,
      usesMap: generatorById(generator).usesMap,
    });
  }, [review, target, columns, map, check, generator]);
  return (
    <div className="advice">
      {lines.map(({ level, text, goTo }) => (
        <Notice
          key={text}
          level={level}
          action={
            goTo && level === 'warning' ? (
              <Button isSmall onClick={() => store.getState().goTo(goTo)}>
                Go to the {goTo}
              </Button>
            ) : undefined
          }
        >
          {text}
        </Notice>
      ))}
      <p className="muted">
        Adding none is an answer too: class weights or a moved threshold often rank and calibrate as well. Add rows when
        you need cases that hang together like real ones.
      </p>
    </div>
  );
}
