import { runRecord } from '../../state/generation';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { Badge } from '../../ui/Badge';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { Facts } from '../../ui/Facts';
import { Notice } from '../../ui/Notice';
import { countText } from '../../ui/numbers';
import type { RowDetail } from '../../worker/api';
import { LayerGlyph } from './LayerToggle';
import { layerNames } from './layers';
import { useRowDetail } from './useRowDetail';
import './inspect.css';

/** The row chosen in a plot: every cell, where it came from, what it breaks. */
export function RowInspector() {
  const store = useStudioStore();
  const selection = useStudio((s) => s.selection);
  const key = selection.kind === 'row' ? selection : null;
  const run = useStudio((s) => runRecord(s, key?.layer === 'comparison' ? s.comparisonRunId : s.activeRunId));
  const isMade = key?.layer === 'synthetic' || key?.layer === 'comparison';
  // After a new run the number of the row may lie beyond its end.
  const isGone = key !== null && isMade && (run === null || key.row >= run.rows);
  const detail = useRowDetail(isGone ? null : key);
  if (key === null)
    return <EmptyState text="Press a point in the plot to see the whole row, and where a synthetic one came from." />;
  return (
    <div className="row-inspector">
      <div className="row">
        <LayerGlyph layer={key.layer} />
        <h2 className="grow">
          Row {countText(key.row + 1)}{' '}
          <small className="muted">{isMade ? 'synthetic' : layerNames[key.layer].toLowerCase()}</small>
        </h2>
        <Button isSmall look="quiet" onClick={() => store.getState().select({ kind: 'none' })}>
          Close
        </Button>
      </div>
      {isGone && <Notice>This row belonged to a run that is gone: choose another point.</Notice>}
      {detail && !detail.ok && <Notice level="error">{detail.message}</Notice>}
      {detail?.ok && <RowFacts detail={detail.value} runName={isMade ? (run?.name ?? '') : null} />}
    </div>
  );
}

function RowFacts({ detail, runName }: { readonly detail: RowDetail; readonly runName: string | null }) {
  const store = useStudioStore();
  const isMade = detail.donorRow !== null;
  const changed = detail.cells.filter((cell) => cell.changed).length;
  return (
    <>
      {isMade && (
        <>
          <Facts
            facts={[
              { label: 'Run', value: runName },
              {
                label: 'Donor',
                value: (
                  <Button
                    isSmall
                    onClick={() => store.getState().select({ kind: 'row', layer: 'rare', row: detail.donorRow! })}
                  >
                    real row {countText(detail.donorRow! + 1)}
                  </Button>
                ),
                note: 'The real rare row that this one was made from',
              },
              ...(detail.partnerRow === null
                ? []
                : [{ label: 'Mixed with', value: `real row ${countText(detail.partnerRow + 1)}` }]),
            ]}
          />
          <p className="muted">
            {changed === 0
              ? 'No cell differs from the donor.'
              : `${changed} of ${detail.cells.length} cells differ from the donor.`}
          </p>
        </>
      )}
      {detail.brokenRules.map((rule) => (
        <Notice key={rule} level="warning">
          Breaks “{rule}”.
        </Notice>
      ))}
      {isMade && detail.brokenRules.length === 0 && (
        <div>
          <Badge tone="good">keeps every rule</Badge>
        </div>
      )}
      <table className="plain-table row-cells">
        <thead>
          <tr>
            <th scope="col">Column</th>
            <th scope="col">Value</th>
            {isMade && <th scope="col">Donor</th>}
          </tr>
        </thead>
        <tbody>
          {detail.cells.map((cell) => (
            <tr key={cell.column}>
              <th scope="row" className="truncate" title={cell.column}>
                {cell.column}
              </th>
              <td className={cell.changed ? 'cell-changed' : undefined} title={cell.text}>
                {cell.text === '' ? <span className="muted">missing</span> : cell.text}
                {cell.changed && (
                  <span className="cell-change-mark">
                    {' '}
                    <span aria-hidden="true">◆</span>
                    <span className="visually-hidden">changed</span>
                  </span>
                )}
              </td>
              {isMade && <td className="muted">{cell.donorText === '' ? 'missing' : cell.donorText}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
