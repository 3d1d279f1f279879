import { useMemo, useState } from 'react';
import { trueMap } from '../../state/demos';
import { useStudio } from '../../state/StudioProvider';
import { Badge } from '../../ui/Badge';
import { DataTable, type DataTableColumn } from '../../ui/DataTable';
import { EmptyState } from '../../ui/EmptyState';
import { countText } from '../../ui/numbers';
import { Select } from '../../ui/Select';
import type { TestReport } from '../../worker/api';
import { EffectChange } from './EffectChange';
import { ResultDetail } from './ResultDetail';
import {
  comparisonNames,
  type Filter,
  filterPairs,
  pairResults,
  type ResultPair,
  type Sorting,
  type SortKey,
  showAll,
  sortPairs,
  statementNames,
  verdictNames,
  verdictTones,
} from './resultView';
import { statementTruth } from './statementTruth';
import { VerdictCards } from './VerdictCards';

interface ResultTableProps {
  /** The run tested; null while verdicts are still coming in. */
  readonly runId: string | null;
  readonly report: Pick<TestReport, 'results' | 'counts'>;
  readonly rival: TestReport | null;
  /** Names of the run and of the run compared with. */
  readonly names: readonly [string, string];
}

/** Every statement of the map with its verdict: filtered, sorted, one plain sentence each. */
export function ResultTable({ runId, report, rival, names }: ResultTableProps) {
  const [filter, setFilter] = useState<Filter>(showAll);
  const [sorting, setSorting] = useState<Sorting>({ key: 'verdict', isDescending: false });
  const [selected, setSelected] = useState<ResultPair | null>(null);
  const world = useStudio(trueMap);
  const truth = useStudio((s) => s.truth);
  const truthOf = (result: ResultPair['result']) =>
    world && truth && statementTruth(world, truth.strengths, truth.target, result);
  const pairs = useMemo(() => pairResults(report.results, rival?.results ?? null), [report, rival]);
  const rows = useMemo(() => sortPairs(filterPairs(pairs, filter), sorting), [pairs, filter, sorting]);
  const at = selected ? rows.findIndex(({ result }) => result === selected.result) : -1;
  const sortBy = (key: SortKey) => ({
    onSort: () =>
      setSorting((now) =>
        now.key === key ? { key, isDescending: !now.isDescending } : { key, isDescending: key === 'change' },
      ),
    sorted: sorting.key === key ? (sorting.isDescending ? ('descending' as const) : ('ascending' as const)) : null,
  });
  const columns: readonly DataTableColumn<ResultPair>[] = [
    {
      id: 'verdict',
      header: names[0],
      width: rival ? '116px' : '168px',
      cell: ({ result }) => <VerdictBadge result={result} isShort={rival !== null} />,
      ...sortBy('verdict'),
    },
    {
      id: 'change',
      header: 'Before, after',
      width: '188px',
      cell: ({ result }) => <EffectChange result={result} layer="synthetic" truth={truthOf(result)} />,
      ...sortBy('change'),
    },
    ...(rival
      ? [
          {
            id: 'rival',
            header: names[1],
            width: '116px',
            cell: ({ rival: one }: ResultPair) => one && <VerdictBadge result={one} isShort />,
          },
          {
            id: 'rival-change',
            header: 'Before, after',
            width: '188px',
            cell: ({ rival: one }: ResultPair) =>
              one && <EffectChange result={one} layer="comparison" truth={truthOf(one)} />,
          },
        ]
      : []),
    {
      id: 'sentence',
      header: 'In words',
      width: 'minmax(260px, 1fr)',
      cell: ({ result }) => (
        <span className="sentence" title={result.sentence}>
          {result.sentence}
        </span>
      ),
      ...sortBy('statement'),
    },
  ];
  return (
    <>
      <VerdictCards
        report={report}
        rival={rival}
        names={names}
        chosen={filter.verdict}
        onChoose={(verdict) => setFilter({ ...filter, verdict })}
      />
      <div className="row-wrap">
        <Select<Filter['comparison']>
          isInline
          label="Compared"
          value={filter.comparison}
          options={[{ value: 'all', label: 'All ways' }, ...optionsOf(comparisonNames)]}
          onChange={(comparison) => setFilter({ ...filter, comparison })}
        />
        <Select<Filter['kind']>
          isInline
          label="Statement"
          value={filter.kind}
          options={[{ value: 'all', label: 'All' }, ...optionsOf(statementNames)]}
          onChange={(kind) => setFilter({ ...filter, kind })}
        />
        <span className="muted number" aria-live="polite">
          {countText(rows.length)} of {countText(pairs.length)} statements
        </span>
        <span className="effect-key muted grow">
          <svg width="10" height="10" aria-hidden="true">
            <circle cx="5" cy="5" r="3.5" className="key-real" />
          </svg>
          real rows, 95 % interval, 0 to 1; shaded: counts as the same
          {world && truth && (
            <>
              {' '}
              <span className="truth-key" aria-hidden="true" /> truth of the simulated world
            </>
          )}
        </span>
      </div>
      <div className="test-results">
        <DataTable
          label="Statements before and after"
          columns={columns}
          count={rows.length}
          row={(index) => rows[index] ?? null}
          rowHeight={44}
          selected={at < 0 ? null : at}
          onSelect={(index) => setSelected(rows[index] ?? null)}
          empty={<EmptyState text="No statement fits these filters." />}
        />
      </div>
      {selected && (
        <ResultDetail
          runId={runId}
          pair={selected}
          names={names}
          truth={truthOf(selected.result)}
          onClose={() => setSelected(null)}
        />
      )}
    </>
  );
}

const optionsOf = <T extends string>(names: Readonly<Record<T, string>>) =>
  (Object.entries(names) as [T, string][]).map(([value, label]) => ({ value, label }));

function VerdictBadge({ result, isShort }: { readonly result: ResultPair['result']; readonly isShort: boolean }) {
  const name = verdictNames[result.verdict];
  return (
    <Badge tone={verdictTones[result.verdict]} title={`${name}. ${comparisonNames[result.comparison]}.`}>
      {isShort && result.verdict === 'expected-from-balancing' ? 'Expected' : name}
    </Badge>
  );
}
