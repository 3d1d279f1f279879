interface MiniHistogramProps {
  /** Read by screen readers, such as "age: rare rows are older". */
  readonly label: string;
  /** Shares within class per bin. */
  readonly common: readonly number[];
  readonly rare: readonly number[];
  readonly synthetic?: readonly number[] | null;
  /** Rows that a person has marked, drawn as a solid shape in front. */
  readonly marked?: readonly number[] | null;
  /** Means known to be true, as shares of the width from the left; ticks at the foot, common short and rare tall. */
  readonly truth?: { readonly common: number | null; readonly rare: number } | null;
  /** Categories get separate marks; numbers get outlines. */
  readonly isCategorical: boolean;
  readonly width?: number;
  readonly height?: number;
}

/**
 * Common rows as bars, rare ones as a line (or dots over categories), synthetic ones as a dashed line (or diamonds). Without
 * common rows the marks of categories stand on stems.
 */
export function MiniHistogram(props: MiniHistogramProps) {
  const { label, common, rare, synthetic, marked, truth, isCategorical, width = 132, height = 28 } = props;
  const bins = Math.max(common.length, rare.length);
  if (bins === 0) return null;
  const top = Math.max(1e-9, ...common, ...rare, ...(synthetic ?? []), ...(marked ?? []));
  const binWidth = width / bins;
  const y = (share: number) => height - 1 - (share / top) * (height - 4);
  const steps = (shares: readonly number[]) =>
    shares.map((share, i) => `${i === 0 ? 'M' : 'L'}${i * binWidth},${y(share)}H${(i + 1) * binWidth}`).join('');
  const center = (i: number) => (i + 0.5) * binWidth;
  const gap = binWidth > 4 ? 1 : 0;
  return (
    <svg
      className="mini-histogram"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={label}
    >
      {common.map((share, i) => (
        <rect
          // biome-ignore lint/suspicious/noArrayIndexKey: a bin is its place
          key={i}
          className="bar-common"
          x={i * binWidth + gap / 2}
          width={Math.max(0.5, binWidth - gap)}
          y={y(share)}
          height={height - y(share)}
        />
      ))}
      {marked?.map((share, i) => (
        <rect
          // biome-ignore lint/suspicious/noArrayIndexKey: a bin is its place
          key={i}
          className="bar-marked"
          x={i * binWidth + gap / 2}
          width={Math.max(0.5, binWidth - gap)}
          y={y(share)}
          height={height - y(share)}
        />
      ))}
      {isCategorical ? (
        <>
          {common.length === 0 && (
            <path
              className="mark-stems"
              d={`M0,${height - 0.5}H${width}${rare
                .flatMap((share, i) => [
                  `M${center(i) - (synthetic ? 3 : 0)},${height}V${y(share)}`,
                  ...(synthetic ? [`M${center(i) + 3},${height}V${y(synthetic[i] ?? 0)}`] : []),
                ])
                .join('')}`}
            />
          )}
          {rare.map((share, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a bin is its place
            <circle key={i} className="mark-rare" cx={center(i) - (synthetic ? 3 : 0)} cy={y(share)} r={2.5} />
          ))}
          {synthetic?.map((share, i) => (
            <path
              // biome-ignore lint/suspicious/noArrayIndexKey: a bin is its place
              key={i}
              className="mark-synthetic"
              d={`M${center(i) + 3},${y(share) - 3.2}l3.2,3.2l-3.2,3.2l-3.2,-3.2Z`}
            />
          ))}
        </>
      ) : (
        <>
          <path className="line-rare" d={steps(rare)} />
          {synthetic && <path className="line-synthetic" d={steps(synthetic)} />}
        </>
      )}
      {truth && (
        <>
          {truth.common !== null && (
            <line
              className="truth-tick"
              x1={truth.common * width}
              x2={truth.common * width}
              y1={height}
              y2={height - 8}
            />
          )}
          <line className="truth-tick" x1={truth.rare * width} x2={truth.rare * width} y1={height} y2={0} />
        </>
      )}
    </svg>
  );
}
