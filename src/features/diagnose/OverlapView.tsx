import { useStudioStore } from '../../state/StudioProvider';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import type { Diagnosis } from '../../worker/api';
import { percent } from './texts';

const barWidth = 26;
const barHeight = 70;

/** Positivity: how likely each value of the exposure is, in the rows that have it and in those that do not. */
export function OverlapView({ overlap }: { readonly overlap: Diagnosis['overlap'] }) {
  const store = useStudioStore();
  if (!overlap)
    return (
      <EmptyState
        text="There is no exposure for which something would have to be held fixed, so overlap is no question here."
        action={<Button onClick={() => store.getState().goTo('map')}>Choose an exposure on the map</Button>}
      />
    );
  const { exposure, heldFixed, arms, unsupported, rows } = overlap;
  return (
    <section className="diagnose-view" aria-label="Overlap">
      <p className="muted">
        {`The chance of each value of ${exposure} given ${heldFixed.join(', ')}, estimated on other rows (${rows.toLocaleString('en')} used). Where bars of one shade stand alone, rows have no counterpart, and any effect there is extrapolated.`}
      </p>
      <p className={unsupported > 0.1 ? 'finding' : undefined}>
        {`${percent(unsupported)} of the rows have a value of ${exposure} that is less than 2 % likely there.`}
      </p>
      <div className="overlap-arms">
        {arms.map(({ label, rows: own, inside, outside, effectiveRows }) => {
          const top = Math.max(...inside, ...outside, 0.01);
          return (
            <figure key={label} className="overlap-arm">
              <figcaption>
                <strong className="truncate">{`${exposure}: ${label}`}</strong>
                <span className="muted">{`${own.toLocaleString('en')} rows, worth ${Math.round(effectiveRows).toLocaleString('en')} once weighted`}</span>
              </figcaption>
              <svg
                width={10 * barWidth}
                height={2 * barHeight + 18}
                role="img"
                aria-label={`Chance of ${label} by tenths. In rows that have it: ${inside.map(percent).join(', ')}. In the others: ${outside.map(percent).join(', ')}.`}
              >
                {inside.map((share, tenth) => {
                  const [up, down] = [(share / top) * barHeight, (outside[tenth]! / top) * barHeight];
                  return (
                    // biome-ignore lint/suspicious/noArrayIndexKey: tenths are their places
                    <g key={tenth}>
                      <title>{`${tenth * 10} to ${tenth * 10 + 10} %: ${percent(share)} of those with it, ${percent(outside[tenth]!)} of the others`}</title>
                      <rect
                        className="overlap-inside"
                        x={tenth * barWidth + 2}
                        width={barWidth - 4}
                        y={barHeight - up}
                        height={up}
                      />
                      <rect
                        className="overlap-outside"
                        x={tenth * barWidth + 2}
                        width={barWidth - 4}
                        y={barHeight + 18}
                        height={down}
                      />
                      {tenth % 2 === 0 && (
                        <text
                          className="matrix-label"
                          x={tenth * barWidth + 2}
                          y={barHeight + 13}
                        >{`${tenth * 10} %`}</text>
                      )}
                    </g>
                  );
                })}
              </svg>
              <p className="muted">Above: rows with it. Below: the others.</p>
            </figure>
          );
        })}
      </div>
    </section>
  );
}
