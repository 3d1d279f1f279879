interface StrengthBarProps {
  /** In [0, 1], with the ends of its interval. */
  readonly effect: number;
  readonly low: number;
  readonly high: number;
}

/** A strength with its interval on a scale from 0 to 1. */
export function StrengthBar({ effect, low, high }: StrengthBarProps) {
  const at = (value: number) => `${Math.min(1, Math.max(0, value)) * 100}%`;
  return (
    <div
      className="strength"
      role="img"
      aria-label={`Strength ${effect.toFixed(2)} of 1, interval ${low.toFixed(2)} to ${high.toFixed(2)}`}
    >
      <div className="strength-interval" style={{ left: at(low), width: `calc(${at(high)} - ${at(low)})` }} />
      <div className="strength-value" style={{ left: at(effect) }} />
    </div>
  );
}
