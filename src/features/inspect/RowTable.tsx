import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { isCarriedKind, isNumericKind } from '../../engine/data/table';
import { countMarks } from '../../state/inspect';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { tableSummary } from '../../state/tableState';
import { Button } from '../../ui/Button';
import { DataTable, type DataTableColumn } from '../../ui/DataTable';
import { Notice } from '../../ui/Notice';
import { counted, countText } from '../../ui/numbers';
import type { RowQuery, TableRow } from '../../worker/inspectApi';
import { HeadCell } from './HeadCell';
import { LayerBar } from './LayerBar';
import { LayerGlyph } from './LayerToggle';
import { layerNames } from './layers';
import { RowFilter } from './RowFilter';
import { useEngineAnswer } from './useEngineAnswer';
import { useMarks } from './useMarks';
import { useViewSource } from './useViewSource';
import { useVisibleLayers } from './useVisibleLayers';
import './inspect.css';

const ROWS_PER_PAGE = 200;
/** Cells exist for all columns of a row in view. */
const MOST_COLUMNS = 30;

type Filters = Pick<RowQuery, 'filters' | 'search' | 'onlyMarked' | 'onlyBroken' | 'sort'>;
const everything: Filters = { filters: {}, search: '', onlyMarked: false, onlyBroken: false, sort: null };

/** Every row of every layer as a table: filtered, sorted, searched, a million rows as easily as ten. */
export function RowTable() {
  const store = useStudioStore();
  const summary = useStudio(tableSummary)!;
  const rules = useStudio((s) => s.project.rules);
  const visible = useVisibleLayers();
  const source = useViewSource();
  const { marks, selected, onSelect, onMark } = useMarks();
  const [filters, setFilters] = useState(everything);
  const patch = (next: Partial<Filters>) => setFilters((now) => ({ ...now, ...next }));

  // Marks change what is listed only while the list is of marked rows.
  const marked = filters.onlyMarked ? marks : null;
  const markedKey = useMemo(() => (marked ? `${countMarks(marked)} ${performance.now()}` : ''), [marked]);
  const query: RowQuery = { ...filters, layers: visible };
  const key = source ? JSON.stringify([source, query, markedKey, filters.onlyBroken ? rules : null]) : null;
  const {
    value: result,
    message,
    isWaiting,
  } = useEngineAnswer(
    key,
    (engine, taskId, report) => engine.queryRows(taskId, source!, query, marked ?? [], rules, report),
    120,
  );

  const pages = useRef(new Map<string, readonly TableRow[] | 'asked'>());
  const [, redraw] = useState(0);
  const queryId = result?.queryId ?? null;
  const fetchRange = useCallback(
    (from: number, to: number) => {
      if (queryId === null) return;
      for (let page = Math.floor(from / ROWS_PER_PAGE); page <= Math.floor(to / ROWS_PER_PAGE); page++) {
        const name = `${queryId} ${page}`;
        if (pages.current.has(name)) continue;
        pages.current.set(name, 'asked');
        void store
          .getState()
          .ask((engine) => engine.readQuery(queryId, page * ROWS_PER_PAGE, ROWS_PER_PAGE))
          .then((outcome) => {
            if (outcome.ok) pages.current.set(name, outcome.value);
            else pages.current.delete(name);
            redraw((n) => n + 1);
          });
      }
    },
    [store, queryId],
  );
  useEffect(() => {
    pages.current = new Map();
    fetchRange(0, 60);
  }, [fetchRange]);
  const rowAt = (index: number): TableRow | null => {
    const page = pages.current.get(`${queryId} ${Math.floor(index / ROWS_PER_PAGE)}`);
    return page === undefined || page === 'asked' ? null : (page[index % ROWS_PER_PAGE] ?? null);
  };
  const [at, setAt] = useState<number | null>(null);
  const isChosen = (row: TableRow | null) => row !== null && row.layer === selected?.layer && row.row === selected.row;
  const chosen = at !== null && isChosen(rowAt(at)) ? at : null;

  const countOf = (layer: string) => result?.counts.find((one) => one.layer === layer)?.rows ?? null;
  const shown = summary.columns.map((column, c) => ({ ...column, c })).slice(0, MOST_COLUMNS);
  const isMarked = (row: TableRow) => marks.some(({ layer, rows }) => layer === row.layer && hasRow(rows, row.row));
  const sortBy = (column: string) =>
    patch({
      sort:
        filters.sort?.column !== column
          ? { column, isDescending: false }
          : filters.sort.isDescending
            ? null
            : { column, isDescending: true },
    });
  const columns: DataTableColumn<TableRow>[] = [
    {
      id: 'mark',
      header: <span className="visually-hidden">Marked</span>,
      width: '34px',
      cell: (row) => (
        <input
          type="checkbox"
          className="mark-box"
          aria-label={`Mark ${layerNames[row.layer].toLowerCase()} row ${row.row + 1}`}
          checked={isMarked(row)}
          onClick={(event) => event.stopPropagation()}
          onChange={(event) =>
            onMark(
              [{ layer: row.layer, rows: Int32Array.of(row.row) }],
              event.target.checked ? 'add' : 'remove',
              'rows of the table',
            )
          }
        />
      ),
    },
    {
      id: 'row',
      header: 'Row',
      width: '118px',
      cell: (row) => (
        <span className={`provenance provenance-${row.layer}`} title={layerNames[row.layer]}>
          <LayerGlyph layer={row.layer} />
          <span className="number">{countText(row.row + 1)}</span>
          <span className="visually-hidden">{layerNames[row.layer]}</span>
        </span>
      ),
    },
    {
      id: 'donor',
      header: 'Donor',
      width: '78px',
      isNumeric: true,
      cell: (row) =>
        row.donor === null ? (
          ''
        ) : (
          <button
            type="button"
            className="link-button number"
            onClick={(event) => {
              event.stopPropagation();
              onSelect({ layer: 'rare', row: row.donor! });
            }}
          >
            {countText(row.donor + 1)}
          </button>
        ),
    },
    ...shown.map(({ name, kind, c }): DataTableColumn<TableRow> => {
      const isNumeric = isNumericKind(kind) && kind !== 'datetime';
      return {
        id: `${c}`,
        header: (
          <HeadCell
            name={name}
            isDate={kind === 'datetime'}
            statistics={result?.statistics.find(({ column }) => column === name)}
          />
        ),
        width: 'minmax(104px, 1fr)',
        isNumeric,
        ...(isCarriedKind(kind) ? {} : { onSort: () => sortBy(name) }),
        sorted: filters.sort?.column === name ? (filters.sort.isDescending ? 'descending' : 'ascending') : null,
        cell: (row) => {
          const text = row.cells[c] ?? '';
          return (
            <span title={text} className={text === '' ? 'muted' : undefined}>
              {text === '' ? '·' : text}
            </span>
          );
        },
      };
    }),
  ];

  return (
    <div className="row-table">
      <div className="scatter-bar">
        <input
          className="input table-search"
          type="search"
          aria-label="Search in all cells"
          placeholder="Search all cells"
          value={filters.search}
          onChange={(event) => patch({ search: event.target.value })}
        />
        <RowFilter filters={filters.filters} onChange={(next) => patch({ filters: next })} />
        <button
          type="button"
          className="chip-toggle"
          aria-pressed={filters.onlyMarked}
          disabled={marks.length === 0 && !filters.onlyMarked}
          onClick={() => patch({ onlyMarked: !filters.onlyMarked })}
        >
          marked only
        </button>
        <button
          type="button"
          className="chip-toggle"
          aria-pressed={filters.onlyBroken}
          disabled={rules.length === 0 && !filters.onlyBroken}
          title={rules.length === 0 ? 'There are no rules yet' : 'Rows that break a rule'}
          onClick={() => patch({ onlyBroken: !filters.onlyBroken })}
        >
          breaks a rule
        </button>
        {filters !== everything && (
          <Button isSmall look="quiet" onClick={() => setFilters(everything)}>
            Show all
          </Button>
        )}
        <LayerBar countOf={countOf} />
      </div>
      {message !== null && <Notice level="error">{message}</Notice>}
      <div className="row-table-body" data-waiting={isWaiting}>
        <DataTable<TableRow>
          label="Rows of all layers"
          count={result?.rows ?? 0}
          headHeight={44}
          columns={columns}
          row={rowAt}
          selected={chosen}
          onRange={fetchRange}
          onSelect={(index) => {
            const row = rowAt(index);
            if (!row) return;
            setAt(index);
            onSelect({ layer: row.layer, row: row.row });
          }}
          empty={<p className="table-empty muted">{isWaiting ? 'Looking …' : 'No row passes these filters.'}</p>}
        />
      </div>
      <p className="scatter-notes">
        {result ? counted(result.rows, 'row') : '…'}
        {summary.columns.length > MOST_COLUMNS && `, the first ${MOST_COLUMNS} of ${summary.columns.length} columns`}.
        Under each name: mean ± standard deviation, or the most frequent level, of the rows listed.
      </p>
    </div>
  );
}

/** Whether an ascending list holds a row. */
function hasRow(rows: Int32Array, row: number): boolean {
  let low = 0;
  let high = rows.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (rows[middle] === row) return true;
    if (rows[middle]! < row) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}
