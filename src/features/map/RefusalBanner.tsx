import { useConnection } from '@xyflow/react';
import { X } from 'lucide-react';
import { useMemo } from 'react';
import { type Refusal, refusalOf } from '../../engine/graph/refusal';
import { useStudio } from '../../state/StudioProvider';
import { IconButton } from '../../ui/IconButton';
import { Notice } from '../../ui/Notice';

/** Why the arrow under the pointer cannot be drawn, while it is being drawn. */
export function useDrawingRefusal(): Refusal | null {
  const from = useConnection((connection) => (connection.inProgress ? connection.fromNode.id : null));
  const to = useConnection((connection) => (connection.inProgress ? (connection.toNode?.id ?? null) : null));
  const map = useStudio((s) => s.project.map);
  return useMemo(
    () => (from !== null && to !== null && from !== to ? refusalOf(map, from, to, '->') : null),
    [from, to, map],
  );
}

/** The refusal in words, over the canvas that shows the cycle. */
export function RefusalBanner({ drawing }: { readonly drawing: Refusal | null }) {
  const kept = useStudio((s) => s.refusal);
  const dismiss = useStudio((s) => s.dismissRefusal);
  const refusal = drawing ?? kept;
  if (!refusal) return null;
  return (
    <div className="map-banner">
      <Notice
        level="warning"
        action={drawing ? undefined : <IconButton label="Close" icon={<X size={14} />} onClick={dismiss} />}
      >
        {refusal.message}
      </Notice>
    </div>
  );
}
