import { ReactFlowProvider } from '@xyflow/react';
import { ArrowRight, FileCode2, PanelLeft } from 'lucide-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import type { CanvasColours } from '../../state/ui';
import { IconButton } from '../../ui/IconButton';
import { Segmented } from '../../ui/Segmented';
import { Select } from '../../ui/Select';
import { ArrowDialog } from './ArrowDialog';
import { ColumnPalette, hasUsableColumnLeft } from './ColumnPalette';
import { MapCanvas } from './MapCanvas';
import { MapFileDialog } from './MapFileDialog';
import { MapTable } from './MapTable';
import { MapTextView } from './MapTextView';
import { useQuestion } from './mapFacts';
import './map.css';

type MapView = 'canvas' | 'table' | 'text';

/** The home of the studio: palette, canvas (or the same map as lists) and the tools above them. */
export function MapStage() {
  return (
    <ReactFlowProvider>
      <MapWorkspace />
    </ReactFlowProvider>
  );
}

function MapWorkspace() {
  const [view, setView] = useState<MapView>('canvas');
  const [isSnapping, setSnapping] = useState(false);
  const nodeCount = useStudio((s) => s.project.map.nodes.length);
  // Until the person says otherwise, an overview where there is much to overlook.
  const [wantsMinimap, setMinimap] = useState<boolean | null>(null);
  const hasMinimap = wantsMinimap ?? nodeCount > 24;
  const { hasPalette, setPalette } = usePalette();
  const [isFileOpen, setFileOpen] = useState(false);
  const [arrow, setArrow] = useState<{ readonly from: string | null } | null>(null);
  const request = useStudio((s) => s.canvasRequest);
  const store = useStudioStore();
  // Wishes made before this stage was shown have been met or are no longer meant.
  const seen = useRef(0);
  useEffect(() => {
    if (!request || request.count === seen.current) return;
    seen.current = request.count;
    if (request.kind === 'map-file') setFileOpen(true);
    if (request.kind === 'add-column') {
      setPalette(true);
      setTimeout(() => document.getElementById('column-search')?.focus(), 50);
    }
    if (request.kind === 'draw-arrow') {
      const { selection } = store.getState();
      setArrow({ from: selection.kind === 'map' ? (selection.nodes[0] ?? null) : null });
    }
  }, [request, store, setPalette]);

  return (
    <div className="map-stage">
      <header className="map-bar">
        <IconButton
          label={hasPalette ? 'Hide columns' : 'Show columns'}
          icon={<PanelLeft size={16} />}
          isPressed={hasPalette}
          onClick={() => setPalette(!hasPalette)}
        />
        <Segmented<MapView>
          label="View of the map"
          value={view}
          onChange={setView}
          options={[
            { value: 'canvas', label: 'Canvas' },
            { value: 'table', label: 'List' },
            { value: 'text', label: 'Text' },
          ]}
        />
        <QuestionBar />
        <div className="grow" />
        <IconButton
          label="Add arrow"
          hint="A"
          icon={<ArrowRight size={16} />}
          onClick={() => setArrow({ from: null })}
        />
        <IconButton
          label="Map as text: import, export"
          icon={<FileCode2 size={16} />}
          onClick={() => setFileOpen(true)}
        />
      </header>
      <div className="map-body">
        {hasPalette && <ColumnPalette />}
        {view === 'canvas' ? (
          <MapCanvas
            isSnapping={isSnapping}
            hasMinimap={hasMinimap}
            onDrawArrow={(from) => setArrow({ from })}
            onToggleSnap={() => setSnapping(!isSnapping)}
            onToggleMinimap={() => setMinimap(!hasMinimap)}
          />
        ) : view === 'table' ? (
          <MapTable />
        ) : (
          <MapTextView />
        )}
      </div>
      <ArrowDialog isOpen={arrow !== null} from={arrow?.from ?? null} onClose={() => setArrow(null)} />
      <MapFileDialog isOpen={isFileOpen} onClose={() => setFileOpen(false)} />
    </div>
  );
}

/** Open at first where a column is left to add; after that it moves only when asked, or the canvas would jump. */
function usePalette() {
  const projectId = useStudio((s) => s.projectId);
  const isReady = useStudio((s) => s.table.status === 'ready');
  const store = useStudioStore();
  const [palette, setPalette] = useState<{ readonly projectId: string; readonly isOpen: boolean } | null>(null);
  useEffect(() => {
    if (isReady)
      setPalette((now) =>
        now?.projectId === projectId ? now : { projectId, isOpen: hasUsableColumnLeft(store.getState()) },
      );
  }, [isReady, projectId, store]);
  const open = useCallback((isOpen: boolean) => setPalette({ projectId, isOpen }), [projectId]);
  return { hasPalette: palette?.isOpen ?? false, setPalette: open };
}

/** The question put to the map: what does the exposure do to the outcome? */
function QuestionBar() {
  const nodes = useStudio((s) => s.project.map.nodes);
  const target = useStudio((s) => s.project.target?.column ?? null);
  const setExposure = useStudio((s) => s.setExposure);
  const ask = useStudio((s) => s.askEffect);
  const colours = useStudio((s) => s.canvasColours);
  const setColours = useStudio((s) => s.setCanvasColours);
  const { exposure, outcome } = useQuestion();
  const recorded = nodes.filter(({ latent }) => !latent).map(({ name }) => name);
  const options = (names: readonly string[]) => names.map((name) => ({ value: name, label: name }));
  return (
    <div className="question-bar">
      <Select
        label="Exposure"
        isInline
        value={exposure ?? ''}
        options={[{ value: '', label: 'none chosen' }, ...options(recorded.filter((name) => name !== target))]}
        onChange={(value) => setExposure(value === '' ? null : value)}
      />
      {exposure !== null && (
        <>
          <Select
            label="Outcome"
            isInline
            value={outcome ?? ''}
            options={[
              ...(outcome === null ? [{ value: '', label: 'none chosen' }] : []),
              ...options(recorded.filter((name) => name !== exposure)),
            ]}
            onChange={(value) => ask({ outcome: value === target ? null : value })}
          />
          <Segmented<CanvasColours>
            label="Colours of the arrows"
            value={colours}
            onChange={setColours}
            options={[
              { value: 'effect', label: 'Effect', title: 'Paths that carry the effect, and open ones that bias it' },
              { value: 'data', label: 'Data', title: 'What the data say of each arrow' },
            ]}
          />
        </>
      )}
    </div>
  );
}
