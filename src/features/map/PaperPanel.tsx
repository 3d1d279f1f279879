import { Copy } from 'lucide-react';
import { useMemo } from 'react';
import { assumptionsText } from '../../engine/graph/assumptions';
import { essentialGraph } from '../../engine/graph/cpdag';
import { dagOf } from '../../engine/graph/dag';
import { markovBlanket } from '../../engine/graph/moralGraph';
import { useStudio } from '../../state/StudioProvider';
import { Button } from '../../ui/Button';
import { Panel } from '../../ui/Panel';
import { useEffectAnswer } from './effectQuestion';
import { useCheckedMap } from './mapFacts';

/** What a paper could print about the map, and the facts of its structure. */
export function PaperPanel() {
  const map = useStudio((s) => s.project.map);
  const target = useStudio((s) => s.project.target?.column ?? null);
  const notify = useStudio((s) => s.notify);
  const requestCanvas = useStudio((s) => s.requestCanvas);
  const answer = useEffectAnswer();
  const checked = useCheckedMap();
  const text = useMemo(() => {
    const claims = checked?.isCurrent ? checked.check.independences : null;
    return assumptionsText(
      map,
      answer,
      claims && {
        agrees: claims.filter(({ verdict }) => verdict === 'agrees').length,
        cannotTell: claims.filter(({ verdict }) => verdict === 'cannot-tell').length,
        refuted: claims.filter(({ verdict }) => verdict === 'refuted'),
      },
    );
  }, [map, answer, checked]);
  const structure = useMemo(() => {
    const dag = dagOf(map);
    return {
      essential: essentialGraph(dag),
      blanket: target !== null && dag.indexOf.has(target) ? markovBlanket(dag, target) : null,
    };
  }, [map, target]);
  if (map.nodes.length === 0)
    return (
      <Panel title="Assumptions in words" isPlain>
        <p className="muted">Draw a map first: this is what it assumes, in words for a paper.</p>
      </Panel>
    );
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    notify('info', 'The paragraph is on the clipboard.');
  };
  const { essential, blanket } = structure;
  return (
    <>
      <Panel title="Assumptions in words" isPlain>
        <p>{text}</p>
        <div className="row-wrap">
          <Button isSmall icon={<Copy size={13} />} onClick={() => void copy()}>
            Copy
          </Button>
          <Button isSmall onClick={() => requestCanvas('map-file')}>
            Picture or text of the map
          </Button>
        </div>
      </Panel>
      <Panel title="Structure" isPlain>
        {essential === null ? (
          <p className="muted">
            With ↔ on the map, which arrows data can direct is not settled by its separations alone.
          </p>
        ) : essential.undirected.length === 0 ? (
          <p>Every arrow has a direction that data could contradict.</p>
        ) : (
          <>
            <p>
              Turning {essential.undirected.length === 1 ? 'this arrow' : 'one of these arrows'} round (with others,
              where needed) changes no separation: data cannot tell{' '}
              {essential.undirected.length === 1 ? 'its' : 'their'} direction.
            </p>
            <ul className="plain-list">
              {essential.undirected.map(([from, to]) => (
                <li key={JSON.stringify([from, to])}>
                  {from} → {to}
                </li>
              ))}
            </ul>
          </>
        )}
        {blanket && (
          <p>
            <span className="muted">Markov blanket of {target}, all that is needed to predict it:</span>{' '}
            {blanket.length > 0 ? blanket.join(', ') : 'nothing'}
          </p>
        )}
      </Panel>
    </>
  );
}
