import { FileUp } from 'lucide-react';
import { useState } from 'react';
import { tableSummary } from '../../state/data';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { Facts } from '../../ui/Facts';
import { Notice } from '../../ui/Notice';
import { bytesText, countText, percentText } from '../../ui/numbers';
import { Page } from '../../ui/Page';
import { Panel } from '../../ui/Panel';
import { ProgressBar } from '../../ui/ProgressBar';
import { Tabs } from '../../ui/Tabs';
import type { TableSummary } from '../../worker/api';
import { ColumnList } from './ColumnList';
import { delimiterName, ImportForm } from './ImportForm';
import { pickTableFile } from './pickFile';
import { TableView } from './TableView';
import { TargetChooser } from './TargetChooser';
import './data.css';

/** The table: how it was read, what its columns hold, which outcome is rare. */
export function DataStage() {
  const store = useStudioStore();
  const table = useStudio((s) => s.table);
  const summary = useStudio(tableSummary);
  const options = useStudio((s) => s.project.data?.options);
  const open = async () => {
    const file = await pickTableFile();
    if (file) await store.getState().importFile({ fileName: file.name, blob: file });
  };
  const replace = async () => {
    const file = await pickTableFile();
    if (file) await store.getState().replaceFile({ fileName: file.name, blob: file });
  };
  return (
    <Page
      title="Data"
      lead="Check how the file was read and which outcome is rare. Everything stays on this computer."
      actions={
        <>
          <Button icon={<FileUp size={15} />} onClick={() => void open()}>
            Open another table
          </Button>
          {summary && (
            <Button title="Keeps outcome, map and rules" onClick={() => void replace()}>
              Replace the file
            </Button>
          )}
        </>
      }
    >
      {table.status === 'importing' && (
        <ProgressBar
          label={`Reading ${table.fileName}`}
          share={table.share}
          phase={table.phase}
          action={
            <Button isSmall onClick={() => store.getState().cancelImport()}>
              Cancel
            </Button>
          }
        />
      )}
      {table.status === 'failed' && (
        <Notice
          level="error"
          action={
            table.needsFile ? (
              <Button isSmall look="primary" onClick={() => void replace()}>
                Open {table.fileName}
              </Button>
            ) : (
              <div className="row-wrap">
                <Button isSmall onClick={() => void open()}>
                  Choose another file
                </Button>
                {table.previous && (
                  <Button isSmall onClick={() => store.getState().dismissImportFailure()}>
                    Back to {table.previous.fileName}
                  </Button>
                )}
              </div>
            )
          }
        >
          {table.fileName}: {table.message}
        </Notice>
      )}
      {!summary && table.status === 'empty' && (
        <EmptyState
          icon={<FileUp size={24} aria-hidden />}
          text="There is no table yet. Drop a CSV anywhere in this window, or look at the demo first."
          action={
            <div className="row-wrap">
              <Button look="primary" onClick={() => void open()}>
                Choose a file
              </Button>
              <Button onClick={() => void store.getState().loadDemo('rare-disease')}>Open the demo</Button>
            </div>
          }
        />
      )}
      {summary && <Summary summary={summary} />}
      {!summary && options && table.status === 'failed' && (
        <Panel title="How the file is read">
          <ImportForm options={options} />
        </Panel>
      )}
    </Page>
  );
}

function Summary({ summary }: { readonly summary: TableSummary }) {
  const [tab, setTab] = useState<'columns' | 'table'>('columns');
  const { rows, columns, options } = summary;
  const missing = columns.reduce((sum, column) => sum + column.missing, 0);
  return (
    <>
      <div className="data-columns">
        <Panel title={summary.fileName}>
          <Facts
            facts={[
              { label: 'Rows', value: countText(rows) },
              { label: 'Columns', value: countText(columns.length) },
              { label: 'Size', value: bytesText(summary.bytes) },
              { label: 'Cells missing', value: percentText(missing / Math.max(1, rows * columns.length)) },
              { label: 'Separated by', value: delimiterName(options.delimiter ?? ',') },
              { label: 'Decimal mark', value: options.decimal === ',' ? 'comma' : 'point' },
              { label: 'Encoding', value: options.encoding ?? '–' },
            ]}
          />
          <details className="disclosure">
            <summary>Read it in another way</summary>
            <ImportForm options={options} />
          </details>
          {summary.notices.length > 0 && (
            <div className="stack notice-list">
              {summary.notices.map(({ level, text }) => (
                <Notice key={text} level={level}>
                  {text}
                </Notice>
              ))}
            </div>
          )}
        </Panel>
        <TargetChooser summary={summary} />
      </div>
      <Tabs<'columns' | 'table'>
        label="Views of the table"
        value={tab}
        onChange={setTab}
        tabs={[
          { value: 'columns', label: `Columns (${columns.length})`, content: <ColumnList summary={summary} /> },
          { value: 'table', label: `Rows (${countText(rows)})`, content: <TableView summary={summary} /> },
        ]}
      />
    </>
  );
}
