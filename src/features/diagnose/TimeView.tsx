import { scaleLinear } from 'd3-scale';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { PlotFrame, plotMargin } from '../../ui/PlotFrame';
import { useSize } from '../../ui/useSize';
import type { Diagnosis } from '../../worker/api';
import { percent, pText } from './texts';

const height = 240;
const mostDrifts = 8;

/** The share of rare rows period by period, where it changes, and which columns of rare rows moved. */
export function TimeView({ time }: { readonly time: Diagnosis['time'] }) {
  const store = useStudioStore();
  const { ref, width: room } = useSize<HTMLDivElement>();
  const truth = useStudio((s) => s.truth?.prevalence.value ?? null);
  if (!time)
    return (
      <EmptyState
        text="No column says when: name the one that orders the rows in time, such as a date, on the Data stage."
        action={<Button onClick={() => store.getState().goTo('data')}>Name the time column</Button>}
      />
    );
  const { periods, changes, drift, column, datePattern, untimed } = time;
  const when = (value: number) =>
    datePattern === null ? String(Number(value.toPrecision(6))) : new Date(value).toISOString().slice(0, 10);
  const width = Math.max(320, room);
  const x = scaleLinear([periods[0]!.from, periods.at(-1)!.to], [plotMargin.left, width - plotMargin.right]);
  const top = Math.max(truth ?? 0, ...periods.map(({ interval }) => interval.high));
  const y = scaleLinear([0, top * 1.05], [height - plotMargin.bottom, plotMargin.top]);
  return (
    <section className="diagnose-view" aria-label="The rare class over time" ref={ref}>
      <PlotFrame
        label={`Share of rare rows over ${column} in ${periods.length} periods, from ${percent(periods[0]!.share)} to ${percent(periods.at(-1)!.share)}. ${changes.length === 0 ? 'No change beyond chance.' : changes.map((one) => `Changes at ${when(one.at)} from ${percent(one.before)} to ${percent(one.after)}.`).join(' ')}`}
        width={width}
        height={height}
        x={{
          scale: x,
          label: column,
          ticks: Math.max(3, Math.floor(width / 140)),
          format: (value) => when(Number(value)),
        }}
        y={{ scale: y, label: 'Rare rows', ticks: 5, format: (value) => percent(Number(value)) }}
      >
        {periods.map(({ from, to, share, interval, rows, rareRows }) => (
          <g key={from}>
            <title>{`${when(from)} to ${when(to)}: ${rareRows} of ${rows} rows, ${percent(share)} (${percent(interval.low)} to ${percent(interval.high)})`}</title>
            <rect
              className="period-band"
              x={x(from)}
              width={Math.max(1, x(to) - x(from))}
              y={y(interval.high)}
              height={Math.max(1, y(interval.low) - y(interval.high))}
            />
            <path className="period-share" d={`M${x(from)},${y(share)}H${Math.max(x(from) + 2, x(to))}`} />
          </g>
        ))}
        {truth !== null && (
          <g>
            <title>{`Truth of the simulated world: ${percent(truth)}`}</title>
            <line
              className="truth-tick"
              x1={plotMargin.left}
              x2={width - plotMargin.right}
              y1={y(truth)}
              y2={y(truth)}
            />
          </g>
        )}
        {changes.map(({ at, before, after, pValue }) => (
          <g key={at}>
            <title>{`${when(at)}: ${percent(before)} before, ${percent(after)} after, p ${pText(pValue)}`}</title>
            <path className="change-point" d={`M${x(at)},${plotMargin.top}V${height - plotMargin.bottom}`} />
          </g>
        ))}
      </PlotFrame>
      <p>
        {changes.length === 0
          ? 'The share of rare rows does not change beyond chance.'
          : changes
              .map(
                (one) =>
                  `At ${when(one.at)} the share goes from ${percent(one.before)} to ${percent(one.after)} (p ${pText(one.pValue)}).`,
              )
              .join(' ')}
        {truth !== null && ` In the simulated world it is ${percent(truth)} throughout (the line).`}
        {untimed > 0 && ` ${untimed.toLocaleString('en')} rows have no time and are left out.`}
      </p>
      {drift.length > 0 && (
        <table className="plain-table">
          <caption>Rare rows, earlier against later half: columns that moved most</caption>
          <thead>
            <tr>
              <th scope="col">Column</th>
              <th scope="col">Distance (KS, total variation)</th>
              <th scope="col">Stability index (PSI)</th>
              <th scope="col">Jensen-Shannon, bits</th>
            </tr>
          </thead>
          <tbody>
            {drift.slice(0, mostDrifts).map((one) => (
              <tr key={one.column}>
                <td>{one.column}</td>
                <td className="number">{one.distance.toFixed(2)}</td>
                <td className="number">{one.psi.toFixed(2)}</td>
                <td className="number">{one.jensenShannon.toFixed(3)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
