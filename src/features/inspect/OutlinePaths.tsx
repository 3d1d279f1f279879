import { useId } from 'react';
import type { PlotMargin } from '../../ui/PlotFrame';
import type { DensityOutline } from './plot/densityOutlines';
import type { View } from './plot/view';

interface OutlinePathsProps {
  readonly outlines: readonly DensityOutline[];
  readonly full: View;
  readonly view: View;
  readonly margin: PlotMargin;
  /** Size of the plotting area. */
  readonly width: number;
  readonly height: number;
}

/** Where the densest half and nine tenths of each layer lie; the half is drawn stronger. */
export function OutlinePaths({ outlines, full, view, margin, width, height }: OutlinePathsProps) {
  const clip = useId();
  const perX = width / (view.x1 - view.x0);
  const perY = height / (view.y1 - view.y0);
  // From shares of the full view to pixels of the present one.
  const matrix = [
    (full.x1 - full.x0) * perX,
    0,
    0,
    -(full.y1 - full.y0) * perY,
    margin.left + (full.x0 - view.x0) * perX,
    margin.top + (view.y1 - full.y0) * perY,
  ];
  return (
    <g className="outlines" clipPath={`url(#${clip})`} aria-hidden>
      <clipPath id={clip}>
        <rect x={margin.left} y={margin.top} width={width} height={height} />
      </clipPath>
      {outlines.map(({ layer, share, path }) => (
        <path
          key={`${layer} ${share}`}
          className={`stroke-${layer}`}
          data-share={share}
          d={path}
          transform={`matrix(${matrix.join(' ')})`}
        />
      ))}
    </g>
  );
}
