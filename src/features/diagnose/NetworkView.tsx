import { useMemo, useState } from 'react';
import { SURE } from '../../engine/diagnosis/diagnosis';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { trueCorrelation } from '../../state/worldTruth';
import { Button } from '../../ui/Button';
import { DataTable } from '../../ui/DataTable';
import { Notice } from '../../ui/Notice';
import { Segmented } from '../../ui/Segmented';
import type { Diagnosis } from '../../worker/api';
import { AssociationMatrix, type Shown } from './AssociationMatrix';
import { pairOnMap, showOnMap } from './pairOnMap';
import { pText, signed } from './texts';

type Pair = Diagnosis['network']['pairs'][number];
type Sort = 'surest' | 'rare' | 'common' | 'difference';

const orders: Readonly<Record<Exclude<Sort, 'surest'>, (a: Pair, b: Pair) => number>> = {
  rare: (a, b) => Math.abs(b.rare) - Math.abs(a.rare),
  common: (a, b) => Math.abs(b.common) - Math.abs(a.common),
  difference: (a, b) => Math.abs(b.difference) - Math.abs(a.difference),
};

/** More columns than this make cells too small to point at. */
const mostInMatrix = 40;

/** Which columns go together inside the rare class, inside the common one, and where the two networks part. */
export function NetworkView({ diagnosis: { network, redundant } }: { readonly diagnosis: Diagnosis }) {
  const store = useStudioStore();
  const map = useStudio((s) => s.project.map);
  const world = useStudio((s) => s.truth);
  const [shown, setShown] = useState<Shown>('difference');
  const [sort, setSort] = useState<Sort>('surest');
  const [chosen, setChosen] = useState<string | null>(null);
  // They come with the surest first; of 500 columns there are too many to sort for nothing.
  const pairs = useMemo(
    () => (sort === 'surest' ? network.pairs : network.pairs.toSorted(orders[sort])),
    [network.pairs, sort],
  );
  const keyOf = ({ a, b }: Pair) => JSON.stringify([a, b]);
  const at = chosen === null ? -1 : pairs.findIndex((pair) => keyOf(pair) === chosen);
  const pair = pairs[at];
  const truth = pair ? trueCorrelation(world, pair.a, pair.b) : null;
  const sure = useMemo(() => network.pairs.filter(({ pValue }) => pValue < SURE).length, [network.pairs]);
  const isUntold = network.pairs[0]?.isTold === false;
  const header = (id: Sort) => ({ onSort: () => setSort(id), sorted: sort === id ? ('descending' as const) : null });
  // The strongest ones fill the matrix where not all columns fit.
  const columns = useMemo(() => {
    if (network.columns.length <= mostInMatrix) return network.columns;
    const wanted = new Set<string>();
    for (const { a, b } of network.pairs) {
      if (wanted.size >= mostInMatrix - 1) break;
      wanted.add(a).add(b);
    }
    return network.columns.filter((name) => wanted.has(name));
  }, [network]);
  return (
    <section className="diagnose-view" aria-label="Pairs of columns">
      <p className="muted">
        {`${network.pairs.length.toLocaleString('en')} pairs, ${network.rareRows.toLocaleString('en')} rare and ${network.commonRows.toLocaleString('en')} common rows. ${isUntold ? 'One of the classes has too few rows to say how columns go together in it' : sure === 0 ? 'None goes together differently in the two classes, beyond chance' : `${sure} ${sure === 1 ? 'goes' : 'go'} together differently in the two classes`} (false discovery rate 5 %).`}
      </p>
      {redundant.map(({ columns: names, weakest }) => (
        <Notice key={names.join()} level="info">
          {`${names.join(', ')} say nearly the same: association ${weakest.toFixed(2)} and more.`}
        </Notice>
      ))}
      <div className="network-parts">
        <div className="network-matrix">
          <Segmented<Shown>
            label="What the cells show"
            value={shown}
            onChange={setShown}
            options={[
              { value: 'rare', label: 'Rare' },
              { value: 'common', label: 'Common' },
              { value: 'difference', label: 'Difference' },
            ]}
          />
          <AssociationMatrix
            columns={columns}
            pairs={network.pairs}
            shown={shown}
            chosen={pair ?? null}
            onChoose={(one) => setChosen(keyOf(one))}
          />
          {columns.length < network.columns.length && (
            <p className="muted">{`The ${columns.length} columns with the surest differences; the list has all.`}</p>
          )}
        </div>
        <div className="network-list">
          <DataTable<Pair>
            label="Pairs of columns"
            height={380}
            count={pairs.length}
            row={(i) => pairs[i] ?? null}
            selected={at >= 0 ? at : null}
            onSelect={(i) => setChosen(keyOf(pairs[i]!))}
            columns={[
              { id: 'pair', header: 'Pair', width: 'minmax(140px, 1fr)', cell: ({ a, b }) => `${a} – ${b}` },
              {
                id: 'rare',
                header: 'Rare',
                width: '62px',
                isNumeric: true,
                cell: ({ isTold, rare }) => toldText(isTold || rare !== 0, rare),
                ...header('rare'),
              },
              {
                id: 'common',
                header: 'Common',
                width: '76px',
                isNumeric: true,
                cell: ({ isTold, common }) => toldText(isTold || common !== 0, common),
                ...header('common'),
              },
              {
                id: 'difference',
                header: 'Difference',
                width: '90px',
                isNumeric: true,
                cell: ({ isTold, difference }) => toldText(isTold, difference),
                ...header('difference'),
              },
              {
                id: 'p',
                header: 'p adjusted',
                width: '88px',
                isNumeric: true,
                cell: ({ isTold, pValue }) => (
                  <span className={pValue < SURE ? 'finding' : undefined}>{isTold ? pText(pValue) : '–'}</span>
                ),
                ...header('surest'),
              },
            ]}
          />
          {pair && (
            <div className="pair-detail" role="status">
              <p>
                {pair.isTold
                  ? `${pair.a} and ${pair.b}: ${signed(pair.rare)} in rare rows, ${signed(pair.common)} in common ones; difference ${signed(pair.difference)} (95 % interval ${signed(pair.interval.low)} to ${signed(pair.interval.high)}).`
                  : `${pair.a} or ${pair.b} hardly varies in one of the classes, so nothing can be said of a difference.`}{' '}
                {pairOnMap(map, pair.a, pair.b)}
              </p>
              {truth && (
                <p>
                  <span className="truth-key" aria-hidden="true" /> <strong>Truth of the simulated world:</strong>{' '}
                  {`correlation ${signed(truth.rare)} in rare rows, ${signed(truth.common)} in common ones; difference ${signed(truth.rare - truth.common)}.`}
                </p>
              )}
              <Button isSmall onClick={() => showOnMap(store, pair.a, pair.b)}>
                Show on the map
              </Button>
            </div>
          )}
        </div>
      </div>
    </section>
  );
}

const toldText = (isTold: boolean, value: number): string => (isTold ? signed(value) : '–');
