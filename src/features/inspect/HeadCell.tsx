import { countText, percentText, shortNumber } from '../../ui/numbers';
import type { ColumnStatistics } from '../../worker/inspectApi';

interface HeadCellProps {
  readonly name: string;
  readonly isDate: boolean;
  readonly statistics: ColumnStatistics | undefined;
}

const DAY_MS = 86_400_000;

/** A column's name over what its cells are like: mean and spread, or the commonest level, and how many are missing. */
export function HeadCell({ name, isDate, statistics }: HeadCellProps) {
  const place = (value: number) => (isDate ? new Date(value).toISOString().slice(0, 10) : shortNumber(value));
  const spread = (value: number) => (isDate ? `${countText(Math.round(value / DAY_MS))} days` : shortNumber(value));
  const text = statistics?.numbers
    ? `${place(statistics.numbers.mean)} ± ${spread(statistics.numbers.deviation)}`
    : statistics?.top
      ? `${statistics.top.level} ${percentText(statistics.top.share)}`
      : '';
  const missing =
    statistics && statistics.missing > 0 ? `${text === '' ? '' : ', '}${countText(statistics.missing)} missing` : '';
  const range = statistics?.numbers ? `, ${place(statistics.numbers.min)} to ${place(statistics.numbers.max)}` : '';
  return (
    <span className="table-head-cell" title={`${name}: ${text}${range}${missing}`}>
      <span className="truncate">{name}</span>
      <small className="truncate muted">{`${text}${missing}`}</small>
    </span>
  );
}
