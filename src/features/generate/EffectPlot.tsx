import type { EffectShape } from '../../engine/mechanisms/effects';
import { percentText, shortNumber } from '../../ui/numbers';

const WIDTH = 220;
const HEIGHT = 120;
const margin = { top: 8, right: 8, bottom: 18, left: 40 };
const LINES = [
  'var(--data-rare)',
  'var(--data-synthetic)',
  'var(--data-other)',
  'var(--data-comparison)',
  'var(--data-rejected)',
  'var(--data-common)',
];

interface EffectPlotProps {
  readonly child: string;
  readonly effect: EffectShape;
  /** The same effect in the world a demo was simulated from; null where it is not known. */
  readonly truth?: EffectShape | null;
  /** Ends of the upright axis, the same for all parents of a child so that effects can be compared. */
  readonly range: readonly [number, number];
}

/** Ends of the axis on which all effects on one child fit. */
export function effectRange(effects: readonly EffectShape[]): readonly [number, number] {
  const shares = effects.flatMap(({ shares: all }) => (all && all.length === 2 ? all.slice(1) : (all ?? [])));
  if (shares.length > 0) return [0, Math.max(...shares.flatMap(({ at }) => at))];
  return [Math.min(...effects.flatMap(({ low }) => low)), Math.max(...effects.flatMap(({ high }) => high))];
}

/** How the child depends on one parent: its centre with the middle 80 % of its values, or each level's probability. */
export function EffectPlot({ child, effect, truth = null, range: [bottom, top] }: EffectPlotProps) {
  const { parent, at, places, low, centre, high, shares } = effect;
  const reach = top > bottom ? top - bottom : 1;
  const first = at[0] ?? 0;
  const width = (at[at.length - 1] ?? 0) - first || 1;
  const inner = { width: WIDTH - margin.left - margin.right, height: HEIGHT - margin.top - margin.bottom };
  // Categories are spaced evenly, numbers by their value.
  const x = (k: number) =>
    margin.left + (places ? ((k + 0.5) / at.length) * inner.width : ((at[k]! - first) / width) * inner.width);
  const y = (v: number) => margin.top + (1 - (v - bottom) / reach) * inner.height;
  const path = (values: readonly number[]) => values.map((v, k) => `${k === 0 ? 'M' : 'L'}${x(k)},${y(v)}`).join('');
  // Two levels say the same thing twice: the last one is enough.
  const lines = shares && (shares.length === 2 ? shares.slice(1) : shares);
  const known = truth ? trueLines(effect, truth) : [];
  const shown = shares ? percentText : shortNumber;
  return (
    <figure className="effect-plot">
      <figcaption title={parent}>
        {parent} <span className="muted">→ {lines?.length === 1 ? `${child} = ${lines[0]!.level}` : child}</span>
      </figcaption>
      <svg
        width={WIDTH}
        height={HEIGHT}
        role="img"
        aria-label={`${spoken(child, effect, shown)}${truth ? ` Truth: ${spoken(child, truth, shown)}` : ''}`}
      >
        <line className="effect-axis" x1={margin.left} x2={WIDTH - margin.right} y1={y(bottom)} y2={y(bottom)} />
        <text className="effect-tick" x={margin.left - 4} y={y(top) + 4} textAnchor="end">
          {shown(top)}
        </text>
        <text className="effect-tick" x={margin.left - 4} y={y(bottom)} textAnchor="end">
          {shown(bottom)}
        </text>
        {places ? (
          places.map((place, k) =>
            // Beyond a few levels their names would run into each other; the sentence for screen readers has them all.
            places.length <= 6 ? (
              <text key={place} className="effect-tick" x={x(k)} y={HEIGHT - 4} textAnchor="middle">
                {place.length > 36 / places.length
                  ? `${place.slice(0, Math.max(2, Math.floor(36 / places.length) - 1))}…`
                  : place}
              </text>
            ) : null,
          )
        ) : (
          <>
            <text className="effect-tick" x={margin.left} y={HEIGHT - 4}>
              {shortNumber(first)}
            </text>
            <text className="effect-tick" x={WIDTH - margin.right} y={HEIGHT - 4} textAnchor="end">
              {shortNumber(first + width)}
            </text>
          </>
        )}
        {lines ? (
          lines.map(({ level, at: values }, k) =>
            places ? (
              values.map((v, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a place is its index
                <circle key={`${level} ${place}`} cx={x(place)} cy={y(v)} r={3} fill={LINES[k]}>
                  <title>{`${places[place]}: ${level} ${shown(v)}`}</title>
                </circle>
              ))
            ) : (
              <path key={level} d={path(values)} fill="none" stroke={LINES[k]} strokeWidth={1.75}>
                <title>{level}</title>
              </path>
            ),
          )
        ) : places ? (
          at.map((code, k) => (
            <g key={code}>
              <line className="effect-range" x1={x(k)} x2={x(k)} y1={y(low[k]!)} y2={y(high[k]!)} />
              <circle cx={x(k)} cy={y(centre[k]!)} r={3} fill={LINES[0]}>
                <title>{`${places[k]}: ${shown(centre[k]!)}`}</title>
              </circle>
            </g>
          ))
        ) : (
          <>
            <path
              className="effect-band"
              d={`${path(high)}${[...low].map((_, k) => `L${x(low.length - 1 - k)},${y(low[low.length - 1 - k]!)}`).join('')}Z`}
            />
            <path d={path(centre)} fill="none" stroke={LINES[0]} strokeWidth={1.75} />
          </>
        )}
        {known.map(({ name, places: own, at: values }) =>
          places ? (
            <path
              key={name}
              className="truth-tick"
              d={own.map((place, k) => `M${x(place) - 7},${y(values[k]!)}h14`).join('')}
            />
          ) : (
            <path
              key={name}
              className="truth-tick is-line"
              d={own
                .map((value, k) => {
                  const across = margin.left + ((value - first) / width) * inner.width;
                  return `${k === 0 ? 'M' : 'L'}${across},${y(values[k]!)}`;
                })
                .join('')}
            />
          ),
        )}
      </svg>
      {lines && lines.length > 1 && (
        <ul className="effect-legend">
          {lines.map(({ level }, k) => (
            <li key={level} title={level}>
              <span style={{ background: LINES[k] }} />
              {level}
            </li>
          ))}
        </ul>
      )}
    </figure>
  );
}

/** The lines that are drawn, as they truly run: over values of a number, or over places of the drawn levels of a category. */
function trueLines(
  { places, shares }: EffectShape,
  truth: EffectShape,
): readonly { readonly name: string; readonly places: readonly number[]; readonly at: readonly number[] }[] {
  const own = places ? truth.places!.map((place) => places.indexOf(place)) : truth.at;
  const kept = [...own.keys()].filter((k) => !places || own[k]! >= 0);
  const line = (name: string, at: readonly number[]) => ({
    name,
    places: kept.map((k) => own[k]!),
    at: kept.map((k) => at[k]!),
  });
  if (!shares) return [line('', truth.centre)];
  const drawn = shares.length === 2 ? shares.slice(1) : shares;
  return drawn.flatMap(({ level }) => {
    const found = truth.shares?.find((one) => one.level === level);
    return found ? [line(level, found.at)] : [];
  });
}

function spoken(
  child: string,
  { parent, at, places, centre, shares }: EffectShape,
  shown: (v: number) => string,
): string {
  const name = (k: number) => places?.[k] ?? shortNumber(at[k]!);
  const ends = at.length > 1 ? [0, at.length - 1] : [0];
  if (!shares)
    return `${child} by ${parent}: ${ends.map((k) => `about ${shown(centre[k]!)} at ${name(k)}`).join(', ')}.`;
  const last = shares[shares.length - 1]!;
  return `${child} by ${parent}: ${last.level} ${ends.map((k) => `${shown(last.at[k]!)} at ${name(k)}`).join(', ')}.`;
}
