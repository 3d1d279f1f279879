import type { StatementResult } from '../../engine/dependence/comparison';
import { type StatementTruth, truthPlace, truthText } from './statementTruth';

const HEIGHT = 30;
const PAD = 5;

interface EffectChangeProps {
  readonly result: StatementResult;
  /** Whose rows the second mark stands for: it keeps the colour and shape it has in the plots. */
  readonly layer: 'synthetic' | 'comparison';
  /** Truth of a demo's world: a mark where its effect is known. */
  readonly truth?: StatementTruth | null;
  readonly width?: number;
}

/** Real rows (disc) above, judged rows (diamond or cross) below, each with its interval, on [0, 1]; the margin is shaded. */
export function EffectChange({ result, layer, truth = null, width = 170 }: EffectChangeProps) {
  const { before, beforeInterval, after, afterInterval, margin } = result;
  const place = truth && truthPlace(truth, result.signedBefore);
  const said = truth ? `; truth: ${truthText(truth)}` : '';
  const x = (effect: number) => PAD + Math.min(1, Math.max(0, effect)) * (width - 2 * PAD);
  return (
    <svg
      className={`effect-change effect-${layer}`}
      width={width}
      height={HEIGHT}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      role="img"
      aria-label={`Real ${valueText(before, beforeInterval)}, synthetic ${valueText(after, afterInterval)}${said}`}
    >
      <title>{`Real rows ${valueText(before, beforeInterval)}\nSynthetic rows ${valueText(after, afterInterval)}\nMargin ${margin}${truth ? `\nTruth of the simulated world: ${truthText(truth)}` : ''}`}</title>
      <rect
        className="margin"
        x={x(before - margin)}
        width={x(before + margin) - x(before - margin)}
        y={2}
        height={HEIGHT - 4}
      />
      <line className="axis" x1={x(0)} x2={x(1)} y1={HEIGHT / 2} y2={HEIGHT / 2} />
      <line className="tick" x1={x(0)} x2={x(0)} y1={HEIGHT / 2 - 3} y2={HEIGHT / 2 + 3} />
      <line className="tick" x1={x(1)} x2={x(1)} y1={HEIGHT / 2 - 3} y2={HEIGHT / 2 + 3} />
      {place !== null && <line className="truth-tick" x1={x(place)} x2={x(place)} y1={1} y2={HEIGHT - 1} />}
      <line className="before" x1={x(beforeInterval.low)} x2={x(beforeInterval.high)} y1={9} y2={9} />
      <circle className="before-mark" cx={x(before)} cy={9} r={3.5} />
      <line className="after" x1={x(afterInterval.low)} x2={x(afterInterval.high)} y1={21} y2={21} />
      {layer === 'synthetic' ? (
        <path className="after-mark" d={`M${x(after)},17l4,4l-4,4l-4,-4z`} />
      ) : (
        <path className="after-cross" d={`M${x(after) - 3.5},17.5l7,7m0,-7l-7,7`} />
      )}
    </svg>
  );
}

export const valueText = (value: number, { low, high }: { readonly low: number; readonly high: number }): string =>
  `${value.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`;
