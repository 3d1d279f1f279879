import { useReactFlow } from '@xyflow/react';
import { useCallback, useEffect } from 'react';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import type { StudioState } from '../../state/studioState';
import { largestAutomaticLayout, layeredLayout, placeLoose, tieredLayout } from './layout';
import { glideMs } from './useCanvasNodes';

const isReducedMotion = () => matchMedia('(prefers-reduced-motion: reduce)').matches;
/** Clear of the tools and the legend, and of the names of the lanes where there are any. */
export const fitPadding = { top: '14px', right: '24px', bottom: '46px', left: '52px' } as const;
const fitPaddingInLanes = { ...fitPadding, top: '46px' } as const;

/** Where the cards stand: first places of new ones, layouts on demand, lanes of time, and the view that holds them all. */
export function useArrangement(glide: () => void) {
  const store = useStudioStore();
  const flow = useReactFlow();
  const projectId = useStudio((s) => s.projectId);
  const request = useStudio((s) => s.canvasRequest);
  const hasLoose = useStudio((s) => s.project.map.nodes.some(({ position }) => position === null));

  const fitMap = useCallback(
    () =>
      void flow.fitView({
        padding: store.getState().project.map.lanes ? fitPaddingInLanes : fitPadding,
        maxZoom: 1.1,
        duration: isReducedMotion() ? 0 : 200,
      }),
    [flow, store],
  );
  const rearrange = useCallback(() => {
    const studio = store.getState();
    const { map } = studio.project;
    if (map.nodes.length > 0) {
      glide();
      if (map.lanes) {
        const { positions, lanes } = tieredLayout(map);
        studio.arrangeMap(positions, lanes);
      } else studio.arrangeMap(layeredLayout(map));
      studio.announce('Map arranged in layers, causes before effects.');
    }
    setTimeout(fitMap, glideMs + 40);
  }, [store, glide, fitMap]);
  const toggleLanes = () => {
    const studio = store.getState();
    if (studio.project.map.lanes) studio.hideLanes();
    else {
      const { positions, lanes } = tieredLayout(studio.project.map);
      glide();
      studio.arrangeMap(positions, lanes);
      studio.announce(`${lanes.length} lanes of time shown: a card takes the tier of the lane it is moved to.`);
      setTimeout(fitMap, glideMs + 40);
    }
  };

  useEffect(() => {
    if (hasLoose) placeNewCards(store.getState());
  }, [hasLoose, store]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another project is another view
  useEffect(() => {
    const timer = setTimeout(fitMap, 60);
    return () => clearTimeout(timer);
  }, [projectId, fitMap]);
  useEffect(() => {
    if (request?.kind === 'fit') fitMap();
    if (request?.kind === 'layout') rearrange();
  }, [request, fitMap, rearrange]);

  return { fitMap, rearrange, toggleLanes };
}

/** First places are not a decision of the user: undo must not take them away. */
function placeNewCards({ project, recordQuietly }: StudioState): void {
  const { map } = project;
  const isBlank = map.nodes.every(({ position }) => position === null);
  const isLayered = isBlank && map.edges.length > 0 && map.nodes.length <= largestAutomaticLayout;
  const positions = isLayered ? layeredLayout(map) : placeLoose(map);
  recordQuietly((now) => ({
    ...now,
    map: {
      ...now.map,
      nodes: now.map.nodes.map((node) =>
        node.position ? node : { ...node, position: positions.get(node.name) ?? { x: 0, y: 0 } },
      ),
    },
  }));
}
