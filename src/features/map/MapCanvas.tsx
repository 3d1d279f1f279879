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
import { type CSSProperties, type DragEvent, type KeyboardEvent, useMemo, useState } from 'react';
import type { EdgeKey } from '../../engine/graph/causalMap';
import { tierAt } from '../../engine/graph/lanes';
import { refusalOf } from '../../engine/graph/refusal';
import { cardSize } from '../../state/mapPlaces';
import { ofProject } from '../../state/mapStudy';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { classes } from '../../ui/classes';
import { ContextMenu } from '../../ui/Menu';
import { ArrowEdge, type ArrowFlowEdge, Arrowheads } from './ArrowEdge';
import { CanvasHint } from './CanvasHint';
import { CanvasLegend } from './CanvasLegend';
import { CanvasTools } from './CanvasTools';
import { CommentCard, commentNodeId, commentNodes, commentOfNodeId } from './CommentCard';
import { type CanvasActions, pressOnCanvas } from './canvasKeys';
import { type ContextTarget, canvasMenu } from './canvasMenu';
import { useMapClipboard } from './clipboard';
import { DrawingLine } from './DrawingLine';
import { effectColours } from './effectPart';
import { useEffectAnswer } from './effectQuestion';
import { arrowEdges, cardNodes, edgeBends, edgeId, edgeOfId } from './flowModel';
import { focusLater } from './focusLater';
import { HintEdge, type HintFlowEdge, hintEdges } from './HintEdge';
import { Lanes } from './Lanes';
import { useCheckedMap, useColumns, useMapFacts } from './mapFacts';
import { NodeCard } from './NodeCard';
import { RefusalBanner, useDrawingRefusal } from './RefusalBanner';
import { fitPadding, useArrangement } from './useArrangement';
import { type CanvasNode, useCanvasNodes } from './useCanvasNodes';

const nodeTypes = { card: NodeCard, comment: CommentCard };
const edgeTypes = { arrow: ArrowEdge, hint: HintEdge };
type CanvasEdge = ArrowFlowEdge | HintFlowEdge;
export const dragType = 'application/x-counterpoise-column';
const gridStep = 16;
/** Below this zoom names grow and the small print goes, so that a large map stays readable. */
const farZoom = 0.58;

interface MapCanvasProps {
  readonly isSnapping: boolean;
  readonly hasMinimap: boolean;
  onDrawArrow(from: string | null): void;
  onToggleSnap(): void;
  onToggleMinimap(): void;
}

/** The map on which arrows are drawn. The document is the truth; React Flow holds only what is being dragged. */
export function MapCanvas({ isSnapping, hasMinimap, onDrawArrow, onToggleSnap, onToggleMinimap }: MapCanvasProps) {
  const store = useStudioStore();
  const flow = useReactFlow<CanvasNode, CanvasEdge>();
  const map = useStudio((s) => s.project.map);
  const target = useStudio((s) => s.project.target?.column ?? null);
  const exposure = useStudio((s) => s.project.exposure);
  const hasTable = useStudio((s) => s.loadedData !== null);
  const selection = useStudio((s) => s.selection);
  const refusal = useStudio((s) => s.refusal);
  const facts = useMapFacts();
  const checked = useCheckedMap();
  const columns = useColumns();
  const [drawingFrom, setDrawingFrom] = useState<string | null>(null);
  const drawing = useDrawingRefusal();
  const [contextTarget, setContextTarget] = useState<ContextTarget>({ kind: 'pane' });
  // In steps of a half, so that zooming does not render the whole canvas at every tick.
  const far = useRfStore(({ transform: [, , zoom] }) => (zoom < farZoom ? Math.round((2 * farZoom) / zoom) / 2 : 0));
  const answer = useEffectAnswer();
  const showsEffect = useStudio((s) => s.canvasColours === 'effect') && answer !== null;
  const effect = useMemo(() => (showsEffect ? effectColours(answer) : null), [showsEffect, answer]);
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
      effect,
    }),
    [map, facts, checked, columns, hasTable, target, exposure, cycle, drawingFrom, effect],
  );
  const cards = useMemo(() => cardNodes(canvasFacts), [canvasFacts]);
  const comments = useMemo(() => commentNodes(map.comments ?? []), [map.comments]);
  const bends = useMemo(() => edgeBends(map), [map]);
  const arrows = useMemo(() => arrowEdges(canvasFacts, bends), [canvasFacts, bends]);
  const hints = useStudio((s) => (s.areHintsShown ? (ofProject(s.hints, s.projectId)?.result.hints ?? null) : null));
  const hinted = useMemo(() => (hints ? hintEdges(hints, map) : []), [hints, map]);
  // Marking what is selected leaves the data of cards and arrows as they are, so that only the marked ones render.
  const fromDocument = useMemo(() => {
    const names = new Set(selection.kind === 'map' ? selection.nodes : []);
    return [...cards.map((card) => ({ ...card, selected: names.has(card.id) })), ...comments];
  }, [cards, comments, selection]);
  const edges = useMemo(() => {
    const ids = new Set(selection.kind === 'map' ? selection.edges.map(edgeId) : []);
    return [...arrows.map((arrow) => ({ ...arrow, selected: ids.has(arrow.id) })), ...hinted];
  }, [arrows, hinted, selection]);
  const { nodes, setNodes, glide } = useCanvasNodes(fromDocument);
  const { fitMap, rearrange, toggleLanes } = useArrangement(glide);

  useMapClipboard();
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
    changes: readonly (NodeChange<CanvasNode> | EdgeChange<CanvasEdge>)[],
    current: readonly string[],
  ) => {
    const chosen = new Set(current);
    for (const change of changes) {
      if (change.type !== 'select' || commentOfNodeId(change.id) !== null) continue;
      if (change.selected) chosen.add(change.id);
      else chosen.delete(change.id);
    }
    return [...chosen];
  };
  const onNodesChange = (changes: NodeChange<CanvasNode>[]) => {
    setNodes((now) => applyNodeChanges(changes, now));
    const moved = changes.flatMap((change) =>
      change.type === 'position' && change.dragging === false && change.position
        ? [[change.id, { x: Math.round(change.position.x), y: Math.round(change.position.y) }] as const]
        : [],
    );
    const cardsMoved = moved.filter(([id]) => commentOfNodeId(id) === null);
    if (cardsMoved.length > 0) {
      const studio = store.getState();
      const refused = studio.moveNodes(new Map(cardsMoved));
      if (refused) {
        studio.announce(`Not moved. ${refused.message}`);
        const places = new Map(studio.project.map.nodes.map(({ name, position: at }) => [name, at]));
        setNodes((now) => now.map((node) => ({ ...node, position: places.get(node.id) ?? node.position })));
      }
    }
    for (const [id, position] of moved) {
      const comment = commentOfNodeId(id);
      if (comment !== null) store.getState().moveComment(comment, position);
    }
    if (changes.some((change) => change.type === 'select' && commentOfNodeId(change.id) === null)) {
      const current = selectedOnMap();
      select(selectedIds(changes, current.nodes), current.edges.map(edgeId));
    }
  };
  const onEdgesChange = (changes: EdgeChange<CanvasEdge>[]) => {
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
    const { lanes } = store.getState().project.map;
    store.getState().addNode(name, { position, tier: lanes ? tierAt(lanes, at.x) : null });
    store.getState().select({ kind: 'map', nodes: [name], edges: [] });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey) {
      const key = event.key.toLowerCase();
      if (key === 'd') {
        event.preventDefault();
        const copies = selectedOnMap().nodes.flatMap((name) => store.getState().duplicateLatent(name) ?? []);
        if (copies.length > 0) select(copies, []);
        else store.getState().announce('A column is on the map once: only unrecorded variables can be duplicated.');
        return;
      }
      if (key !== 'a') return;
      event.preventDefault();
      select(
        map.nodes.map(({ name }) => name),
        arrows.map(({ id }) => id),
      );
      return;
    }
    if (event.altKey || (event.target instanceof HTMLElement && /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)))
      return;
    const focused =
      event.target instanceof HTMLElement
        ? (event.target.closest('.react-flow__node-card')?.getAttribute('data-id') ?? null)
        : null;
    const { key, code, shiftKey: isShifted } = event;
    if (pressOnCanvas({ key, code, isShifted, focused }, store.getState(), actions)) event.preventDefault();
  };
  const addComment = (at?: { readonly x: number; readonly y: number }) => {
    const { innerWidth, innerHeight } = window;
    const place = flow.screenToFlowPosition(at ?? { x: innerWidth / 2, y: innerHeight / 3 });
    const id = store.getState().addComment({ x: Math.round(place.x), y: Math.round(place.y) });
    focusLater(`[data-id="${CSS.escape(commentNodeId(id))}"] textarea`);
  };
  const actions: CanvasActions = {
    drawArrow: onDrawArrow,
    arrange: rearrange,
    fit: fitMap,
    zoomToFullSize: () => void flow.zoomTo(1),
    toggleSnap: onToggleSnap,
    toggleLanes,
    addComment,
    focusEdge(edge) {
      select([], [edgeId(edge)]);
      focusLater(`.react-flow__edge[data-id="${CSS.escape(edgeId(edge))}"]`);
    },
  };

  return (
    <ContextMenu label="Map" entries={canvasMenu(contextTarget, store, actions)}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys reach it from the nodes and arrows inside */}
      <div
        className={classes(
          'map-canvas',
          drawingFrom !== null && 'map-drawing',
          far > 0 && 'map-far',
          far >= 2 && 'map-very-far',
          map.lanes && 'has-lanes',
        )}
        style={{ '--far': far } as CSSProperties}
        onKeyDown={onKeyDown}
        onDragOver={(event) => {
          if (event.dataTransfer.types.includes(dragType)) event.preventDefault();
        }}
        onDrop={onDrop}
      >
        <Arrowheads />
        <ReactFlow<CanvasNode, CanvasEdge>
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
            const names = gone.nodes.map(({ id }) => id);
            for (const id of names.flatMap((name) => commentOfNodeId(name) ?? [])) store.getState().removeComment(id);
            store.getState().removeFromMap(
              names.filter((name) => commentOfNodeId(name) === null),
              // Edges of removed nodes go with them; only those chosen themselves are named.
              gone.edges.filter(({ selected }) => selected).map(({ id }) => edgeOfId(id)),
            );
            store.getState().select({ kind: 'none' });
            return false;
          }}
          onNodeContextMenu={(_, node) => {
            const comment = commentOfNodeId(node.id);
            setContextTarget(comment === null ? { kind: 'node', name: node.id } : { kind: 'comment', id: comment });
          }}
          onEdgeContextMenu={(_, edge) => setContextTarget({ kind: 'edge', edge: edgeOfId(edge.id) })}
          onPaneContextMenu={() => setContextTarget({ kind: 'pane' })}
          snapToGrid={isSnapping}
          snapGrid={[gridStep, gridStep]}
          minZoom={0.15}
          maxZoom={2}
          fitView
          fitViewOptions={{ padding: fitPadding, maxZoom: 1.1 }}
          elevateEdgesOnSelect
          attributionPosition="top-right"
        >
          <Background variant={BackgroundVariant.Dots} gap={gridStep} size={isSnapping ? 1.6 : 1} />
          {map.lanes && <Lanes lanes={map.lanes} />}
          {hasMinimap && map.nodes.length > 0 && (
            <MiniMap pannable zoomable className="map-minimap" ariaLabel="Overview of the map" />
          )}
        </ReactFlow>
        <CanvasTools
          isSnapping={isSnapping}
          hasMinimap={hasMinimap}
          hasLanes={map.lanes !== undefined}
          onSnap={onToggleSnap}
          onMinimap={onToggleMinimap}
          onLanes={toggleLanes}
          onArrange={rearrange}
          onFit={fitMap}
        />
        <CanvasHint />
        <CanvasLegend showsEffect={showsEffect} />
        <RefusalBanner drawing={drawing} />
      </div>
    </ContextMenu>
  );
}
