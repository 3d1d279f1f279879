import { Play } from 'lucide-react';
import { useState } from 'react';
import { generatorById, generators } from '../../engine/generators/catalogue';
import { baselineFor, missingRows, runRecord, staleParts } from '../../state/generation';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { Notice } from '../../ui/Notice';
import { Page } from '../../ui/Page';
import { Panel } from '../../ui/Panel';
import { ProgressBar } from '../../ui/ProgressBar';
import { Select } from '../../ui/Select';
import { Advice } from './Advice';
import { PreviewPanel } from './PreviewPanel';
import { Recipe } from './Recipe';
import { RunList } from './RunList';
import { RunResults } from './RunResults';
import './generate.css';

/** How rows are made: advice, recipe, run; then what came out, beside the baseline on the same seed. */
export function GenerateStage() {
  const store = useStudioStore();
  const target = useStudio((s) => s.project.target);
  const isTableReady = useStudio((s) => s.table.status === 'ready');
  const settings = useStudio((s) => s.project.generation);
  const record = useStudio((s) => runRecord(s, s.activeRunId));
  const changed = useStudio((s) => staleParts(s, s.activeRunId).join(' and the '));
  const absent = useStudio((s) => missingRows(s, s.activeRunId));
  const baseline = useStudio(baselineFor);
  const isRunning = useStudio((s) => s.generation.status === 'running' || s.comparison.status === 'running');
  const [rival, setRival] = useState<string | null>(baseline);

  if (!target)
    return (
      <Page title="Generate">
        <EmptyState
          text="Rows are made for a rare outcome, and none is chosen yet."
          action={
            <Button look="primary" onClick={() => store.getState().goTo('data')}>
              Choose the outcome
            </Button>
          }
        />
      </Page>
    );

  const addsNone = settings.amount.kind === 'rows' && settings.amount.rows === 0;
  const start = async () => {
    const studio = store.getState();
    await studio.startGeneration();
    const after = store.getState();
    const compared = runRecord(after, after.comparisonRunId);
    const isCurrent = compared?.settings.generator === rival && staleParts(after, after.comparisonRunId).length === 0;
    if (rival !== null && rival !== settings.generator && after.generation.status === 'idle' && !isCurrent)
      await after.startComparison(rival);
  };
  return (
    <Page
      title="Generate"
      lead="New rare rows, each started from a real one and moved through the map. Baselines are there to be compared with."
      actions={
        <Button
          look="primary"
          icon={<Play size={14} aria-hidden />}
          disabled={isRunning || !isTableReady || addsNone}
          title={addsNone ? 'You chose to add none' : undefined}
          onClick={() => void start()}
        >
          {record ? 'Run again' : 'Generate rows'}
        </Button>
      }
    >
      <Activities rival={rival} />
      <Advice />
      <div className="page-columns">
        <Panel title="Recipe">
          <Recipe />
          <Select
            label="Beside it, on the same seed"
            value={rival ?? 'none'}
            options={[
              { value: 'none', label: 'Nothing' },
              ...generators
                .filter(({ id, drawsTarget }) => id !== settings.generator && !drawsTarget)
                .map(({ id, label }) => ({ value: id, label })),
            ]}
            hint="Made after the run, with the same amount, and shown beside it."
            onChange={(id) => setRival(id === 'none' ? null : id)}
          />
        </Panel>
        <div className="stack">
          {record && changed !== '' && (
            <Notice level="warning">
              {record.name} is out of date: the {changed} changed since it was made. Run again to bring it up to date.
            </Notice>
          )}
          {absent && <Notice>{absent}</Notice>}
          <PreviewPanel />
          {record ? (
            <RunResults />
          ) : (
            <EmptyState
              text="No rows yet. The first run learns how every column follows from its causes, then draws."
              action={
                addsNone ? undefined : (
                  <Button disabled={isRunning || !isTableReady} onClick={() => void start()}>
                    Generate rows
                  </Button>
                )
              }
            />
          )}
          <RunList />
        </div>
      </div>
    </Page>
  );
}

/** The run and its comparison while they are being made, and why one failed. */
function Activities({ rival }: { readonly rival: string | null }) {
  const store = useStudioStore();
  const generation = useStudio((s) => s.generation);
  const comparison = useStudio((s) => s.comparison);
  const generator = useStudio((s) => generatorById(s.project.generation.generator).label);
  return (['generation', 'comparison'] as const).map((slot) => {
    const activity = slot === 'generation' ? generation : comparison;
    const name = slot === 'generation' || rival === null ? generator : generatorById(rival).label;
    if (activity.status === 'running')
      return (
        <ProgressBar
          key={slot}
          label={name}
          share={activity.share}
          phase={activity.phase}
          action={
            <Button isSmall onClick={() => store.getState().cancelGeneration()}>
              Cancel
            </Button>
          }
        />
      );
    if (activity.status === 'failed')
      return (
        <Notice
          key={slot}
          level="error"
          action={
            <Button isSmall onClick={() => store.getState().dismissGenerationFailure()}>
              Close
            </Button>
          }
        >
          {/* Many messages begin with the generator they are about. */}
          {activity.message.startsWith(name) ? activity.message : `${name}: ${activity.message}`}
        </Notice>
      );
    return null;
  });
}
