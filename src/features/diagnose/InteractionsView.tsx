import { useState } from 'react';
import { SURE } from '../../engine/diagnosis/diagnosis';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { Button } from '../../ui/Button';
import { DataTable } from '../../ui/DataTable';
import { EmptyState } from '../../ui/EmptyState';
import type { Diagnosis } from '../../worker/api';
import { pairOnMap, showOnMap } from './pairOnMap';
import { pText } from './texts';

type Interaction = Diagnosis['interactions']['pairs'][number];

/** Pairs of columns that say more of the target together than apart. */
export function InteractionsView({ diagnosis: { interactions, target } }: { readonly diagnosis: Diagnosis }) {
  const store = useStudioStore();
  const map = useStudio((s) => s.project.map);
  const [at, setAt] = useState<number | null>(null);
  const { pairs, columns, baseLoss, additiveLoss, reason } = interactions;
  if (reason !== null) return <EmptyState text={reason} />;
  const pair = at === null ? undefined : pairs[at];
  const sure = pairs.filter(({ gain, pValue }) => gain > 0 && pValue < SURE).length;
  return (
    <section className="diagnose-view" aria-label="Interactions">
      <p className="muted">
        {`Effects that add up take ${((100 * (baseLoss - additiveLoss)) / baseLoss).toFixed(1)} % off the log loss of “${target}”, on rows they were not fitted on. ${sure === 0 ? 'No pair takes off more, beyond chance.' : `${sure} ${sure === 1 ? 'pair takes' : 'pairs take'} off more.`} ${columns.length} columns looked at.`}
      </p>
      <DataTable<Interaction>
        label="Interactions"
        height={Math.min(420, 28 * (pairs.length + 1) + 2)}
        count={pairs.length}
        row={(i) => pairs[i] ?? null}
        selected={at}
        onSelect={setAt}
        columns={[
          { id: 'pair', header: 'Pair', width: 'minmax(160px, 1fr)', cell: ({ a, b }) => `${a} with ${b}` },
          {
            id: 'gain',
            header: 'Further gain',
            width: '120px',
            isNumeric: true,
            cell: ({ gain }) => `${(100 * gain).toFixed(2)} %`,
          },
          {
            id: 'p',
            header: 'p adjusted',
            width: '110px',
            isNumeric: true,
            cell: ({ gain, pValue }) => (
              <span className={gain > 0 && pValue < SURE ? 'finding' : undefined}>{pText(pValue)}</span>
            ),
          },
          {
            id: 'map',
            header: 'On the map',
            width: 'minmax(160px, 1fr)',
            cell: ({ a, b }) => {
              const causes = [a, b].filter((name) =>
                map.edges.some(({ from, to, kind }) => kind === '->' && from === name && to === target),
              );
              return causes.length === 2
                ? 'both cause it'
                : causes.length === 1
                  ? `only ${causes[0]} causes it`
                  : 'neither causes it';
            },
          },
        ]}
      />
      {pair && (
        <div className="pair-detail" role="status">
          <p>{pairOnMap(map, pair.a, pair.b)}</p>
          <Button isSmall onClick={() => showOnMap(store, pair.a, pair.b)}>
            Show on the map
          </Button>
        </div>
      )}
    </section>
  );
}
