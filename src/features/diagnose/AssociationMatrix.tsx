import { type KeyboardEvent, useMemo } from 'react';
import { SURE } from '../../engine/diagnosis/diagnosis';
import { classes } from '../../ui/classes';
import type { Diagnosis } from '../../worker/api';
import { signed } from './texts';

type Pair = Diagnosis['network']['pairs'][number];
export type Shown = 'rare' | 'common' | 'difference';

interface AssociationMatrixProps {
  readonly columns: readonly string[];
  /** Surest first. */
  readonly pairs: readonly Pair[];
  readonly shown: Shown;
  readonly chosen: Pair | null;
  onChoose(pair: Pair): void;
}

const labelWidth = 96;
const largestCell = 26;
/** Room for the first slanted name. */
const topRoom = 26;

/** Half of a square: a cell a pair, its shade the strength, a sign for the direction, a ring where the classes surely differ. */
export function AssociationMatrix({ columns, pairs, shown, chosen, onChoose }: AssociationMatrixProps) {
  const cell = Math.max(9, Math.min(largestCell, Math.floor(330 / Math.max(1, columns.length))));
  const place = useMemo(() => new Map(columns.map((name, i) => [name, i])), [columns]);
  const cells = useMemo(
    () =>
      pairs.flatMap((pair) => {
        const [i, j] = [place.get(pair.a), place.get(pair.b)];
        return i === undefined || j === undefined ? [] : [{ pair, row: Math.max(i, j), column: Math.min(i, j) }];
      }),
    [pairs, place],
  );
  const size = cell * columns.length;
  const move = (event: KeyboardEvent) => {
    const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    if (!step || cells.length === 0) return;
    event.preventDefault();
    const now = cells.find(({ pair }) => pair === chosen) ?? { row: 0, column: 0 };
    const next = cells.find(({ row, column }) => row === now.row + step[0]! && column === now.column + step[1]!);
    onChoose((next ?? cells.find(({ pair }) => pair === chosen) ?? cells[0]!).pair);
  };
  const sure = pairs.slice(0, 5).filter(({ pValue }) => pValue < SURE);
  return (
    <svg
      className="association-matrix"
      width={labelWidth + size + 12}
      height={size + topRoom + 6}
      role="img"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
      tabIndex={0}
      onKeyDown={move}
      aria-label={`Associations of ${columns.length} columns, ${shown === 'difference' ? 'rare less common rows' : `${shown} rows`}. ${sure.length > 0 ? `Surely different: ${sure.map(({ a, b }) => `${a} and ${b}`).join('; ')}.` : 'None surely different.'} Arrow keys choose a pair.`}
    >
      {columns.map((name, i) => (
        <text
          key={name}
          className="matrix-label"
          x={labelWidth - 4}
          y={topRoom + i * cell + cell / 2 + (cell < 12 ? 3 : 4)}
          textAnchor="end"
          style={cell < 12 ? { fontSize: cell } : undefined}
        >
          <title>{name}</title>
          {name.length > 14 ? `${name.slice(0, 13)}…` : name}
        </text>
      ))}
      {cells.map(({ pair, row, column }) => {
        const value = pair[shown];
        const [x, y] = [labelWidth + column * cell, topRoom + row * cell];
        return (
          // biome-ignore lint/a11y/noStaticElementInteractions: the matrix is one control that answers to arrow keys
          <g key={`${row} ${column}`} onClick={() => onChoose(pair)} className="matrix-cell">
            <title>{`${pair.a} and ${pair.b}: ${signed(value)}`}</title>
            <rect
              x={x + 0.5}
              y={y + 0.5}
              width={cell - 1}
              height={cell - 1}
              className={classes(value < 0 ? 'matrix-negative' : 'matrix-positive', pair === chosen && 'matrix-chosen')}
              style={{ fillOpacity: Math.min(1, Math.abs(value)) }}
            />
            {Math.abs(value) >= 0.15 && cell >= 14 && (
              <text className="matrix-sign" x={x + cell / 2} y={y + cell / 2 + 4} textAnchor="middle">
                {value < 0 ? '−' : '+'}
              </text>
            )}
            {pair.pValue < SURE && (
              <rect className="matrix-sure" x={x + 1.5} y={y + 1.5} width={cell - 3} height={cell - 3} />
            )}
          </g>
        );
      })}
      {columns.map((name, i) => (
        <text
          key={name}
          className="matrix-label"
          transform={`translate(${labelWidth + i * cell + cell / 2 + 3}, ${topRoom + (i + 1) * cell - 4}) rotate(-50)`}
        >
          {i < columns.length - 1 && cell >= 14 ? (name.length > 10 ? `${name.slice(0, 9)}…` : name) : ''}
        </text>
      ))}
    </svg>
  );
}
