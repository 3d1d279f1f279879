import { scaleBand, scaleLinear } from 'd3-scale';
import { useState } from 'react';
import { countText, shortNumber } from '../../ui/numbers';
import { PlotFrame, plotMargin } from '../../ui/PlotFrame';
import { useSize } from '../../ui/useSize';
import type { PlaneRegions } from '../../worker/inspectApi';

interface PlaneCellsProps {
  readonly regions: PlaneRegions;
  readonly label: string;
  /** A cell was pressed; column from the left, row from the bottom. */
  onPress(column: number, row: number): void;
}

/** The plane in cells: with real rare and synthetic rows, with synthetic ones only, with real rare ones only. */
export function PlaneCells({ regions, label, onPress }: PlaneCellsProps) {
  const { ref, width, height } = useSize<HTMLDivElement>();
  const [at, setAt] = useState<number | null>(null);
  const { x, y, rare, made, common } = regions;
  const across = scaleBand<number>(
    Array.from({ length: x.count }, (_, i) => i),
    [plotMargin.left, Math.max(plotMargin.left + 1, width - plotMargin.right)],
  );
  const up = scaleBand<number>(
    Array.from({ length: y.count }, (_, i) => i),
    [Math.max(plotMargin.top + 1, height - plotMargin.bottom), plotMargin.top],
  );
  const most = Math.max(1, ...made);
  const kindOf = (cell: number) =>
    made[cell]! > 0 ? (rare[cell]! > 0 ? 'both' : 'empty') : rare[cell]! > 0 ? 'uncovered' : 'none';
  const words = (cell: number) =>
    `${placeText(x, cell % x.count)}, ${placeText(y, Math.floor(cell / x.count))}: ${countText(made[cell]!)} synthetic, ${countText(rare[cell]!)} real rare, ${countText(common[cell]!)} real common`;
  const filled = Array.from(made.keys()).filter((cell) => kindOf(cell) !== 'none');
  const step = (by: number) => {
    if (filled.length === 0) return;
    const now = at === null ? -1 : filled.indexOf(at);
    setAt(filled[(now + by + filled.length) % filled.length]!);
  };
  return (
    <div
      ref={ref}
      className="scatter plane-cells"
      role="application"
      aria-roledescription="cells of a plane"
      aria-label={`${label} Arrows step through the filled cells, Enter marks the rows of one.`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: cells are walked through by keyboard
      tabIndex={0}
      onKeyDown={(event) => {
        if (event.key === 'ArrowRight' || event.key === 'ArrowUp') step(1);
        else if (event.key === 'ArrowLeft' || event.key === 'ArrowDown') step(-1);
        else if (event.key === 'Enter' && at !== null) onPress(at % x.count, Math.floor(at / x.count));
        else return;
        event.preventDefault();
      }}
    >
      {width > 0 && x.count > 0 && y.count > 0 && (
        <PlotFrame
          label={label}
          width={width}
          height={height}
          x={{ ...axisOf(x, across), label: x.column }}
          y={{ ...axisOf(y, up), label: y.column }}
        >
          {made.map((rows, cell) => {
            const kind = kindOf(cell);
            if (kind === 'none') return null;
            return (
              // biome-ignore lint/a11y/noStaticElementInteractions: the frame steps through cells by keyboard
              <rect
                // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place
                key={cell}
                className={`cell cell-${kind}`}
                x={across(cell % x.count)! + 0.5}
                y={up(Math.floor(cell / x.count))! + 0.5}
                width={Math.max(1, across.bandwidth() - 1)}
                height={Math.max(1, up.bandwidth() - 1)}
                fillOpacity={kind === 'uncovered' ? 0 : 0.25 + 0.75 * Math.sqrt(rows / most)}
                onClick={() => onPress(cell % x.count, Math.floor(cell / x.count))}
                onPointerEnter={() => setAt(cell)}
              >
                <title>{words(cell)}</title>
              </rect>
            );
          })}
          {at !== null && (
            <rect
              className="cell-at"
              x={across(at % x.count)!}
              y={up(Math.floor(at / x.count))!}
              width={across.bandwidth()}
              height={up.bandwidth()}
            />
          )}
        </PlotFrame>
      )}
      <p className="visually-hidden" aria-live="polite">
        {at === null ? '' : words(at)}
      </p>
    </div>
  );
}

type Cells = PlaneRegions['x'];

const placeText = ({ column, levels, edges }: Cells, at: number): string =>
  levels.length > 0
    ? `${column} = ${levels[at]}`
    : `${column} ${shortNumber(edges[at]!)} to ${shortNumber(edges[at + 1]!)}`;

/** Levels stand in the middle of their cells, numbers at the borders of theirs. */
function axisOf(cells: Cells, bands: ReturnType<typeof scaleBand<number>>) {
  if (cells.levels.length > 0)
    return {
      scale: bands,
      format: (code: number) => {
        const name = cells.levels[code] ?? '';
        return name.length > 9 ? `${name.slice(0, 8)}…` : name;
      },
    };
  const scale = scaleLinear([cells.edges[0]!, cells.edges.at(-1)!], bands.range());
  return { scale: scale as unknown as typeof bands, format: (value: number) => shortNumber(value) };
}
