import { useMemo, useState } from 'react';
import { type MapFormatId, mapFormats, writeMap } from '../../engine/graph/formats/catalogue';
import { type ReadMap, readMap } from '../../engine/graph/formats/readMap';
import { useStudio } from '../../state/StudioProvider';
import { tableSummary } from '../../state/tableState';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Notice } from '../../ui/Notice';
import { Select } from '../../ui/Select';
import { saveFile } from '../../ui/saveFile';
import { Tabs } from '../../ui/Tabs';
import { useMapImport } from './importMap';
import { useQuestion } from './mapFacts';
import { PictureExport } from './PictureExport';

type Tab = 'export' | 'import' | 'picture';

/** The map as text in any format, copied out or pasted in, and as a picture. */
export function MapFileDialog({ isOpen, onClose }: { readonly isOpen: boolean; onClose(): void }) {
  const [tab, setTab] = useState<Tab>('export');
  return (
    <Dialog isOpen={isOpen} title="The map as text or picture" onClose={onClose} width={680}>
      <Tabs<Tab>
        label="What to do"
        value={tab}
        onChange={setTab}
        tabs={[
          { value: 'export', label: 'Copy out', content: <ExportText /> },
          { value: 'import', label: 'Paste in', content: <ImportText close={onClose} /> },
          { value: 'picture', label: 'Picture', content: <PictureExport /> },
        ]}
      />
    </Dialog>
  );
}

const byTitle = [...mapFormats].sort((a, b) => a.title.localeCompare(b.title));
const formatOptions = byTitle.map(({ id, title, about }) => ({ value: id, label: `${title}: ${about}` }));

function ExportText() {
  const map = useStudio((s) => s.project.map);
  const name = useStudio((s) => s.project.name);
  const { exposure, outcome } = useQuestion();
  const [format, setFormat] = useState<MapFormatId>('dagitty');
  const [isCopied, setCopied] = useState(false);
  const { text, losses } = useMemo(
    () => writeMap(format, map, { exposure, outcome }),
    [format, map, exposure, outcome],
  );
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), 2000);
  };
  const save = () => {
    const { extension } = mapFormats.find(({ id }) => id === format)!;
    saveFile(`${name.replace(/[^\p{L}\p{N} _-]/gu, '')} map.${extension}`, new Blob([text], { type: 'text/plain' }));
  };
  return (
    <div className="stack map-text">
      <Select<MapFormatId> label="Format" value={format} options={formatOptions} onChange={setFormat} />
      <textarea className="input map-code" readOnly aria-label="Map as text" value={text} rows={12} />
      {losses.map((loss) => (
        <Notice key={loss} level="info">
          {loss}
        </Notice>
      ))}
      <div className="row">
        <div className="grow" />
        <Button onClick={save}>Save as a file</Button>
        <Button look="primary" onClick={() => void copy()}>
          {isCopied ? 'Copied' : 'Copy'}
        </Button>
      </div>
    </div>
  );
}

const readable = byTitle.filter(({ parse }) => parse !== null);
const detected = 'detect' as const;

function ImportText({ close }: { close(): void }) {
  const summary = useStudio(tableSummary);
  const [text, setText] = useState('');
  const [format, setFormat] = useState<MapFormatId | typeof detected>(detected);
  const importMap = useMapImport();
  const result = useMemo((): { readonly read: ReadMap | null; readonly message: string | null } => {
    if (text.trim() === '') return { read: null, message: null };
    try {
      return { read: readMap(text, format === detected ? null : format), message: null };
    } catch (error) {
      return { read: null, message: error instanceof Error ? error.message : String(error) };
    }
  }, [text, format]);
  const { read, message } = result;
  const known = new Set(summary?.columns.map(({ name }) => name));
  const strangers = summary ? (read?.map.nodes.filter(({ name, latent }) => !latent && !known.has(name)) ?? []) : [];
  const use = () => {
    if (!read) return;
    importMap(read);
    close();
  };
  const title = mapFormats.find(({ id }) => id === read?.format)?.title;
  return (
    <div className="stack map-text">
      <Select<MapFormatId | typeof detected>
        label="Format"
        value={format}
        options={[
          { value: detected, label: 'Told by the text' },
          ...readable.map(({ id, title: label }) => ({ value: id, label })),
        ]}
        onChange={setFormat}
      />
      <textarea
        className="input map-code"
        aria-label="Map text to import"
        placeholder={'dag { smoking -> tar  tar -> cancer }'}
        value={text}
        rows={10}
        onChange={(event) => setText(event.target.value)}
      />
      {message && <Notice level="error">{message}</Notice>}
      {read?.warnings.map((warning) => (
        <Notice key={warning} level="warning">
          {warning}
        </Notice>
      ))}
      {strangers.length > 0 && (
        <Notice level="warning">
          {strangers.length === 1 ? 'A node has' : `${strangers.length} nodes have`} no column in the table:{' '}
          {strangers
            .slice(0, 6)
            .map(({ name }) => name)
            .join(', ')}
          . Rename them or mark them as not recorded.
        </Notice>
      )}
      <div className="row">
        <span className="muted grow">
          {read
            ? `${read.map.nodes.length} nodes, ${read.map.edges.length} arrows, read as ${title}.`
            : `Any of ${readable.map((one) => one.title).join(', ')}.`}
        </span>
        <Button look="primary" disabled={!read} onClick={use}>
          Replace the map
        </Button>
      </div>
    </div>
  );
}
