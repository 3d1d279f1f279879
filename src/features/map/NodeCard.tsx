import { Handle, type Node, type NodeProps, Position } from '@xyflow/react';
import { Filter, Lock, Target, TriangleAlert } from 'lucide-react';
import { memo } from 'react';
import type { ColumnKind } from '../../engine/data/table';
import { classes } from '../../ui/classes';
import { ColumnHistogram } from './ColumnHistogram';
import { KindMark } from './KindMark';

export interface NodeCardData extends Record<string, unknown> {
  readonly kind: ColumnKind | 'latent';
  /** The table has no such column. */
  readonly isUnknown: boolean;
  readonly isTarget: boolean;
  readonly isExposure: boolean;
  readonly role: string | null;
  /** How many further roles the node has. */
  readonly moreRoles: number;
  readonly roleTitle: string;
  readonly tag: string | null;
  readonly conflict: string | null;
  /** Held fixed in the question about the effect. */
  readonly isHeld: boolean;
  /** Rows of the table were chosen by its value. */
  readonly isSelection: boolean;
  /** On the cycle that was refused. */
  readonly isOnCycle: boolean;
  /** An arrow to it would close a cycle. */
  readonly isBarred: boolean;
}
export type CardNode = Node<NodeCardData, 'card'>;

/** A column on the canvas. Its rim starts and takes arrows; its body moves it. */
export const NodeCard = memo(function NodeCard({ id, data, selected }: NodeProps<CardNode>) {
  const { kind, isUnknown, isTarget, isExposure, role, moreRoles, roleTitle, tag, conflict } = data;
  const { isHeld, isSelection, isOnCycle, isBarred } = data;
  const isLatent = kind === 'latent';
  return (
    <div
      className={classes(
        'card',
        isLatent && 'card-latent',
        selected && 'card-selected',
        isTarget && 'card-target',
        isExposure && 'card-exposure',
        isUnknown && 'card-unknown',
        isHeld && 'card-held',
        isSelection && 'card-selection',
        isOnCycle && 'card-cycle',
        isBarred && 'card-barred',
      )}
    >
      {/* One handle over the whole card and a rim around it, both start and end of arrows. */}
      <Handle id="rim" type="source" position={Position.Right} className="card-rim" />
      <div className="card-body">
        <div className="card-head">
          <KindMark kind={kind} />
          <span className="card-name truncate" title={id}>
            {id}
          </span>
          {isHeld && <Lock size={12} className="card-held-mark" role="img" aria-label="Held fixed" />}
          {isSelection && (
            <Filter size={12} className="card-held-mark" role="img" aria-label="Rows were chosen by it" />
          )}
          {isTarget && <Target size={13} className="card-target-mark" role="img" aria-label="Target" />}
        </div>
        {!isLatent && !isUnknown && <ColumnHistogram column={id} />}
        {isUnknown && <span className="card-problem">not in the table</span>}
        <div className="card-foot">
          {conflict ? (
            <span className="badge badge-warning" title={conflict}>
              <TriangleAlert size={11} aria-hidden />
              <span className="truncate">not a {tag}</span>
            </span>
          ) : (
            tag &&
            tag !== role?.toLowerCase() && (
              <span className="badge" title={`Tagged ${tag}`}>
                {tag}
              </span>
            )
          )}
          {role && (
            <span className={classes('badge', isTarget || isExposure ? 'badge-accent' : null)} title={roleTitle}>
              <span className="truncate">{role}</span>
              {moreRoles > 0 && <span>+{moreRoles}</span>}
            </span>
          )}
        </div>
      </div>
    </div>
  );
});
