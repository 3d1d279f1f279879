import type { Node, NodeProps } from '@xyflow/react';
import { memo } from 'react';
import type { MapComment } from '../../engine/graph/causalMap';
import { useStudioStore } from '../../state/StudioProvider';

export type CommentNode = Node<{ readonly comment: MapComment }, 'comment'>;

/** No column can be called this, so that comments and columns never share an id on the canvas. */
const mark = '\u0001comment/';
export const commentNodeId = (id: string): string => mark + id;
export const commentOfNodeId = (id: string): string | null => (id.startsWith(mark) ? id.slice(mark.length) : null);

export const commentNodes = (comments: readonly MapComment[]): CommentNode[] =>
  comments.map((comment) => ({
    id: commentNodeId(comment.id),
    type: 'comment',
    position: comment.position,
    ariaLabel: `Comment: ${comment.text || 'empty'}`,
    connectable: false,
    data: { comment },
  }));

/** A remark on the canvas that belongs to no column. */
export const CommentCard = memo(function CommentCard({ data: { comment }, selected }: NodeProps<CommentNode>) {
  const store = useStudioStore();
  return (
    <div className={selected ? 'comment-card comment-selected' : 'comment-card'}>
      <div className="comment-grip" aria-hidden="true" />
      <textarea
        className="nodrag nowheel"
        aria-label="Comment"
        placeholder="A remark"
        rows={Math.max(2, Math.min(8, comment.text.split('\n').length + Math.floor(comment.text.length / 34)))}
        value={comment.text}
        onChange={(event) => store.getState().setComment(comment.id, event.target.value)}
      />
    </div>
  );
});
