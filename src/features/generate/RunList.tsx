import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { Badge } from '../../ui/Badge';
import { Button } from '../../ui/Button';
import { countText } from '../../ui/numbers';
import { Panel } from '../../ui/Panel';
import { TextField } from '../../ui/TextField';

/** Every run of this project: which one is on screen, which one it is compared with. */
export function RunList() {
  const runs = useStudio((s) => s.project.runs);
  const active = useStudio((s) => s.activeRunId);
  const compared = useStudio((s) => s.comparisonRunId);
  const { selectRun, selectComparison, renameRun, removeRun } = useStudioStore().getState();
  if (runs.length === 0) return null;
  return (
    <Panel title="Runs">
      {runs.map(({ id, name, rows, settings }) => (
        <div key={id} className="row-wrap">
          <div className="grow">
            <TextField
              label={`Name of the ${settings.generator} run`}
              value={name}
              onChange={(next) => renameRun(id, next)}
            />
          </div>
          <span className="muted">
            {countText(rows)} rows, seed {settings.seed}
          </span>
          {id === active && <Badge tone="accent">Shown</Badge>}
          {id === compared && <Badge>Comparison</Badge>}
          {id !== active && id !== compared && (
            <Button isSmall onClick={() => void selectRun(id)}>
              Show
            </Button>
          )}
          {id !== active && (
            <Button isSmall onClick={() => void selectComparison(id === compared ? null : id)}>
              {id === compared ? 'Stop comparing' : 'Compare'}
            </Button>
          )}
          <Button isSmall look="danger" onClick={() => void removeRun(id)}>
            Delete
          </Button>
        </div>
      ))}
    </Panel>
  );
}
