import { Badge } from '../../ui/Badge';
import { percentText, shortNumber } from '../../ui/numbers';
import type { NodePart, NodeStory } from '../../worker/inspectApi';

const partWords: Readonly<Record<NodePart, string>> = {
  held: 'held',
  redrawn: 'redrawn',
  recomputed: 'follows',
  kept: 'kept',
  mixed: 'mixed',
  fresh: 'drawn',
  observed: 'observed',
};

/** Chances under this are pointed out. */
const UNLIKELY = 0.05;

/** One value: what was done to it, its noise before and after, and where it lies in what its mechanism predicts. */
export function StoryItem({ story, text }: { readonly story: NodeStory; readonly text: string }) {
  const { column, part, why, parents, family, noiseBefore, noiseAfter, tail } = story;
  return (
    <li className="story">
      <div className="row">
        <strong className="truncate grow" title={column}>
          {column}
        </strong>
        <span className="number">{text === '' ? 'missing' : text}</span>
        <Badge tone={part === 'redrawn' ? 'accent' : part === 'mixed' ? 'warning' : 'neutral'}>{partWords[part]}</Badge>
      </div>
      <p className="muted">{why}</p>
      {noiseBefore && noiseAfter && part !== 'held' && <NoiseBar before={noiseBefore} after={noiseAfter} />}
      <PredictionBar story={story} text={text} />
      <p className="muted story-foot">
        {family}
        {parents.length > 0 ? ` from ${parents.join(', ')}` : ', no parents'}
        {tail < UNLIKELY && part !== 'held' && (
          <strong className="story-unlikely"> · chance {percentText(tail)} this far out</strong>
        )}
      </p>
    </li>
  );
}

const WIDTH = 240;
const at = (u: number) => 4 + u * (WIDTH - 8);
const middle = ([low, high]: readonly [number, number]) => (low + high) / 2;
const noiseText = ([low, high]: readonly [number, number]) =>
  high - low < 0.005 ? low.toFixed(2) : `${low.toFixed(2)}–${high.toFixed(2)}`;

/** The noise of the donor and of this row on [0, 1]; atoms hold a stretch of it. */
function NoiseBar({ before, after }: { before: readonly [number, number]; after: readonly [number, number] }) {
  return (
    <div className="story-bar">
      <svg width={WIDTH} height={18} viewBox={`0 0 ${WIDTH} 18`} aria-hidden>
        <line className="bar-rail" x1={at(0)} x2={at(1)} y1={9} y2={9} />
        <line className="noise-before" x1={at(before[0])} x2={at(before[1])} y1={9} y2={9} />
        <line className="noise-after" x1={at(after[0])} x2={at(after[1])} y1={9} y2={9} />
        <circle className="noise-before-mark" cx={at(middle(before))} cy={9} r={4} />
        <path className="noise-after-mark" d={`M${at(middle(after))} 3.5l5.5 5.5l-5.5 5.5l-5.5 -5.5Z`} />
      </svg>
      <span className="number">
        noise {noiseText(before)} → {noiseText(after)}
      </span>
    </div>
  );
}

function PredictionBar({ story, text }: { readonly story: NodeStory; readonly text: string }) {
  const { prediction, value, noiseAfter } = story;
  if (prediction.kind === 'levels') {
    const own = prediction.probabilities[value];
    let left = 0;
    return (
      <div className="story-bar">
        <svg width={WIDTH} height={14} viewBox={`0 0 ${WIDTH} 14`} aria-hidden>
          {prediction.probabilities.map((share, level) => {
            const from = left;
            left += share;
            return (
              <rect
                // biome-ignore lint/suspicious/noArrayIndexKey: a level is its place
                key={level}
                className={level === value ? 'level-own' : 'level-other'}
                x={at(from)}
                width={Math.max(0.5, share * (WIDTH - 8) - 1)}
                y={3}
                height={8}
              />
            );
          })}
        </svg>
        <span className="number">
          {own === undefined ? 'missing' : `chance of ${text}: ${own < 0.001 ? 'under 0.1 %' : percentText(own)}`}
        </span>
      </div>
    );
  }
  const [low, q1, median, q3, high] = prediction.quantiles;
  const known = [low, high, value].filter((one): one is number => one !== undefined && Number.isFinite(one));
  if (known.length < 3)
    return (
      <p className="muted">
        {text === '' ? 'Missing, as its mechanism may leave it.' : 'Its mechanism mostly leaves this cell empty.'}
      </p>
    );
  const from = Math.min(...known);
  const span = Math.max(...known) - from || 1;
  const place = (v: number) => at((v - from) / span);
  return (
    <div className="story-bar">
      <svg width={WIDTH} height={18} viewBox={`0 0 ${WIDTH} 18`} aria-hidden>
        <line className="bar-range" x1={place(low!)} x2={place(high!)} y1={9} y2={9} />
        {Number.isFinite(q1) && Number.isFinite(q3) && (
          <line className="bar-half" x1={place(q1!)} x2={Math.max(place(q3!), place(q1!) + 1)} y1={9} y2={9} />
        )}
        {Number.isFinite(median) && (
          <line className="bar-median" x1={place(median!)} x2={place(median!)} y1={4} y2={14} />
        )}
        <path className="noise-after-mark" d={`M${place(value)} 3.5l5.5 5.5l-5.5 5.5l-5.5 -5.5Z`} />
      </svg>
      <span className="number">
        95 %: {shortNumber(low!)} to {shortNumber(high!)}
        {noiseAfter && `, this at ${percentText(middle(noiseAfter))}`}
      </span>
    </div>
  );
}
