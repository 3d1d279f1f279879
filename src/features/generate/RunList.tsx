import { Trash2 } from 'lucide-react';
import { useMemo } from 'react';
import { generatorById } from '../../engine/generators/catalogue';
import type { RunRecord } from '../../engine/project/project';
import { staleParts } from '../../state/generation';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { Badge } from '../../ui/Badge';
import { Button } from '../../ui/Button';
import { IconButton } from '../../ui/IconButton';
import { countText } from '../../ui/numbers';
import { Panel } from '../../ui/Panel';
import { settingsDiff } from './settingsDiff';

/** Every run of this project: which one is on screen, which one it is compared with. */
export function RunList() {
  const runs = useStudio((s) => s.project.runs);
  if (runs.length === 0) return null;
  return (
    <Panel title={`Runs (${runs.length})`}>
      <div className="scroll-x">
        <table className="plain-table run-table">
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Generator</th>
              <th scope="col" className="number">
                Rows
              </th>
              <th scope="col" className="number">
                Seed
              </th>
              <th scope="col">State</th>
              <th scope="col">
                <span className="visually-hidden">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {runs.toReversed().map((run) => (
              <RunRow key={run.id} run={run} />
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

function RunRow({ run }: { readonly run: RunRecord }) {
  const store = useStudioStore();
  const isActive = useStudio((s) => s.activeRunId === run.id);
  const isCompared = useStudio((s) => s.comparisonRunId === run.id);
  const changed = useStudio((s) => staleParts(s, run.id).join(' and the '));
  const { selectRun, selectComparison, renameRun, removeRun, restoreSettings } = store.getState();
  const now = useStudio((s) => s.project.generation);
  const differences = useMemo(() => settingsDiff(run.settings, now), [run.settings, now]);
  return (
    <tr aria-current={isActive ? 'true' : undefined}>
      <th scope="row">
        <input
          key={run.name}
          className="input run-name"
          aria-label={`Name of ${run.name}`}
          defaultValue={run.name}
          onBlur={(event) => renameRun(run.id, event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') event.currentTarget.blur();
            if (event.key === 'Escape') event.currentTarget.value = run.name;
          }}
        />
      </th>
      <td>{generatorById(run.settings.generator).label}</td>
      <td className="number">{countText(run.rows)}</td>
      <td className="number">{run.settings.seed}</td>
      <td>
        <div className="row-wrap">
          {isActive && <Badge tone="accent">shown</Badge>}
          {isCompared && <Badge>compared with</Badge>}
          {differences.length === 0 && changed === '' && <Badge tone="good">as set now</Badge>}
          {changed !== '' && (
            <Badge tone="warning" title={`The ${changed} changed since this run was made.`}>
              out of date
            </Badge>
          )}
        </div>
        {differences.length > 0 && (
          <ul className="run-differences" aria-label={`How ${run.name} differs from the settings of now`}>
            {differences.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        )}
      </td>
      <td>
        <div className="row run-actions">
          {differences.length > 0 && (
            <Button
              isSmall
              title="Take its settings again and show its rows"
              onClick={() => void restoreSettings(run.id)}
            >
              Restore
            </Button>
          )}
          {!isActive && (
            <Button isSmall onClick={() => void selectRun(run.id)}>
              Show
            </Button>
          )}
          {!isActive && (
            <Button isSmall onClick={() => void selectComparison(isCompared ? null : run.id)}>
              {isCompared ? 'Stop comparing' : 'Compare'}
            </Button>
          )}
          <IconButton
            label={`Delete ${run.name}`}
            icon={<Trash2 size={14} />}
            side="left"
            onClick={() => void removeRun(run.id)}
          />
        </div>
      </td>
    </tr>
  );
}
