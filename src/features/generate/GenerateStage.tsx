import { Play } from 'lucide-react';
import { useState } from 'react';
import { generatorById, generators } from '../../engine/generators/catalogue';
import { completeParameters } from '../../engine/generators/generator';
import { baselineFor, staleParts } from '../../state/generation';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { Notice } from '../../ui/Notice';
import { NumberField } from '../../ui/NumberField';
import { Page } from '../../ui/Page';
import { Panel } from '../../ui/Panel';
import { ProgressBar } from '../../ui/ProgressBar';
import { Select } from '../../ui/Select';
import { Slider } from '../../ui/Slider';
import { Switch } from '../../ui/Switch';
import { Advice } from './Advice';
import { AmountFields } from './AmountFields';
import { RedrawSet } from './RedrawSet';
import { RunList } from './RunList';
import { RunSummaryView } from './RunSummaryView';

/** How rows are made: generator, amount, distance, redraw set; then what came out. */
export function GenerateStage() {
  const target = useStudio((s) => s.project.target);
  const settings = useStudio((s) => s.project.generation);
  const generation = useStudio((s) => s.generation);
  const comparison = useStudio((s) => s.comparison);
  const baseline = useStudio((s) => baselineFor(s));
  const activeRunId = useStudio((s) => s.activeRunId);
  const comparisonRunId = useStudio((s) => s.comparisonRunId);
  const run = useStudio((s) => (s.activeRunId ? s.runs[s.activeRunId] : undefined));
  const rival = useStudio((s) => (s.comparisonRunId ? s.runs[s.comparisonRunId] : undefined));
  const stale = useStudio((s) => staleParts(s, s.activeRunId).join(', '));
  const [withRival, setWithRival] = useState(true);
  const store = useStudioStore().getState();

  if (!target)
    return (
      <Page title="Generate" lead="Synthetic rare rows that obey the map and the rules.">
        <EmptyState
          text="Rows are made for a rare outcome, and no target is chosen yet."
          action={
            <Button look="primary" onClick={() => store.goTo('data')}>
              Choose the target
            </Button>
          }
        />
      </Page>
    );

  const generator = generatorById(settings.generator);
  const parameters = completeParameters(generator, settings.parameters[generator.id]);
  const isRunning = generation.status === 'running' || comparison.status === 'running';
  const start = async () => {
    await store.startGeneration();
    if (withRival && settings.generator === 'twins') await store.startComparison();
  };

  return (
    <Page
      title="Generate"
      lead="Synthetic rows of the rare class. Causal twins start from real rare rows and are moved through the map; baselines are there to be compared with."
      actions={
        <Button look="primary" icon={<Play size={15} aria-hidden />} disabled={isRunning} onClick={() => void start()}>
          Generate
        </Button>
      }
    >
      {generation.status === 'running' && (
        <ProgressBar
          label={generator.label}
          share={generation.share}
          phase={generation.phase}
          action={<Button onClick={store.cancelGeneration}>Cancel</Button>}
        />
      )}
      {comparison.status === 'running' && (
        <ProgressBar
          label={generatorById(baseline).label}
          share={comparison.share}
          phase={comparison.phase}
          action={<Button onClick={store.cancelGeneration}>Cancel</Button>}
        />
      )}
      {[generation, comparison].map(
        (activity, at) =>
          activity.status === 'failed' && (
            <Notice
              // biome-ignore lint/suspicious/noArrayIndexKey: first this run, then the comparison
              key={at}
              level="error"
              action={
                <Button isSmall onClick={store.dismissGenerationFailure}>
                  Dismiss
                </Button>
              }
            >
              {activity.message}
            </Notice>
          ),
      )}
      <div className="page-columns">
        <div className="stack">
          <Panel title="Advice">
            <Advice />
          </Panel>
          <Panel title="Recipe">
            <Select
              label="Generator"
              value={settings.generator}
              options={generators.map(({ id, label }) => ({ value: id, label }))}
              hint={generator.summary}
              onChange={(id) => store.setGeneration({ generator: id })}
            />
            <AmountFields />
            {generator.parameters.map(({ id, label, help, min, max, step }) => (
              <Slider
                key={id}
                label={label}
                value={parameters[id]!}
                min={min}
                max={max}
                step={step}
                hint={help}
                format={
                  id === 'step'
                    ? stepText
                    : id === 'steps'
                      ? (v) => (v === 0 ? 'as many as needed' : String(v))
                      : String
                }
                onChange={(value) => store.setParameter(generator.id, id, value)}
              />
            ))}
            <NumberField
              label="Seed"
              value={settings.seed}
              min={0}
              max={2 ** 31}
              hint="Same table, map, rules, settings and seed: same rows, here and on the command line."
              onChange={(seed) => seed !== null && store.setGeneration({ seed })}
            />
            <Select
              label="Columns off the map"
              value={settings.offMap}
              options={[
                { value: 'donor', label: 'Kept from the donor row' },
                { value: 'empty', label: 'Left empty' },
              ]}
              onChange={(offMap) => store.setGeneration({ offMap })}
            />
            <Switch
              label={`Compare with ${generatorById(baseline).label}`}
              isOn={withRival}
              hint="Made after the twins, on the same seed."
              onChange={setWithRival}
            />
          </Panel>
          {generator.usesMap && (
            <Panel title="Redraw">
              <RedrawSet />
            </Panel>
          )}
        </div>
        <div className="stack">
          {stale && (
            <Notice level="warning">
              The rows below were made before you changed: {stale}. Generate again to update them.
            </Notice>
          )}
          {run && activeRunId ? (
            <RunSummaryView title="This run" run={run} />
          ) : (
            <EmptyState text="No rows yet. The first run takes a few seconds: every mechanism is learned once." />
          )}
          {rival && comparisonRunId && <RunSummaryView title="Comparison" run={rival} />}
          <RunList />
        </div>
      </div>
    </Page>
  );
}

const stepText = (step: number): string =>
  step <= 0.2
    ? `${step}: close to a real row`
    : step < 0.9
      ? `${step}: moved, still tied to it`
      : `${step}: drawn afresh, trusts the map`;
