import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useStudio } from '../../state/StudioProvider';
import { Button } from '../../ui/Button';
import { DataTable } from '../../ui/DataTable';
import { Notice } from '../../ui/Notice';
import { countText } from '../../ui/numbers';
import type { TableSummary } from '../../worker/api';

const ROWS_PER_PAGE = 200;
/** Cells exist for all columns of a row in view, so a very wide table is shown in parts. */
const COLUMNS_AT_ONCE = 40;

/** The table as it stands in the file: exact cell texts, fetched as they come into view. */
export function TableView({ summary }: { readonly summary: TableSummary }) {
  const ask = useStudio((s) => s.ask);
  const loaded = useStudio((s) => s.loadedData);
  const [first, setFirst] = useState(0);
  const [, redraw] = useState(0);
  const [failure, setFailure] = useState<string | null>(null);
  const pages = useRef(new Map<number, readonly (readonly string[])[] | 'asked'>());

  const fetchRange = useCallback(
    (from: number, to: number) => {
      if (loaded === null) return;
      const known = pages.current;
      for (let page = Math.floor(from / ROWS_PER_PAGE); page <= Math.floor(to / ROWS_PER_PAGE); page++) {
        if (known.has(page)) continue;
        known.set(page, 'asked');
        void ask((engine) => engine.readSlice(page * ROWS_PER_PAGE, ROWS_PER_PAGE)).then((outcome) => {
          if (known !== pages.current) return;
          if (outcome.ok) known.set(page, outcome.value.cells);
          else {
            known.delete(page);
            setFailure(outcome.message);
          }
          redraw((n) => n + 1);
        });
      }
    },
    [ask, loaded],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: a table that was read anew has other cells
  useEffect(() => {
    pages.current = new Map();
    setFailure(null);
    fetchRange(0, 60);
  }, [fetchRange, summary]);

  const names = summary.columns.map(({ name }) => name);
  const shown = useMemo(() => summary.columns.slice(first, first + COLUMNS_AT_ONCE), [summary, first]);
  return (
    <div className="stack">
      {names.length > COLUMNS_AT_ONCE && (
        <div className="row-wrap">
          <span className="number">
            Columns {first + 1} to {Math.min(names.length, first + COLUMNS_AT_ONCE)} of {countText(names.length)}
          </span>
          <Button isSmall disabled={first === 0} onClick={() => setFirst(Math.max(0, first - COLUMNS_AT_ONCE))}>
            Earlier columns
          </Button>
          <Button
            isSmall
            disabled={first + COLUMNS_AT_ONCE >= names.length}
            onClick={() => setFirst(first + COLUMNS_AT_ONCE)}
          >
            Later columns
          </Button>
        </div>
      )}
      {failure && <Notice level="error">{failure}</Notice>}
      <DataTable<readonly string[]>
        label={`Rows of ${summary.fileName}`}
        count={summary.rows}
        height={480}
        onRange={fetchRange}
        row={(index) => {
          const page = pages.current.get(Math.floor(index / ROWS_PER_PAGE));
          return page === undefined || page === 'asked' ? null : (page[index % ROWS_PER_PAGE] ?? null);
        }}
        columns={[
          {
            id: 'row-number',
            header: 'Row',
            width: '72px',
            isNumeric: true,
            cell: (_, index) => <span className="muted">{countText(index + 1)}</span>,
          },
          ...shown.map(({ name, kind }, c) => ({
            id: `${first + c}`,
            header: <span title={name}>{name}</span>,
            width: 'minmax(96px, 1fr)',
            isNumeric: kind === 'continuous' || kind === 'integer' || kind === 'count',
            cell: (cells: readonly string[]) => {
              const text = cells[first + c] ?? '';
              return <span title={text}>{text}</span>;
            },
          })),
        ]}
      />
    </div>
  );
}
