import { scaleLinear, scaleLog, scaleUtc } from 'd3-scale';
import type { ScatterAxis } from '../../../worker/inspectApi';

const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 4 });

/** The value that a position on an axis stands for. */
const valueOnAxis = ({ isLog, origin }: ScatterAxis, position: number): number =>
  isLog ? 10 ** (position + origin) : position + origin;

/**
 * A scale with the labels that belong to its kind of column: names of levels, dates, numbers.
 * @param low, high Positions at the ends.
 * @param perTick Pixels from one tick to the next; the number of decimals in the labels follows from it.
 */
export function axisProps(axis: ScatterAxis, low: number, high: number, from: number, to: number, perTick: number) {
  const ticks = Math.max(2, Math.floor(Math.abs(to - from) / perTick));
  const label = axis.isLog ? `${axis.column} (log scale)` : axis.column;
  const domain = [valueOnAxis(axis, low), valueOnAxis(axis, high)];
  if (axis.kind === 'datetime') {
    const scale = scaleUtc(domain, [from, to]);
    const format = scale.tickFormat(ticks);
    return { scale, label, ticks, format: (value: number | Date) => format(new Date(value)) };
  }
  if (axis.isLog) {
    const scale = scaleLog(domain, [from, to]);
    const format = scale.tickFormat(ticks);
    return { scale, label, ticks, format: (value: number | Date) => format(Number(value)) };
  }
  const scale = scaleLinear(domain, [from, to]);
  const { levels } = axis;
  if (levels)
    return {
      scale,
      label,
      ticks,
      format: (value: number | Date) => {
        const name = Number.isInteger(Number(value)) ? (levels[Number(value)] ?? '') : '';
        return name.length > 9 ? `${name.slice(0, 8)}…` : name;
      },
    };
  const format = scale.tickFormat(ticks);
  // Long numbers are written short (1.2M), since the margin has room for seven characters.
  const isLong = Math.max(Math.abs(domain[0]!), Math.abs(domain[1]!)) >= 1e5;
  return {
    scale,
    label,
    ticks,
    format: (value: number | Date) => (isLong ? compact.format(Number(value)) : format(Number(value))),
  };
}
