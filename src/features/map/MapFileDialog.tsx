import { useMemo, useState } from 'react';
import { writeDagittyCode } from '../../engine/graph/formats/dagittyCode';
import { writeDot } from '../../engine/graph/formats/dot';
import { writeMapJson } from '../../engine/graph/formats/mapJson';
import { type ReadMap, readMap } from '../../engine/graph/formats/readMap';
import { tableSummary } from '../../state/data';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Notice } from '../../ui/Notice';
import { Segmented } from '../../ui/Segmented';
import { Tabs } from '../../ui/Tabs';

type Format = 'dagitty' | 'dot' | 'json';

/** The map as text: copied out as DAGitty code, DOT or JSON, and pasted in as any of them. */
export function MapFileDialog({ isOpen, onClose }: { readonly isOpen: boolean; onClose(): void }) {
  const [tab, setTab] = useState<'export' | 'import'>('export');
  return (
    <Dialog isOpen={isOpen} title="The map as text" onClose={onClose} width={640}>
      <Tabs<'export' | 'import'>
        label="Direction"
        value={tab}
        onChange={setTab}
        tabs={[
          { value: 'export', label: 'Copy out', content: <ExportText /> },
          { value: 'import', label: 'Paste in', content: <ImportText close={onClose} /> },
        ]}
      />
    </Dialog>
  );
}

function ExportText() {
  const map = useStudio((s) => s.project.map);
  const exposure = useStudio((s) => s.project.exposure);
  const target = useStudio((s) => s.project.target?.column ?? null);
  const [format, setFormat] = useState<Format>('dagitty');
  const [isCopied, setCopied] = useState(false);
  const text = useMemo(() => {
    if (format === 'dot') return writeDot(map);
    if (format === 'json') return writeMapJson(map, { exposure, target });
    return writeDagittyCode(map, { exposures: exposure ? [exposure] : [], outcomes: target ? [target] : [] });
  }, [format, map, exposure, target]);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), 2000);
  };
  return (
    <div className="stack map-text">
      <div className="row">
        <Segmented<Format>
          label="Format"
          value={format}
          onChange={setFormat}
          options={[
            { value: 'dagitty', label: 'DAGitty' },
            { value: 'dot', label: 'DOT' },
            { value: 'json', label: 'JSON' },
          ]}
        />
        <div className="grow" />
        <Button look="primary" onClick={() => void copy()}>
          {isCopied ? 'Copied' : 'Copy'}
        </Button>
      </div>
      <textarea className="input map-code" readOnly aria-label="Map as text" value={text} rows={14} />
    </div>
  );
}

function ImportText({ close }: { close(): void }) {
  const store = useStudioStore();
  const summary = useStudio(tableSummary);
  const [text, setText] = useState('');
  const result = useMemo((): { readonly read: ReadMap | null; readonly message: string | null } => {
    if (text.trim() === '') return { read: null, message: null };
    try {
      return { read: readMap(text), message: null };
    } catch (error) {
      return { read: null, message: error instanceof Error ? error.message : String(error) };
    }
  }, [text]);
  const { read, message } = result;
  const known = new Set(summary?.columns.map(({ name }) => name));
  const strangers = summary ? (read?.map.nodes.filter(({ name, latent }) => !latent && !known.has(name)) ?? []) : [];
  const use = () => {
    if (!read) return;
    const studio = store.getState();
    // One step for undo: the map and the question that came with it.
    studio.edit('Import map', (project) => {
      const names = new Set(read.map.nodes.map(({ name }) => name));
      const stays = project.exposure !== null && names.has(project.exposure) ? project.exposure : null;
      const exposure = read.exposures.find((name) => name !== project.target?.column) ?? stays;
      return { ...project, map: read.map, exposure };
    });
    studio.announce(`Map imported: ${read.map.nodes.length} nodes, ${read.map.edges.length} arrows.`);
    close();
    studio.requestCanvas('fit');
  };
  return (
    <div className="stack map-text">
      <textarea
        className="input map-code"
        aria-label="Map text to import"
        placeholder={'dag { smoking -> tar  tar -> cancer }'}
        value={text}
        rows={12}
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
            ? `${read.map.nodes.length} nodes, ${read.map.edges.length} arrows, read as ${read.format}.`
            : 'DAGitty code, DOT or JSON.'}
        </span>
        <Button look="primary" disabled={!read} onClick={use}>
          Replace the map
        </Button>
      </div>
    </div>
  );
}
