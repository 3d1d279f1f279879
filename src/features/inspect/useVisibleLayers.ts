import { useMemo } from 'react';
import { runIdOfLayer } from '../../state/inspect';
import { useStudio } from '../../state/StudioProvider';
import type { PointLayer } from '../../worker/inspectApi';
import { showsComparison, showsSynthetic } from './layers';

/** The layers on screen: real ones and the other run as switched, generated ones as the compare switch says. */
export function useVisibleLayers(): readonly PointLayer[] {
  const hidden = useStudio((s) => s.plot.hidden);
  const compare = useStudio((s) => s.compare);
  const hasOther = useStudio((s) => runIdOfLayer(s, 'other') !== null);
  const hasRejected = useStudio((s) => runIdOfLayer(s, 'rejected') !== null);
  return useMemo(() => {
    const layers: PointLayer[] = (['common', 'rare'] as const).filter((layer) => !hidden.includes(layer));
    if (showsSynthetic(compare)) layers.push('synthetic');
    if (showsComparison(compare)) layers.push('comparison');
    if (hasOther && !hidden.includes('other')) layers.push('other');
    if (hasRejected && !hidden.includes('rejected')) layers.push('rejected');
    return layers;
  }, [hidden, compare, hasOther, hasRejected]);
}
