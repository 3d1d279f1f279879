import { useMemo, useState } from 'react';
import { SURE } from '../../engine/diagnosis/diagnosis';
import { useStudio } from '../../state/StudioProvider';
import { trueMeans, trueSeparation } from '../../state/worldTruth';
import { DataTable } from '../../ui/DataTable';
import { MiniHistogram } from '../../ui/MiniHistogram';
import type { Diagnosis } from '../../worker/api';
import { EffectBar } from './EffectBar';
import { percent, pText } from './texts';

type ColumnDifference = Diagnosis['columns'][number];
type Sort = 'effect' | 'missing' | 'name';

const missingGap = ({ missing }: ColumnDifference) => Math.abs(missing.rare - missing.common);
const orders: Readonly<Record<Sort, (a: ColumnDifference, b: ColumnDifference) => number>> = {
  effect: (a, b) => b.effect - a.effect,
  missing: (a, b) => missingGap(b) - missingGap(a) || b.effect - a.effect,
  name: (a, b) => a.column.localeCompare(b.column),
};

/** Every column: its law in rare against common rows, and its missing cells. */
export function ColumnsView({ diagnosis }: { readonly diagnosis: Diagnosis }) {
  const [sort, setSort] = useState<Sort>('effect');
  const histograms = useStudio((s) => s.histograms);
  const world = useStudio((s) => s.truth);
  const rows = useMemo(() => diagnosis.columns.toSorted(orders[sort]), [diagnosis.columns, sort]);
  const sure = diagnosis.columns.filter(({ pValue }) => pValue < SURE).length;
  const header = (id: Sort) => ({
    onSort: () => setSort(id),
    sorted: sort === id ? (id === 'name' ? ('ascending' as const) : ('descending' as const)) : null,
  });
  return (
    <section className="diagnose-view" aria-label="Columns by class">
      <p className="muted">
        Effect: for numbers how surely a rare row is higher (or lower) than a common one, for categories the share of
        rows that would have to change level; 0 none, 1 apart. Bars with 95 % intervals, each by itself.{' '}
        {sure === 0
          ? 'No column differs beyond chance'
          : `${sure} of ${rows.length} columns ${sure === 1 ? 'differs' : 'differ'} beyond chance`}{' '}
        (false discovery rate 5 %).
        {world && (
          <>
            {' '}
            <span className="truth-key" aria-hidden="true" />
            {'\u00a0'}
            truth of the simulated world: the effect, and the means, short in common, tall in rare rows.
          </>
        )}
      </p>
      <DataTable<ColumnDifference>
        label="Columns by class"
        height={`min(${44 * (rows.length + 1) + 2}px, max(480px, 100vh - 400px))`}
        rowHeight={44}
        count={rows.length}
        row={(i) => rows[i] ?? null}
        columns={[
          {
            id: 'column',
            header: 'Column',
            width: 'minmax(120px, 1.2fr)',
            cell: (row) => row.column,
            ...header('name'),
          },
          {
            id: 'law',
            header: 'Common, rare',
            width: '150px',
            cell: (row) => {
              const histogram = histograms[row.column];
              const truth = trueMeans(world, histogram);
              return histogram ? (
                <MiniHistogram
                  label={`${row.column}: common rows as bars, rare rows as a line or dots${truth ? `; ${truth.text}` : ''}`}
                  truth={truth}
                  common={histogram.common}
                  rare={histogram.rare}
                  isCategorical={histogram.levels.length > 0}
                  height={34}
                />
              ) : null;
            },
          },
          {
            id: 'effect',
            header: 'Effect',
            width: 'minmax(150px, 1fr)',
            cell: (row) => (
              <EffectBar
                value={row.effect}
                low={row.interval.low}
                high={row.interval.high}
                truth={trueSeparation(world, row.column)}
              />
            ),
            ...header('effect'),
          },
          { id: 'how', header: 'In rare rows', width: 'minmax(150px, 1.4fr)', cell: (row) => <How row={row} /> },
          {
            id: 'missing',
            header: 'Missing: rare, common',
            width: 'minmax(170px, 1fr)',
            cell: ({ missing }) =>
              missing.rare + missing.common === 0 ? (
                <span className="muted">none</span>
              ) : (
                <span className={missing.pValue < SURE ? 'finding' : undefined}>
                  {percent(missing.rare)}, {percent(missing.common)}
                  {missing.pValue < SURE && ` (p ${pText(missing.pValue)})`}
                </span>
              ),
            ...header('missing'),
          },
        ]}
      />
    </section>
  );
}

function How({ row: { isHigher, favoured, pValue } }: { readonly row: ColumnDifference }) {
  if (pValue >= SURE) return <span className="muted">no difference beyond chance</span>;
  if (isHigher !== null) return <>{isHigher ? 'higher' : 'lower'}</>;
  const [first] = favoured;
  if (!first) return null;
  return (
    <span
      className="truncate"
      title={favoured.map((one) => `${one.level}: ${percent(one.rare)} against ${percent(one.common)}`).join('\n')}
    >
      {`more ${first.level}: ${percent(first.rare)} against ${percent(first.common)}`}
    </span>
  );
}
