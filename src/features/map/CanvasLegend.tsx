import { Lock } from 'lucide-react';
import { useStudio } from '../../state/StudioProvider';
import { useCheckedMap } from './mapFacts';

/** What widths, colours and dashes mean; shown once there is something to tell. */
export function CanvasLegend({ showsEffect }: { readonly showsEffect: boolean }) {
  const checked = useCheckedMap();
  const isDemo = useStudio((s) => s.truth !== null);
  const isChecked = checked !== null && checked.check.arrows.length > 0;
  if (!isChecked && !showsEffect) return null;
  const line = (className: string, width: number) => (
    <svg width="28" height="8" aria-hidden="true">
      <path d="M1,4H27" className={className} style={{ strokeWidth: width }} />
    </svg>
  );
  return (
    <div className="map-legend">
      {isChecked && (
        <span>
          {line('arrow arrow-seen', 1.5)}
          {line('arrow arrow-seen', 4)} wider: stronger in the data
        </span>
      )}
      {showsEffect ? (
        <>
          <span>{line('arrow arrow-causal', 2.5)} carries the effect</span>
          <span>{line('arrow arrow-biasing arrow-dash-biasing', 2.5)} open path that biases it</span>
          <span>{line('arrow arrow-both arrow-dash-both', 2.5)} both</span>
          <span>
            <Lock size={12} aria-hidden /> held fixed
          </span>
        </>
      ) : (
        <>
          <span>{line('arrow arrow-cannot-tell arrow-dash-cannot-tell', 1.75)} data cannot tell</span>
          <span>{line('arrow arrow-refuted arrow-dash-refuted', 1.75)} not seen in data</span>
        </>
      )}
      {isDemo && (
        <span title="Means in the simulated world: short in common, tall in rare rows">
          <span className="truth-key" aria-hidden /> truth
        </span>
      )}
    </div>
  );
}
