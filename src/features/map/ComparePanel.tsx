import { useMemo, useState } from 'react';
import { compareMaps, type PairDifference } from '../../engine/graph/compareMaps';
import { readMap } from '../../engine/graph/formats/readMap';
import type { ImpliedIndependence } from '../../engine/graph/implications';
import { useStudio } from '../../state/StudioProvider';
import { Button } from '../../ui/Button';
import { Notice } from '../../ui/Notice';
import { Panel } from '../../ui/Panel';

const arrows = { '->': '→', '<-': '←', '<->': '↔' } as const;

/** The map on the canvas against another one: kept from earlier, or of another person. */
export function ComparePanel() {
  const map = useStudio((s) => s.project.map);
  const kept = useStudio((s) => s.otherMap);
  const setKept = useStudio((s) => s.compareWith);
  const [text, setText] = useState('');
  const [message, setMessage] = useState<string | null>(null);
  const difference = useMemo(() => (kept ? compareMaps(kept.map, map) : null), [kept, map]);
  const read = () => {
    try {
      setKept({ map: readMap(text).map, name: 'the pasted map' });
      setMessage(null);
    } catch (error) {
      setMessage(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <Panel title="Compare with another map" isPlain>
      <p className="muted">Keep the map as it is now and go on drawing, or paste another person’s map in any format.</p>
      <div className="row-wrap">
        <Button isSmall onClick={() => setKept({ map, name: 'the map kept' })}>
          Keep this map to compare with
        </Button>
        {kept && (
          <Button isSmall onClick={() => setKept(null)}>
            Stop comparing
          </Button>
        )}
      </div>
      <textarea
        className="input map-code"
        aria-label="Another map as text"
        placeholder={'dag { smoking -> tar  tar -> cancer }'}
        rows={4}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <div>
        <Button isSmall disabled={text.trim() === ''} onClick={read}>
          Compare with the text
        </Button>
      </div>
      {message && <Notice level="error">{message}</Notice>}
      {kept && difference && (
        <div className="stack-small" aria-live="polite">
          <p>
            <strong>This map against {kept.name}</strong>
          </p>
          {difference.pairs.length + difference.nodesOnlyInFirst.length + difference.nodesOnlyInSecond.length === 0 ? (
            <p>The two maps are the same.</p>
          ) : (
            <>
              <Names title="Only on this map" names={difference.nodesOnlyInSecond} />
              <Names title={`Only on ${kept.name}`} names={difference.nodesOnlyInFirst} />
              {difference.pairs.length > 0 && <Pairs pairs={difference.pairs} other={kept.name} />}
              <Statements title="Only this map claims" statements={difference.onlySecondImplies} />
              <Statements title={`Only ${kept.name} claims`} statements={difference.onlyFirstImplies} />
              {difference.onlyFirstImplies.length + difference.onlySecondImplies.length === 0 && (
                <p className="muted">
                  They claim the same independences: no data on these columns can tell one from the other.
                </p>
              )}
            </>
          )}
        </div>
      )}
    </Panel>
  );
}

function Names({ title, names }: { readonly title: string; readonly names: readonly string[] }) {
  if (names.length === 0) return null;
  return (
    <p>
      <span className="muted">{title}:</span> {names.join(', ')}
    </p>
  );
}

function Pairs({ pairs, other }: { readonly pairs: readonly PairDifference[]; readonly other: string }) {
  const select = useStudio((s) => s.select);
  const drawn = (between: PairDifference['first']) =>
    between.length === 0 ? 'nothing' : between.map((arrow) => arrows[arrow]).join(' ');
  return (
    <table className="map-list">
      <thead>
        <tr>
          <th scope="col">Pair</th>
          <th scope="col">Here</th>
          <th scope="col">{other}</th>
        </tr>
      </thead>
      <tbody>
        {pairs.map((pair) => (
          <tr key={JSON.stringify([pair.a, pair.b])}>
            <td>
              <button
                type="button"
                className="link-button"
                onClick={() => select({ kind: 'map', nodes: [pair.a, pair.b], edges: [] })}
              >
                {pair.a}, {pair.b}
              </button>
            </td>
            <td>{drawn(pair.second)}</td>
            <td>{drawn(pair.first)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Statements(props: { readonly title: string; readonly statements: readonly ImpliedIndependence[] }) {
  if (props.statements.length === 0) return null;
  return (
    <details className="disclosure">
      <summary>
        {props.title} ({props.statements.length})
      </summary>
      <ul className="plain-list">
        {props.statements.map(({ x, y, given }) => (
          <li key={JSON.stringify([x, y, given])}>
            {x} and {y} unrelated{given.length > 0 && <span className="muted"> given {given.join(', ')}</span>}
          </li>
        ))}
      </ul>
    </details>
  );
}
