import { useStudioStore } from '../../state/StudioProvider';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import type { Diagnosis } from '../../worker/api';

const words = { enough: 'enough', thin: 'thin', 'too-few': 'too few' } as const;

/** Cases per parameter of every node that has causes, fewest first. */
export function CasesView({ cases }: { readonly cases: Diagnosis['cases'] }) {
  const store = useStudioStore();
  if (cases.length === 0)
    return (
      <EmptyState
        text="The map has no arrows between recorded columns, so there is nothing to learn yet."
        action={<Button onClick={() => store.getState().goTo('map')}>Draw the map</Button>}
      />
    );
  return (
    <section className="diagnose-view" aria-label="Cases per parameter">
      <p className="muted">
        Parameters of a straight mechanism, and the rows that tell them apart: rare rows for the target and what it
        causes, the rarest level for a category. Under 5 each is a guess, from 10 on is comfortable.
      </p>
      <table className="plain-table">
        <caption className="visually-hidden">Cases per parameter</caption>
        <thead>
          <tr>
            <th scope="col">Node</th>
            <th scope="col">Causes</th>
            <th scope="col">Parameters</th>
            <th scope="col">Cases</th>
            <th scope="col">Each</th>
            <th scope="col">Verdict</th>
          </tr>
        </thead>
        <tbody>
          {cases.map(({ node, parents, parameters, cases: rows, casesPerParameter, verdict }) => (
            <tr key={node}>
              <td>
                <button
                  type="button"
                  className="link-button"
                  onClick={() => {
                    store.getState().goTo('map');
                    store.getState().select({ kind: 'map', nodes: [node], edges: [] });
                  }}
                >
                  {node}
                </button>
              </td>
              <td>{parents.join(', ')}</td>
              <td className="number">{parameters}</td>
              <td className="number">{rows.toLocaleString('en')}</td>
              <td className="number">{casesPerParameter.toFixed(casesPerParameter < 10 ? 1 : 0)}</td>
              <td className={verdict === 'too-few' ? 'finding' : undefined}>{words[verdict]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
