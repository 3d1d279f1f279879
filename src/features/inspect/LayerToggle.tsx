import { countText } from '../../ui/numbers';
import type { PointLayer } from '../../worker/inspectApi';
import { layerNames } from './layers';

/** The mark of a layer as the plot draws it. */
export function LayerGlyph({ layer }: { readonly layer: PointLayer }) {
  return (
    <svg width="12" height="12" viewBox="-6 -6 12 12" className={`glyph glyph-${layer}`} aria-hidden="true">
      {layer === 'common' && <rect x="-2" y="-2" width="4" height="4" />}
      {layer === 'rare' && <circle r="4" />}
      {layer === 'synthetic' && <path d="M0 -4.5L4.5 0L0 4.5L-4.5 0Z" />}
      {layer === 'comparison' && <path d="M-3.5 -3.5L3.5 3.5M-3.5 3.5L3.5 -3.5" />}
      {layer === 'other' && <circle r="3.5" />}
      {layer === 'rejected' && <path d="M0 -4.5L4.5 3.5H-4.5Z" />}
    </svg>
  );
}

interface LayerToggleProps {
  readonly layer: PointLayer;
  readonly name?: string | undefined;
  readonly count: number | null;
  readonly isOn: boolean;
  readonly isDisabled?: boolean;
  readonly title?: string | undefined;
  onToggle(isOn: boolean): void;
}

export function LayerToggle({ layer, name, count, isOn, isDisabled, title, onToggle }: LayerToggleProps) {
  const label = name ?? layerNames[layer];
  return (
    <button
      type="button"
      className="layer-toggle"
      aria-pressed={isOn}
      disabled={isDisabled}
      title={title}
      onClick={() => onToggle(!isOn)}
    >
      <LayerGlyph layer={layer} />
      <span className="truncate">{label}</span>
      {count !== null && <span className="number muted">{countText(count)}</span>}
    </button>
  );
}
