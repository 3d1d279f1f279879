import { Copy, Download } from 'lucide-react';
import { missingRows, runRecord } from '../../state/generation';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { Facts } from '../../ui/Facts';
import { IconButton } from '../../ui/IconButton';
import { Notice } from '../../ui/Notice';
import { counted, countText, shortNumber } from '../../ui/numbers';
import { Page } from '../../ui/Page';
import { Panel } from '../../ui/Panel';
import { ProgressBar } from '../../ui/ProgressBar';
import { saveFile } from '../../ui/saveFile';
import type { RunSummary } from '../../worker/api';
import { ExportOptions } from './ExportOptions';
import { GateList } from './GateList';
import { usageSnippet } from './usageSnippet';
import './report.css';

/** Chooses what the augmented file holds, says what it is worth, and writes it. */
export function ReportStage() {
  const store = useStudioStore();
  const run = useStudio((s) => (s.activeRunId ? s.runs[s.activeRunId] : undefined));
  const absent = useStudio((s) => missingRows(s, s.activeRunId));
  const exporting = useStudio((s) => s.exporting);
  const exported = useStudio((s) => s.exported);

  const saveProject = () => {
    const { fileName, blob } = store.getState().exportProjectFile();
    saveFile(fileName, blob);
  };
  const projectButton = (
    <Button title="Map, rules and settings, without the rows" onClick={saveProject}>
      Download project
    </Button>
  );
  if (!run)
    return (
      <Page title="Report" actions={projectButton}>
        <EmptyState
          text={absent ?? 'There are no synthetic rows yet, so there is nothing to export.'}
          action={
            <Button look="primary" onClick={() => store.getState().goTo('generate')}>
              Generate rows
            </Button>
          }
        />
      </Page>
    );
  const write = async () => {
    const result = await store.getState().startExport();
    if (result) saveFile(result.fileName, result.blob);
  };
  return (
    <Page
      title="Report"
      lead="The augmented table as a file. Real cells stay exactly as they came; synthetic rows are flagged, weighted and traceable."
      actions={
        <>
          {projectButton}
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
      {exporting.status === 'running' && (
        <ProgressBar
          label="Writing the file"
          share={exporting.share}
          phase={exporting.phase}
          action={
            <Button isSmall onClick={() => store.getState().cancelExport()}>
              Cancel
            </Button>
          }
        />
      )}
      {exporting.status === 'failed' && <Notice level="error">{exporting.message}</Notice>}
      {exported && exporting.status === 'idle' && (
        <Notice
          action={
            <Button isSmall onClick={() => saveFile(exported.fileName, exported.blob)}>
              Save again
            </Button>
          }
        >
          {exported.fileName} holds {counted(exported.rows, 'row')}, {countText(exported.syntheticRows)} of them
          synthetic. {exported.messages.join(' ')}
        </Notice>
      )}
      <div className="page-columns">
        <div className="stack">
          <Panel title="Before it leaves">
            <GateList run={run} />
          </Panel>
          <Panel title="What goes into the file">
            <ExportOptions />
          </Panel>
        </div>
        <div className="stack">
          <FileFacts run={run} />
          <HowToTrain run={run} />
          <Limits />
        </div>
      </div>
    </Page>
  );
}

function FileFacts({ run }: { readonly run: RunSummary }) {
  const settings = useStudio((s) => s.project.export);
  const target = useStudio((s) => s.project.target?.column ?? '');
  const tableRows = useStudio((s) => s.project.data?.rows ?? 0);
  const name = useStudio((s) => runRecord(s, s.activeRunId)?.name ?? '');
  const realRows = settings.onlySynthetic ? 0 : tableRows;
  const sample = useStudio((s) => s.project.data?.origin?.sample);
  return (
    <Panel title="What the file will hold">
      {sample && (
        <Notice level="warning">
          {`The table is a sample: ${countText(sample.kept)} of ${countText(sample.rows)} rows of its file${sample.column ? `, all ${countText(sample.rareKept)} rare ones among them. Weights give the shares of the whole file back` : ', drawn at random'}.`}
        </Notice>
      )}
      <Facts
        facts={[
          { label: 'Rows', value: countText(realRows + run.rows) },
          { label: 'Real', value: countText(realRows) },
          { label: 'Synthetic', value: countText(run.rows) },
          { label: 'Made by', value: `${name} (${run.generator})`, note: `Seed ${run.seed}` },
          ...(run.interceptShift === null
            ? []
            : [
                {
                  label: 'Shift of the log odds',
                  value: shortNumber(run.interceptShift),
                  note: 'Add it to the intercept of a logistic model that was trained without weights',
                },
              ]),
        ]}
      />
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{target}</th>
            <th scope="col" className="number">
              Real rows
            </th>
            <th scope="col" className="number">
              Synthetic rows
            </th>
            <th scope="col" className="number">
              Weight of a row
            </th>
          </tr>
        </thead>
        <tbody>
          {run.weights.map(({ level, weight }) => {
            const made = run.perLevel.find((one) => one.level === level);
            return (
              <tr key={level}>
                <th scope="row" title={level}>
                  {level}
                </th>
                <td className="number">{made ? countText(made.realRows) : <CommonRows level={level} />}</td>
                <td className="number">{countText(made?.syntheticRows ?? 0)}</td>
                <td className="number">{shortNumber(weight)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <p className="field-hint">
        Weight = the class’s share in the real table over its share in this file. Weighted, risks and calibration come
        out as in the real table.
      </p>
    </Panel>
  );
}

/** Rows of a class that none were made for. */
function CommonRows({ level }: { readonly level: string }) {
  const count = useStudio((s) => {
    if (s.table.status !== 'ready') return null;
    const column = s.table.summary.columns.find(({ name }) => name === s.project.target?.column);
    return column?.levels.find(({ text }) => text === level)?.count ?? null;
  });
  return count === null ? '–' : countText(count);
}

function HowToTrain({ run }: { readonly run: RunSummary }) {
  const store = useStudioStore();
  const settings = useStudio((s) => s.project.export);
  const target = useStudio((s) => s.project.target);
  const data = useStudio((s) => s.project.data);
  if (!target || !data) return null;
  const base = data.fileName.replace(/\.[^.]*$/, '');
  const code = usageSnippet({
    fileName: `${base}.${settings.onlySynthetic ? 'synthetic' : 'augmented'}.csv`,
    target: target.column,
    rareLevels: target.rareLevels,
    delimiter: data.options.delimiter ?? ',',
    decimal: data.options.decimal ?? '.',
    interceptShift: run.interceptShift,
    settings,
  });
  const copy = async () => {
    const { notify } = store.getState();
    await navigator.clipboard.writeText(code).then(
      () => notify('info', 'The snippet is on the clipboard.'),
      () => notify('warning', 'The browser did not allow copying: mark the snippet and copy it by hand.'),
    );
  };
  return (
    <Panel
      title="How to train on it"
      actions={<IconButton label="Copy the snippet" icon={<Copy size={14} />} onClick={() => void copy()} />}
    >
      <p>
        Split off the test rows first, and keep synthetic rows out of them. Then train with the weights, or without them
        and correct the log odds.
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long code scrolls sideways and must be reachable by key */}
      <pre className="code" tabIndex={0}>
        {code}
      </pre>
    </Panel>
  );
}

function Limits() {
  return (
    <Panel title="What this cannot show">
      <ul className="plain-list">
        <li>Synthetic rows are no new evidence: intervals and p-values must come from the real rows.</li>
        <li>The rows are as right as the map; what the tests cannot reach rests on your trust in it.</li>
        <li>Without the weights every risk is too high. With a strong learner, do not expect a higher AUC.</li>
        <li>Where there were no real rare rows, the synthetic ones are extrapolation by the map’s equations.</li>
        <li>Synthetic is not private: each row starts from a real one, and the lineage columns say which.</li>
      </ul>
    </Panel>
  );
}
