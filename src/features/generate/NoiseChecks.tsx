import type { NoiseChecks as Checks } from '../../engine/mechanisms/noiseChecks';
import { countText, percentText } from '../../ui/numbers';

const WIDTH = 180;
const HEIGHT = 72;
/** Omega below this is not worth a word: a fiftieth of the variance and less. */
const LITTLE = 0.15;

/** Whether the noise of rows left out of the fit looks as it should: even over (0, 1), and the same whatever the parents. */
export function NoiseChecks({ checks }: { readonly checks: Checks }) {
  const { pit, pitByClass, dependence } = checks;
  return (
    <div className="noise-checks">
      <div className="pit-row">
        <PitHistogram title="All rows" pit={pit} />
        {pitByClass.map(({ level, rows, pit: own }) => (
          <PitHistogram key={level} title={`${level} (${countText(rows)} rows)`} pit={own} />
        ))}
      </div>
      {dependence.length > 0 && (
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">Left to learn from</th>
              <th
                scope="col"
                className="number"
                title="Omega between the noise and the parent: 0 where the centre is right"
              >
                Centre
              </th>
              <th
                scope="col"
                className="number"
                title="Omega between the squared noise and the parent: 0 where the spread is right"
              >
                Spread
              </th>
            </tr>
          </thead>
          <tbody>
            {dependence.map(({ parent, centre, spread }) => (
              <tr key={parent}>
                <th scope="row" title={parent}>
                  {parent}
                </th>
                {[centre, spread].map((omega, k) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: two fixed columns
                  <td key={k} className={omega >= LITTLE ? 'number left-over' : 'number'}>
                    {omega < 0.005 ? 'none' : omega.toFixed(2)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

function PitHistogram({ title, pit }: { readonly title: string; readonly pit: readonly number[] }) {
  const top = Math.max(0.2, ...pit);
  const bar = WIDTH / pit.length;
  const y = (share: number) => HEIGHT - (share / top) * (HEIGHT - 4);
  const [low, high] = [Math.min(...pit), Math.max(...pit)];
  return (
    <figure className="pit">
      <figcaption title={title}>{title}</figcaption>
      <svg
        width={WIDTH}
        height={HEIGHT}
        role="img"
        aria-label={`Noise of ${title}: tenths hold ${percentText(low)} to ${percentText(high)} of the rows, 10% each would be even.`}
      >
        {pit.map((share, k) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a tenth is its place
          <rect key={k} className="pit-bar" x={k * bar + 0.5} width={bar - 1} y={y(share)} height={HEIGHT - y(share)} />
        ))}
        <line className="pit-even" x1={0} x2={WIDTH} y1={y(1 / pit.length)} y2={y(1 / pit.length)} />
      </svg>
    </figure>
  );
}
