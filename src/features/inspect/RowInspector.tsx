import { missingRows, runRecord, staleParts } from '../../state/generation';
import { runIdOfLayer } from '../../state/inspect';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { Notice } from '../../ui/Notice';
import { countText } from '../../ui/numbers';
import { ProgressBar } from '../../ui/ProgressBar';
import { LayerGlyph } from './LayerToggle';
import { layerNames } from './layers';
import type { RowKey } from './plot/plotScene';
import { RowAccount } from './RowAccount';
import { useBiography } from './useBiography';
import './inspect.css';

/** The row chosen in a view: where it came from, how each value came about, what it breaks, who lies nearest. */
export function RowInspector() {
  const store = useStudioStore();
  const selection = useStudio((s) => s.selection);
  const key: RowKey | null = selection.kind === 'row' ? selection : null;
  const runId = useStudio((s) => (key ? runIdOfLayer(s, key.layer) : null));
  const run = useStudio((s) => runRecord(s, runId));
  const stale = useStudio((s) => staleParts(s, runId).join(' and the '));
  const absent = useStudio((s) => missingRows(s, runId));
  const isMade = key !== null && key.layer !== 'common' && key.layer !== 'rare';
  // After a new run the number of the row may lie beyond its end.
  const isGone = key !== null && isMade && (run === null || key.row >= run.rows);
  const { value, message, isWaiting, progress } = useBiography(isGone ? null : key);
  if (key === null)
    return <EmptyState text="Press a point to read its biography: where it came from, what was redrawn and why." />;
  const isCurrent = value?.layer === key.layer && value.row === key.row;
  return (
    <div className="row-inspector">
      <div className="row">
        <LayerGlyph layer={key.layer} />
        <h2 className="grow">
          Row {countText(key.row + 1)}{' '}
          <small className="muted">{isMade ? (run?.name ?? 'made') : layerNames[key.layer].toLowerCase()}</small>
        </h2>
        <Button isSmall look="quiet" onClick={() => store.getState().select({ kind: 'none' })}>
          Close
        </Button>
      </div>
      {isGone && <Notice>This row belonged to a run that is gone: choose another point. {absent}</Notice>}
      {message !== null && <Notice level="error">{message}</Notice>}
      {isMade && stale !== '' && (
        <Notice level="warning">
          The {stale} changed since this row was made: the account below follows the map as it is now.
        </Notice>
      )}
      {isWaiting && progress && progress.share < 1 && !isCurrent && (
        <ProgressBar label="Reading its history" share={progress.share} phase={progress.phase} />
      )}
      {isCurrent && <RowAccount account={value} />}
    </div>
  );
}
