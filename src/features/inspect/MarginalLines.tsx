import type { PlotMargin } from '../../ui/PlotFrame';
import type { Marginal } from './plot/plotScene';

interface MarginalLinesProps {
  readonly marginals: readonly Marginal[];
  readonly margin: PlotMargin;
  /** Size of the plotting area. */
  readonly width: number;
  readonly height: number;
}

/** Pixels that the tallest bar takes. */
const TALL = 34;
const GAP = 5;

/** How the points in view are spread along each axis, one line a layer, as shares within the layer. */
export function MarginalLines({ marginals, margin, width, height }: MarginalLinesProps) {
  const top = (side: 'x' | 'y') => Math.max(1e-9, ...marginals.flatMap((one) => one[side]));
  const [topX, topY] = [top('x'), top('y')];
  return (
    <g className="marginals" aria-hidden>
      {marginals.map(({ layer, x, y }) => (
        <g key={layer} className={`stroke-${layer}`}>
          <path
            d={x
              .map((share, i) => {
                const level = margin.top - GAP - (share / topX) * TALL;
                return `${i === 0 ? 'M' : 'L'}${margin.left + (i * width) / x.length},${level}H${margin.left + ((i + 1) * width) / x.length}`;
              })
              .join('')}
          />
          <path
            d={y
              .map((share, i) => {
                const level = margin.left + width + GAP + (share / topY) * TALL;
                const at = (k: number) => margin.top + height - (k * height) / y.length;
                return `${i === 0 ? 'M' : 'L'}${level},${at(i)}V${at(i + 1)}`;
              })
              .join('')}
          />
        </g>
      ))}
    </g>
  );
}
