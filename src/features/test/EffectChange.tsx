import type { StatementResult } from '../../engine/dependence/comparison';
import './test.css';

const WIDTH = 168;
const HEIGHT = 22;
const x = (effect: number) => 4 + Math.min(1, Math.max(0, effect)) * (WIDTH - 8);

/** Real (circle) and judged (diamond) effects with their intervals on [0, 1], the margin around the real one shaded. */
export function EffectChange({ result }: { readonly result: StatementResult }) {
  const { before, beforeInterval, after, afterInterval, margin } = result;
  return (
    <svg
      className="effect-change"
      width={WIDTH}
      height={HEIGHT}
      role="img"
      aria-label={`Before ${before.toFixed(2)}, after ${after.toFixed(2)}`}
    >
      <rect
        className="margin"
        x={x(before - margin)}
        width={x(before + margin) - x(before - margin)}
        y={1}
        height={HEIGHT - 2}
      />
      <line className="axis" x1={x(0)} x2={x(1)} y1={HEIGHT / 2} y2={HEIGHT / 2} />
      <line className="before" x1={x(beforeInterval.low)} x2={x(beforeInterval.high)} y1={7} y2={7} />
      <circle className="before" cx={x(before)} cy={7} r={3.5} />
      <line className="after" x1={x(afterInterval.low)} x2={x(afterInterval.high)} y1={15} y2={15} />
      <path className="after" d={`M${x(after)},11l4,4l-4,4l-4,-4z`} />
    </svg>
  );
}
