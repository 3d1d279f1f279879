import { CircleCheck, CircleX } from 'lucide-react';
import { useMemo, useState } from 'react';
import { dagOf } from '../../engine/graph/dag';
import { findOpenPath } from '../../engine/graph/dSeparation';
import { survivesBalancing } from '../../engine/graph/implications';
import { edgesOf } from '../../engine/graph/pathEdges';
import { useStudio } from '../../state/StudioProvider';
import { classes } from '../../ui/classes';
import { Panel } from '../../ui/Panel';
import { Select } from '../../ui/Select';
import { arrowText } from './arrowText';
import { Chip } from './Chip';

/** Any two nodes, any set held fixed: does the map claim that they are unrelated, and if not, along which path are they tied? */
export function AskPanel() {
  const map = useStudio((s) => s.project.map);
  const target = useStudio((s) => s.project.target?.column ?? null);
  const select = useStudio((s) => s.select);
  const [x, setX] = useState('');
  const [y, setY] = useState('');
  const [given, setGiven] = useState<readonly string[]>([]);
  const names = map.nodes.map(({ name }) => name);
  const [a, b] = [x, y].map((name) => (names.includes(name) ? name : '')) as [string, string];
  const held = useMemo(
    () => given.filter((name) => map.nodes.some((node) => node.name === name) && name !== a && name !== b),
    [given, map, a, b],
  );
  const answer = useMemo(() => {
    if (a === '' || b === '' || a === b) return null;
    const dag = dagOf(map);
    const chosen = dag.selected.map((i) => dag.names[i]!);
    const open = findOpenPath(dag, [a], [b], [...held, ...chosen]);
    const isTargetDrawn = target !== null && dag.indexOf.has(target) && !dag.latent[dag.indexOf.get(target)!];
    return { open, survives: isTargetDrawn ? survivesBalancing(dag, [a], [b], held, target) : null };
  }, [map, a, b, held, target]);
  if (names.length < 2) return null;
  const options = (other: string) => [
    { value: '', label: 'choose…' },
    ...names.filter((name) => name !== other).map((name) => ({ value: name, label: name })),
  ];
  const Mark = answer?.open ? CircleX : CircleCheck;
  return (
    <Panel title="Ask about two nodes" isPlain>
      <div className="ask-pair">
        <Select label="Are" value={a} options={options(b)} onChange={setX} />
        <Select label="and" value={b} options={options(a)} onChange={setY} />
      </div>
      {a !== '' && b !== '' && (
        <>
          <p className="field-label" id="ask-given">
            unrelated, once these are held fixed?
          </p>
          <ul className="chip-list" aria-labelledby="ask-given">
            {names
              .filter((name) => name !== a && name !== b)
              .map((name) => (
                <li key={name}>
                  <Chip
                    isOn={held.includes(name)}
                    label={name}
                    onClick={() => setGiven(held.includes(name) ? held.filter((one) => one !== name) : [...held, name])}
                  />
                </li>
              ))}
          </ul>
        </>
      )}
      {answer && (
        <div aria-live="polite" className="stack-small">
          <p className={classes('effect-verdict', answer.open ? 'claim-cannot-tell' : 'claim-agrees')}>
            <Mark size={15} aria-hidden />
            <span>
              {answer.open
                ? 'The map does not claim it: a path is open.'
                : 'Yes, the map claims that they are unrelated.'}
            </span>
          </p>
          {answer.open && (
            <button
              type="button"
              className="link-button"
              title="Select it on the map"
              onClick={() =>
                answer.open && select({ kind: 'map', nodes: answer.open.nodes, edges: edgesOf(answer.open) })
              }
            >
              {arrowText(answer.open.text)}
            </button>
          )}
          {answer.open?.colliders.map(({ node, openedBy }) => (
            <p key={node} className="muted">
              Two arrows meet in {node}, and {openedBy === node ? 'it' : `${openedBy}, which it causes,`} is held fixed.
            </p>
          ))}
          {answer.survives !== null && !answer.open && (
            <p className="muted">
              {answer.survives
                ? 'It stays true after the classes are balanced.'
                : `It does not stay true after the classes are balanced: both are tied to ${target}, by which rows are then chosen.`}
            </p>
          )}
        </div>
      )}
    </Panel>
  );
}
