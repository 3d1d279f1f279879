import {
  applyNodeChanges,
  Background,
  BackgroundVariant,
  ConnectionMode,
  type EdgeChange,
  type FinalConnectionState,
  MiniMap,
  type NodeChange,
  ReactFlow,
  useReactFlow,
  useStore as useRfStore,
} from '@xyflow/react';
import { type DragEvent, type KeyboardEvent, useCallback, useEffect, useMemo, useState } from 'react';
import { type EdgeKey, refusalOf } from '../../state/map';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { classes } from '../../ui/classes';
import { ContextMenu } from '../../ui/Menu';
import { ArrowEdge, type ArrowFlowEdge, Arrowheads } from './ArrowEdge';
import { CanvasLegend } from './CanvasLegend';
import { type ContextTarget, canvasMenu } from './canvasMenu';
import { DrawingLine } from './DrawingLine';
import { arrowEdges, cardNodes, edgeBends, edgeId, edgeOfId } from './flowModel';
import { cardSize, largestAutomaticLayout, layeredLayout, placeLoose } from './layout';
import { useCheckedMap, useColumns, useMapFacts } from './mapFacts';
import { type CardNode, NodeCard } from './NodeCard';
import { RefusalBanner, useDrawingRefusal } from './RefusalBanner';

const nodeTypes = { card: NodeCard };
const edgeTypes = { arrow: ArrowEdge };
export const dragType = 'application/x-counterpoise-column';
const isReducedMotion = () => matchMedia('(prefers-reduced-motion: reduce)').matches;
const gridStep = 16;
/** Below this zoom names grow and the small print goes, so that a large map stays readable. */
const farZoom = 0.58;

interface MapCanvasProps {
  readonly isSnapping: boolean;
  readonly hasMinimap: boolean;
  onDrawArrow(from: string | null): void;
  onToggleSnap(): void;
}

/** The map on which arrows are drawn. The document is the truth; React Flow holds only what is being dragged. */
export function MapCanvas({ isSnapping, hasMinimap, onDrawArrow, onToggleSnap }: MapCanvasProps) {
  const store = useStudioStore();
  const flow = useReactFlow<CardNode, ArrowFlowEdge>();
  const map = useStudio((s) => s.project.map);
  const target = useStudio((s) => s.project.target?.column ?? null);
  const exposure = useStudio((s) => s.project.exposure);
  const projectId = useStudio((s) => s.projectId);
  const hasTable = useStudio((s) => s.loadedData !== null);
  const selection = useStudio((s) => s.selection);
  const refusal = useStudio((s) => s.refusal);
  const request = useStudio((s) => s.canvasRequest);
  const facts = useMapFacts();
  const checked = useCheckedMap();
  const columns = useColumns();
  const [drawingFrom, setDrawingFrom] = useState<string | null>(null);
  const drawing = useDrawingRefusal();
  const [contextTarget, setContextTarget] = useState<ContextTarget>({ kind: 'pane' });
  const isFar = useRfStore((state) => state.transform[2] < farZoom);
  const cycle = drawing?.cycle ?? refusal?.cycle ?? null;

  const canvasFacts = useMemo(
    () => ({
      map,
      facts,
      checked,
      columns,
      hasTable,
      target,
      exposure,
      cycle: cycle ?? [],
      drawingFrom,
    }),
    [map, facts, checked, columns, hasTable, target, exposure, cycle, drawingFrom],
  );
  const cards = useMemo(() => cardNodes(canvasFacts), [canvasFacts]);
  const bends = useMemo(() => edgeBends(map), [map]);
  const arrows = useMemo(() => arrowEdges(canvasFacts, bends), [canvasFacts, bends]);
  // Marking what is selected leaves the data of cards and arrows as they are, so that only the marked ones render.
  const fromDocument = useMemo(() => {
    const names = new Set(selection.kind === 'map' ? selection.nodes : []);
    return cards.map((card) => ({ ...card, selected: names.has(card.id) }));
  }, [cards, selection]);
  const edges = useMemo(() => {
    const ids = new Set(selection.kind === 'map' ? selection.edges.map(edgeId) : []);
    return arrows.map((arrow) => ({ ...arrow, selected: ids.has(arrow.id) }));
  }, [arrows, selection]);
  const [nodes, setNodes] = useState<CardNode[]>(fromDocument);
  useEffect(() => {
    setNodes((before) => {
      const old = new Map(before.map((node) => [node.id, node]));
      // Measured sizes stay, and a card under the pointer stays there until it is let go.
      return fromDocument.map((node) => {
        const known = old.get(node.id);
        if (!known) return node;
        const position = known.dragging ? known.position : node.position;
        return { ...known, ...node, position };
      });
    });
  }, [fromDocument]);

  const arrange = useCallback(
    (isAsked: boolean) => {
      const studio = store.getState();
      const { map: now } = studio.project;
      if (now.nodes.length === 0) return;
      if (isAsked) {
        studio.moveNodes(layeredLayout(now), 'Arrange the map');
        studio.announce('Map arranged in layers, causes on the left.');
      } else {
        const isBlank = now.nodes.every(({ position }) => position === null);
        const isLayered = isBlank && now.edges.length > 0 && now.nodes.length <= largestAutomaticLayout;
        const positions = isLayered ? layeredLayout(now) : placeLoose(now);
        // First places are not a decision of the user: undo must not take them away.
        studio.recordQuietly((project) => ({
          ...project,
          map: {
            ...project.map,
            nodes: project.map.nodes.map((node) =>
              node.position ? node : { ...node, position: positions.get(node.name) ?? { x: 0, y: 0 } },
            ),
          },
        }));
      }
    },
    [store],
  );
  const fitMap = useCallback(
    () => void flow.fitView({ padding: 0.08, maxZoom: 1.1, duration: isReducedMotion() ? 0 : 200 }),
    [flow],
  );

  const hasLoose = map.nodes.some(({ position }) => position === null);
  useEffect(() => {
    if (hasLoose) arrange(false);
  }, [hasLoose, arrange]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another project is another view
  useEffect(() => {
    const timer = setTimeout(fitMap, 60);
    return () => clearTimeout(timer);
  }, [projectId, fitMap]);
  useEffect(() => {
    if (!request) return;
    if (request.kind === 'fit') fitMap();
    if (request.kind === 'layout') {
      arrange(true);
      setTimeout(fitMap, 60);
    }
  }, [request, fitMap, arrange]);

  const select = (nodeIds: readonly string[], edgeIds: readonly string[]) =>
    store
      .getState()
      .select(
        nodeIds.length + edgeIds.length === 0
          ? { kind: 'none' }
          : { kind: 'map', nodes: nodeIds, edges: edgeIds.map(edgeOfId) },
      );
  // Nodes and edges report in turn, so each reads what the other has just written.
  const selectedOnMap = (): { readonly nodes: readonly string[]; readonly edges: readonly EdgeKey[] } => {
    const { selection: now } = store.getState();
    return now.kind === 'map' ? now : { nodes: [], edges: [] };
  };
  const selectedIds = (
    changes: readonly (NodeChange<CardNode> | EdgeChange<ArrowFlowEdge>)[],
    current: readonly string[],
  ) => {
    const chosen = new Set(current);
    for (const change of changes) {
      if (change.type !== 'select') continue;
      if (change.selected) chosen.add(change.id);
      else chosen.delete(change.id);
    }
    return [...chosen];
  };
  const onNodesChange = (changes: NodeChange<CardNode>[]) => {
    setNodes((now) => applyNodeChanges(changes, now));
    const moved = changes.flatMap((change) =>
      change.type === 'position' && change.dragging === false && change.position
        ? [[change.id, { x: Math.round(change.position.x), y: Math.round(change.position.y) }] as const]
        : [],
    );
    if (moved.length > 0) store.getState().moveNodes(new Map(moved));
    if (changes.some(({ type }) => type === 'select')) {
      const current = selectedOnMap();
      select(selectedIds(changes, current.nodes), current.edges.map(edgeId));
    }
  };
  const onEdgesChange = (changes: EdgeChange<ArrowFlowEdge>[]) => {
    if (!changes.some(({ type }) => type === 'select')) return;
    const current = selectedOnMap();
    select(current.nodes, selectedIds(changes, current.edges.map(edgeId)));
  };
  const draw = (from: string, to: string) => {
    const studio = store.getState();
    const refused = studio.connect(from, to);
    studio.announce(refused ? `Not drawn. ${refused.message}` : `${from} now causes ${to}.`);
  };
  const onConnectEnd = (_: unknown, end: FinalConnectionState) => {
    setDrawingFrom(null);
    // An arrow that may be drawn arrives at onConnect; here are those let go on a node that may not take them.
    if (end.fromNode && end.toNode && end.isValid === false && end.fromNode.id !== end.toNode.id)
      draw(end.fromNode.id, end.toNode.id);
  };
  const onDrop = (event: DragEvent) => {
    const name = event.dataTransfer.getData(dragType);
    if (!name) return;
    event.preventDefault();
    const at = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
    const position = { x: Math.round(at.x - cardSize.width / 2), y: Math.round(at.y - cardSize.height / 2) };
    store.getState().addNode(name, { position });
    store.getState().select({ kind: 'map', nodes: [name], edges: [] });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey) {
      if (event.key.toLowerCase() !== 'a') return;
      event.preventDefault();
      select(
        map.nodes.map(({ name }) => name),
        edges.map(({ id }) => id),
      );
      return;
    }
    if (event.altKey || (event.target instanceof HTMLElement && /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)))
      return;
    const focused =
      event.target instanceof HTMLElement ? event.target.closest('.react-flow__node')?.getAttribute('data-id') : null;
    const act: Record<string, () => void> = {
      a: () => onDrawArrow(focused ?? selectedOnMap().nodes[0] ?? null),
      l: () => {
        arrange(true);
        setTimeout(fitMap, 60);
      },
      g: onToggleSnap,
      '0': () => void flow.zoomTo(1),
      '!': fitMap,
    };
    const key = event.code === 'Digit1' && event.shiftKey ? '!' : event.key.toLowerCase();
    const action = act[key];
    if (!action) return;
    event.preventDefault();
    action();
  };

  return (
    <ContextMenu
      label="Map"
      entries={canvasMenu(contextTarget, store, onDrawArrow, { fit: fitMap, arrange: () => arrange(true) })}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys reach it from the nodes and arrows inside */}
      <div
        className={classes('map-canvas', drawingFrom !== null && 'map-drawing', isFar && 'map-far')}
        onKeyDown={onKeyDown}
        onDragOver={(event) => {
          if (event.dataTransfer.types.includes(dragType)) event.preventDefault();
        }}
        onDrop={onDrop}
      >
        <Arrowheads />
        <ReactFlow<CardNode, ArrowFlowEdge>
          nodes={nodes}
          edges={edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          onNodesChange={onNodesChange}
          onEdgesChange={onEdgesChange}
          onConnect={({ source, target: end }) => draw(source, end)}
          onConnectStart={(_, { nodeId }) => setDrawingFrom(nodeId)}
          onConnectEnd={onConnectEnd}
          onClickConnectStart={(_, { nodeId }) => setDrawingFrom(nodeId)}
          onClickConnectEnd={() => setDrawingFrom(null)}
          isValidConnection={({ source, target: end }) => refusalOf(map, source, end, '->') === null}
          connectionMode={ConnectionMode.Loose}
          connectionRadius={12}
          connectionLineComponent={DrawingLine}
          deleteKeyCode={['Delete', 'Backspace']}
          onBeforeDelete={async (gone) => {
            store.getState().removeFromMap(
              gone.nodes.map(({ id }) => id),
              // Edges of removed nodes go with them; only those chosen themselves are named.
              gone.edges.filter(({ selected }) => selected).map(({ id }) => edgeOfId(id)),
            );
            store.getState().select({ kind: 'none' });
            return false;
          }}
          onNodeContextMenu={(_, node) => setContextTarget({ kind: 'node', name: node.id })}
          onEdgeContextMenu={(_, edge) => setContextTarget({ kind: 'edge', edge: edgeOfId(edge.id) })}
          onPaneContextMenu={() => setContextTarget({ kind: 'pane' })}
          snapToGrid={isSnapping}
          snapGrid={[gridStep, gridStep]}
          minZoom={0.15}
          maxZoom={2}
          fitView
          fitViewOptions={{ padding: 0.08, maxZoom: 1.1 }}
          elevateEdgesOnSelect
          attributionPosition="top-right"
        >
          <Background variant={BackgroundVariant.Dots} gap={gridStep} size={isSnapping ? 1.6 : 1} />
          {hasMinimap && map.nodes.length > 0 && (
            <MiniMap pannable zoomable className="map-minimap" ariaLabel="Overview of the map" />
          )}
        </ReactFlow>
        <CanvasLegend />
        <RefusalBanner drawing={drawing} />
      </div>
    </ContextMenu>
  );
}
