import { useCheckedMap } from './mapFacts';

/** What widths and dashes mean; shown once the data have been asked. */
export function CanvasLegend() {
  const checked = useCheckedMap();
  if (!checked || checked.check.arrows.length === 0) return null;
  const line = (className: string, width: number) => (
    <svg width="28" height="8" aria-hidden="true">
      <path d="M1,4H27" className={className} style={{ strokeWidth: width }} />
    </svg>
  );
  return (
    <div className="map-legend">
      <span>
        {line('arrow arrow-seen', 1.5)}
        {line('arrow arrow-seen', 4)} wider: stronger in the data
      </span>
      <span>{line('arrow arrow-cannot-tell arrow-dash-cannot-tell', 1.75)} data cannot tell</span>
      <span>{line('arrow arrow-refuted arrow-dash-refuted', 1.75)} not seen in data</span>
    </div>
  );
}
