import { LayerGlyph } from './LayerToggle';
import { layerNames } from './layers';
import type { RowKey } from './plot/plotScene';
import { useRowDetail } from './useRowDetail';

interface PointTipProps {
  readonly point: RowKey;
  readonly axes: readonly string[];
  readonly left: number;
  readonly top: number;
  readonly isOnRight: boolean;
}

/** The two cells of the point under the pointer, as they are written. */
export function PointTip({ point, axes, left, top, isOnRight }: PointTipProps) {
  const { value: detail } = useRowDetail(point, 40);
  const isCurrent = detail?.layer === point.layer && detail.row === point.row;
  const cells = isCurrent ? detail.cells.filter(({ column }) => axes.includes(column)) : [];
  const donor = isCurrent ? detail.donorRow : null;
  return (
    <div
      className="point-tip"
      style={{ left, top, transform: `translate(${isOnRight ? '14px' : 'calc(-100% - 14px)'}, -50%)` }}
    >
      <div className="row">
        <LayerGlyph layer={point.layer} />
        <strong>{layerNames[point.layer]}</strong>
        <span className="number">row {(point.row + 1).toLocaleString('en')}</span>
      </div>
      {axes.map((axis) => (
        <div key={axis} className="row">
          <span className="point-tip-name truncate">{axis}</span>
          <span className="number truncate">{cells.find(({ column }) => column === axis)?.text ?? '…'}</span>
        </div>
      ))}
      {donor !== null && <div className="point-tip-name number">from real row {(donor + 1).toLocaleString('en')}</div>}
      {isCurrent && detail.brokenRules.length > 0 && (
        <div className="point-tip-name">breaks {detail.brokenRules[0]}</div>
      )}
    </div>
  );
}
