import { Download } from 'lucide-react';
import type { ExportSettings } from '../../engine/project/project';
import { staleParts } from '../../state/generation';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { Facts } from '../../ui/Facts';
import { Notice } from '../../ui/Notice';
import { countText, shortNumber } from '../../ui/numbers';
import { Page } from '../../ui/Page';
import { Panel } from '../../ui/Panel';
import { ProgressBar } from '../../ui/ProgressBar';
import { Segmented } from '../../ui/Segmented';
import { Switch } from '../../ui/Switch';
import { saveFile } from './saveFile';
import { usageSnippet } from './usageSnippet';
import './report.css';

const switches: readonly { readonly key: keyof ExportSettings; readonly label: string; readonly hint: string }[] = [
  {
    key: 'flagColumn',
    label: 'is_synthetic',
    hint: '1 for synthetic rows, 0 for real ones: never mistake one for the other.',
  },
  { key: 'weightColumn', label: 'weight', hint: 'Restores the original prevalence: use it as sample weight.' },
  {
    key: 'lineageColumns',
    label: 'lineage',
    hint: 'Generator, seed, donor row, partner, proposals and nodes redrawn of every synthetic row.',
  },
  {
    key: 'guardFormulas',
    label: 'Guard formulas',
    hint: 'Puts an apostrophe before text cells that a spreadsheet would run, such as =1+1.',
  },
  { key: 'onlySynthetic', label: 'Synthetic rows only', hint: 'Leaves the real rows out of the file.' },
];

/** Chooses what the augmented file holds, says what it will be worth, and writes it. */
export function ReportStage() {
  const runId = useStudio((s) => s.activeRunId);
  const run = useStudio((s) => (s.activeRunId ? s.runs[s.activeRunId] : undefined));
  const settings = useStudio((s) => s.project.export);
  const target = useStudio((s) => s.project.target);
  const stale = useStudio((s) => staleParts(s, s.activeRunId).join(', '));
  const exporting = useStudio((s) => s.exporting);
  const exported = useStudio((s) => s.exported);
  const { setExport, startExport, cancelExport, goTo, exportProjectFile, notify } = useStudioStore().getState();

  if (!runId || !run || !target)
    return (
      <Page title="Report" lead="The augmented table as a file, with weights and lineage.">
        <EmptyState
          text="There are no synthetic rows to export yet."
          action={
            <Button look="primary" onClick={() => goTo('generate')}>
              Go to Generate
            </Button>
          }
        />
      </Page>
    );

  const write = async () => {
    const result = await startExport();
    if (!result) return;
    if (await saveFile(result.fileName, result.blob)) notify('info', `Saved ${result.fileName}.`);
  };
  const saveProject = async () => {
    const { fileName, blob } = exportProjectFile();
    await saveFile(fileName, blob);
  };
  const realRows = settings.onlySynthetic ? 0 : run.perLevel.reduce((sum, level) => sum + level.realRows, 0);

  return (
    <Page
      title="Report"
      lead="The augmented table as a file: real cells exactly as they came, synthetic rows flagged, weighted and traceable."
      actions={
        <>
          <Button onClick={() => void saveProject()}>Download project</Button>
          <Button
            look="primary"
            icon={<Download size={15} aria-hidden />}
            disabled={exporting.status === 'running'}
            onClick={() => void write()}
          >
            Export CSV
          </Button>
        </>
      }
    >
      {stale && (
        <Notice
          level="warning"
          action={
            <Button isSmall onClick={() => goTo('generate')}>
              Generate again
            </Button>
          }
        >
          These rows were made before you changed: {stale}. The export holds the older rows.
        </Notice>
      )}
      {exporting.status === 'running' && (
        <ProgressBar
          label="Writing"
          share={exporting.share}
          phase={exporting.phase}
          action={<Button onClick={cancelExport}>Cancel</Button>}
        />
      )}
      {exporting.status === 'failed' && <Notice level="error">{exporting.message}</Notice>}
      {exported && exporting.status === 'idle' && (
        <Notice>
          {exported.fileName}: {countText(exported.rows)} rows, {countText(exported.syntheticRows)} of them synthetic.{' '}
          {exported.messages.join(' ')}
        </Notice>
      )}
      <div className="page-columns">
        <Panel title="What the file holds">
          <Segmented
            label="Columns"
            value={settings.columns}
            options={[
              { value: 'all', label: 'All columns' },
              { value: 'map', label: 'Columns on the map' },
            ]}
            onChange={(columns) => setExport({ columns })}
          />
          {switches.map(({ key, label, hint }) => (
            <Switch
              key={key}
              label={label}
              hint={hint}
              isOn={Boolean(settings[key])}
              onChange={(isOn) => setExport({ [key]: isOn })}
            />
          ))}
        </Panel>
        <div className="stack">
          <Panel title="Rows and weights">
            <Facts
              facts={[
                { label: 'Synthetic rows', value: countText(run.rows) },
                { label: 'Real rare rows', value: countText(realRows) },
                { label: 'Made by', value: run.generator, note: `Seed ${run.seed}` },
                ...(run.interceptShift === null
                  ? []
                  : [
                      {
                        label: 'Intercept correction',
                        value: shortNumber(run.interceptShift),
                        note: 'Add it to the intercept of a logistic model trained without weights',
                      },
                    ]),
              ]}
            />
            <div className="scroll-x">
              <table className="plain-table">
                <thead>
                  <tr>
                    <th scope="col">{target.column}</th>
                    <th scope="col" className="number">
                      Weight of each row
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {run.weights.map(({ level, weight }) => (
                    <tr key={level}>
                      <th scope="row">{level}</th>
                      <td className="number">{shortNumber(weight)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          </Panel>
          <Panel title="How to train on it">
            <p>
              Split first, and keep synthetic rows out of every test set. Train with the weights; or train without them
              and correct the probabilities.
            </p>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long code scrolls sideways and must be reachable by key */}
            <pre className="code" tabIndex={0}>
              {usageSnippet(target.column, target.rareLevels, run.interceptShift)}
            </pre>
          </Panel>
          <Panel title="What this cannot show">
            <ul className="plain-list">
              <li>Synthetic rows are no new evidence: intervals and p-values must come from the real rows.</li>
              <li>The rows are only as right as the map: what it cannot test rests on your trust in it.</li>
              <li>Without the weights every risk is too high; with a strong learner do not expect a higher AUC.</li>
              <li>Synthetic does not mean private: rows start from real people&rsquo;s rows.</li>
            </ul>
          </Panel>
        </div>
      </div>
    </Page>
  );
}
