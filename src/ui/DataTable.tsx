// biome-ignore-all lint/a11y/useSemanticElements: a <table> cannot be laid out row by row
// biome-ignore-all lint/a11y/useFocusableInteractive: the frame is focused and moves the selection for its rows
import type { ReactNode } from 'react';
import { classes } from './classes';
import { useRowWindow } from './useRowWindow';
import { useSize } from './useSize';

export interface DataTableColumn<Row> {
  readonly id: string;
  readonly header: ReactNode;
  /** A CSS grid track, such as "120px" or "minmax(80px, 1fr)". */
  readonly width: string;
  readonly isNumeric?: boolean;
  cell(row: Row, index: number): ReactNode;
  /** Where given, the header is a button. */
  onSort?(): void;
  readonly sorted?: 'ascending' | 'descending' | null;
}

interface DataTableProps<Row> {
  readonly label: string;
  readonly columns: readonly DataTableColumn<Row>[];
  readonly count: number;
  /** Null while a row is still being fetched. */
  row(index: number): Row | null;
  readonly rowHeight?: number;
  /** Of the head, where it says more than names. */
  readonly headHeight?: number;
  readonly height?: number | string;
  readonly selected?: number | null;
  onSelect?(index: number): void;
  /** Told which rows are in view, so that they can be fetched. */
  onRange?(from: number, to: number): void;
  readonly empty?: ReactNode;
}

/** A table of which only the rows in view exist; a million rows scroll like ten. Arrow keys move the selection. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, columns, count, row, rowHeight = 28, headHeight = rowHeight, height = '100%' } = props;
  const { selected, onSelect, onRange, empty } = props;
  const { ref: frame, height: frameHeight } = useSize<HTMLDivElement>();
  const view = Math.max(rowHeight, frameHeight - headHeight);
  const rows = useRowWindow(frame, { count, rowHeight, view }, onRange);
  const tracks = columns.map(({ width }) => width).join(' ');
  const move = (to: number) => {
    const next = Math.min(count - 1, Math.max(0, to));
    onSelect?.(next);
    rows.show(next);
  };
  const keys: Record<string, () => void> = {
    ...(onSelect && { ArrowDown: () => move((selected ?? -1) + 1), ArrowUp: () => move((selected ?? 1) - 1) }),
    PageDown: () => rows.moveBy(view),
    PageUp: () => rows.moveBy(-view),
    Home: () => rows.show(0),
    End: () => rows.show(count - 1),
  };
  return (
    <div
      ref={frame}
      className="table-frame"
      style={{ height }}
      role="table"
      aria-label={label}
      aria-rowcount={count + 1}
      aria-colcount={columns.length}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      onKeyDown={(event) => {
        const act = event.target === event.currentTarget ? keys[event.key] : undefined;
        if (!act) return;
        act();
        event.preventDefault();
      }}
    >
      <div className="table-grid" style={{ height: rows.height + headHeight }}>
        <div role="rowgroup" className="table-head">
          <div
            role="row"
            aria-rowindex={1}
            className="table-row"
            style={{ gridTemplateColumns: tracks, height: headHeight }}
          >
            {columns.map((column) => (
              <div
                key={column.id}
                role="columnheader"
                aria-sort={column.onSort ? (column.sorted ?? 'none') : undefined}
                className={classes('table-cell', column.isNumeric && 'table-cell-end')}
              >
                {column.onSort ? (
                  <button type="button" className="table-sort" onClick={() => column.onSort?.()}>
                    {column.header} {column.sorted === 'ascending' ? '↑' : column.sorted === 'descending' ? '↓' : ''}
                  </button>
                ) : (
                  column.header
                )}
              </div>
            ))}
          </div>
        </div>
        <div role="rowgroup">
          {Array.from({ length: Math.max(0, rows.to - rows.from) }, (_, i) => rows.from + i).map((index) => {
            const data = row(index);
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the frame moves the selection by keyboard
              <div
                key={index}
                role="row"
                aria-rowindex={index + 2}
                aria-selected={onSelect ? index === selected : undefined}
                data-clickable={onSelect !== undefined}
                className="table-row"
                style={{
                  position: 'absolute',
                  top: 0,
                  left: 0,
                  width: '100%',
                  height: rowHeight,
                  gridTemplateColumns: tracks,
                  transform: `translateY(${rows.placeOf(index) + headHeight}px)`,
                }}
                onClick={() => onSelect?.(index)}
              >
                {columns.map((column) => (
                  <div
                    key={column.id}
                    role="cell"
                    className={classes('table-cell', column.isNumeric && 'table-cell-end')}
                  >
                    {data === null ? '' : column.cell(data, index)}
                  </div>
                ))}
              </div>
            );
          })}
        </div>
      </div>
      {count === 0 && empty}
    </div>
  );
}
