import { useCallback, useEffect, useRef, useState } from 'react';
import type { CommentNode } from './CommentCard';
import type { CardNode } from './NodeCard';

export type CanvasNode = CardNode | CommentNode;

/** How long cards take to their new places, in milliseconds. */
export const glideMs = 240;
/** With more cards than this every frame of a glide would be late. */
const mostGliding = 150;
const isReducedMotion = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

/**
 * The nodes as the canvas holds them: those of the document, except that measured sizes stay and a card under the pointer
 * stays there until it is let go. After `glide()`, the next change of places is shown as a movement.
 */
export function useCanvasNodes(fromDocument: readonly CanvasNode[]) {
  const [nodes, setNodes] = useState<CanvasNode[]>([...fromDocument]);
  const shown = useRef(nodes);
  shown.current = nodes;
  const isGliding = useRef(false);
  useEffect(() => {
    const glides = isGliding.current && fromDocument.length <= mostGliding && !isReducedMotion();
    isGliding.current = false;
    const old = new Map(shown.current.map((node) => [node.id, node]));
    setNodes(
      fromDocument.map((node): CanvasNode => {
        const known = old.get(node.id);
        if (!known) return node;
        const position = known.dragging || glides ? known.position : node.position;
        return { ...known, ...node, selected: node.selected ?? known.selected, position } as CanvasNode;
      }),
    );
    if (!glides) return;
    let frame = 0;
    let started = 0;
    const step = (now: number) => {
      started ||= now;
      const t = Math.min(1, (now - started) / glideMs);
      const eased = 1 - (1 - t) ** 3;
      const between = (a: number, b: number) => a + (b - a) * eased;
      setNodes((current) => {
        const ends = new Map(fromDocument.map(({ id, position }) => [id, position]));
        return current.map((node) => {
          const [a, b] = [old.get(node.id)?.position, ends.get(node.id)];
          return a && b ? { ...node, position: { x: between(a.x, b.x), y: between(a.y, b.y) } } : node;
        });
      });
      if (t < 1) frame = requestAnimationFrame(step);
    };
    frame = requestAnimationFrame(step);
    return () => cancelAnimationFrame(frame);
  }, [fromDocument]);
  const glide = useCallback(() => {
    isGliding.current = true;
  }, []);
  return { nodes, setNodes, glide };
}
