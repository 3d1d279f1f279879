import { EngineError } from '../../../engine/errors';
import {
  type LayerRows,
  type MadeLayer,
  madeLayer,
  type PointLayer,
  realLayers,
} from '../../../engine/inspection/layerRows';
import type { ViewSource } from '../../inspectApi';
import { classesOf, findRun, frameOfRun, openTable, type Session } from '../../session';

const madeLayers: readonly MadeLayer[] = ['synthetic', 'comparison', 'other', 'rejected'];

/** The layers of a view, real ones first. @throws EngineError `no-run` for a run this engine does not hold. */
export function viewLayers(session: Session, { target, runs }: ViewSource): LayerRows[] {
  const layers: LayerRows[] = [...realLayers(openTable(session).table, classesOf(session, target))];
  for (const layer of madeLayers) {
    const runId = runs[layer];
    if (runId !== undefined) layers.push(madeLayer(layer, frameOfRun(session, findRun(session, runId))));
  }
  return layers;
}

/** @throws EngineError `no-run` where the view has no run for a made layer. */
export function runOfLayer(session: Session, { runs }: ViewSource, layer: PointLayer) {
  const runId = layer === 'common' || layer === 'rare' ? undefined : runs[layer];
  if (runId === undefined)
    throw new EngineError('no-run', 'There are no synthetic rows of this kind yet: generate some first.');
  return findRun(session, runId);
}
