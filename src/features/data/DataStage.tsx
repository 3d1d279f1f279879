import { FileUp } from 'lucide-react';
import { useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { DataOrigin } from '../../engine/project/project';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { tableSummary } from '../../state/tableState';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { Facts } from '../../ui/Facts';
import { Notice } from '../../ui/Notice';
import { bytesText, countText, percentText } from '../../ui/numbers';
import { Page } from '../../ui/Page';
import { Panel } from '../../ui/Panel';
import { pickFile, pickFiles, tableTypes } from '../../ui/pickFiles';
import { Tabs } from '../../ui/Tabs';
import type { TableSummary } from '../../worker/api';
import { ColumnList } from './ColumnList';
import { DesignPanel } from './DesignPanel';
import { delimiterName, ImportForm } from './ImportForm';
import { ImportProgress } from './ImportProgress';
import { TableView } from './TableView';
import { TargetChooser } from './TargetChooser';
import './data.css';

/** Only a page from a safe origin may ask for the clipboard. */
const canPaste = typeof navigator !== 'undefined' && 'clipboard' in navigator;

/** The table: how it was read, what its columns hold, which outcome is rare. */
export function DataStage() {
  const store = useStudioStore();
  const { failure, isEmpty } = useStudio(
    useShallow(({ table }) => ({
      failure: table.status === 'failed' ? table : null,
      isEmpty: table.status === 'empty',
    })),
  );
  const summary = useStudio(tableSummary);
  const options = useStudio((s) => s.project.data?.options);
  const open = async () => {
    const files = await pickFiles(tableTypes, true);
    if (files.length > 0)
      await store.getState().importFiles(files.map((file) => ({ fileName: file.name, blob: file })));
  };
  const replace = async () => {
    const file = await pickFile(tableTypes);
    if (file) await store.getState().replaceFile({ fileName: file.name, blob: file });
  };
  const paste = async () => {
    const text = await navigator.clipboard.readText().catch(() => null);
    if (text === null)
      store
        .getState()
        .notify('warning', 'The browser does not let this page read the clipboard: press Ctrl V here instead.');
    else if (text.trim() === '')
      store.getState().notify('warning', 'The clipboard holds no text: copy the cells first.');
    else {
      const blob = new Blob([text], { type: 'text/plain' });
      await store.getState().importFiles([{ fileName: 'pasted table.txt', blob }], { isPasted: true });
    }
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
          {canPaste && (
            <Button title="Cells copied from a spreadsheet; Ctrl V does the same" onClick={() => void paste()}>
              Paste a table
            </Button>
          )}
          {summary && (
            <Button title="Keeps outcome, map and rules" onClick={() => void replace()}>
              Replace the file
            </Button>
          )}
        </>
      }
    >
      <ImportProgress verb="Reading" />
      {failure && (
        <Notice
          level="error"
          action={
            failure.needsFile ? (
              <Button isSmall look="primary" onClick={() => void replace()}>
                Open {failure.fileName}
              </Button>
            ) : (
              <div className="row-wrap">
                <Button isSmall onClick={() => void open()}>
                  Choose another file
                </Button>
                {failure.previous && (
                  <Button isSmall onClick={() => store.getState().dismissImportFailure()}>
                    Back to {failure.previous.fileName}
                  </Button>
                )}
              </div>
            )
          }
        >
          {failure.fileName}: {failure.message}
        </Notice>
      )}
      {!summary && isEmpty && (
        <EmptyState
          icon={<FileUp size={24} aria-hidden />}
          text="There is no table yet. Drop CSV, gzip, Parquet or Excel files anywhere in this window, paste cells from a spreadsheet, or look at the demo first."
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
      {!summary && options && failure && (
        <Panel title="How the file is read">
          <ImportForm options={options} />
        </Panel>
      )}
    </Page>
  );
}

/** How the files became the text that is read. */
function OriginNotes({ origin }: { readonly origin: DataOrigin }) {
  return (
    <div className="stack notice-list">
      {origin.notes.map((text) => (
        <Notice key={text} level={origin.sample && text.startsWith('This is a sample') ? 'warning' : 'info'}>
          {text}
        </Notice>
      ))}
    </div>
  );
}

function Summary({ summary }: { readonly summary: TableSummary }) {
  const origin = useStudio((s) => s.project.data?.origin);
  const [tab, setTab] = useState<'columns' | 'table'>('columns');
  const { rows, columns, options } = summary;
  const missing = columns.reduce((sum, column) => sum + column.missing, 0);
  return (
    <>
      <div className="data-columns">
        <div className="stack">
          <Panel title={summary.fileName}>
            <Facts
              facts={[
                { label: 'Rows', value: countText(rows) },
                { label: 'Columns', value: countText(columns.length) },
                { label: 'Size', value: bytesText(summary.bytes) },
                { label: 'Cells missing', value: percentText(missing / Math.max(1, rows * columns.length)) },
                { label: 'Separated by', value: delimiterName(options.delimiter ?? ',') },
                {
                  label: 'Quoted by',
                  value: options.quote === "'" ? 'apostrophes' : options.quote === 'none' ? 'nothing' : 'double quotes',
                },
                { label: 'Decimal mark', value: options.decimal === ',' ? 'comma' : 'point' },
                { label: 'Encoding', value: options.encoding ?? '–' },
              ]}
            />
            {origin && <OriginNotes origin={origin} />}
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
          <DesignPanel summary={summary} />
        </div>
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
