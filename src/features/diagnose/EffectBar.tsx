interface EffectBarProps {
  /** In [0, 1]. */
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** Known to be true; null where it is not known. */
  readonly truth?: number | null;
}

const length = 80;

/** A strength from 0 to 1 as a bar with its interval as a whisker, and in figures. */
export function EffectBar({ value, low, high, truth = null }: EffectBarProps) {
  const words = `${value.toFixed(2)}, 95 % interval ${low.toFixed(2)} to ${high.toFixed(2)}${truth === null ? '' : `; truth ${truth.toFixed(2)}`}`;
  return (
    <span className="effect-bar" title={words}>
      <svg width={length} height={14} role="img" aria-label={words}>
        <rect className="effect-track" x={0} y={4} width={length} height={6} rx={3} />
        <rect className="effect-fill" x={0} y={4} width={length * value} height={6} rx={3} />
        <path className="effect-whisker" d={`M${length * low},7H${length * Math.min(1, high)}`} />
        {truth !== null && <path className="truth-tick" d={`M${length * Math.min(1, truth)},0V14`} />}
      </svg>
      <span className="number">{value.toFixed(2)}</span>
    </span>
  );
}
