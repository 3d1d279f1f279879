import { type PointerEvent, useRef, useState } from 'react';

interface ResizerProps {
  readonly label: string;
  /** `row` is a horizontal line dragged up and down; `column` a vertical one. */
  readonly direction: 'row' | 'column';
  /** Size in pixels of the region it sizes. */
  readonly size: number;
  readonly min: number;
  readonly max: number;
  /** 1 when dragging right or down makes the region larger, else -1. */
  readonly sign: 1 | -1;
  onResize(size: number): void;
}

/** The line between two regions; dragged, or moved with the arrow keys, Home and End. */
export function Resizer({ label, direction, size, min, max, sign, onResize }: ResizerProps) {
  const from = useRef<{ readonly at: number; readonly size: number } | null>(null);
  const [isDragging, setDragging] = useState(false);
  const bounded = (next: number) => onResize(Math.round(Math.min(max, Math.max(min, next))));
  const place = (event: PointerEvent) => (direction === 'row' ? event.clientY : event.clientX);
  return (
    // biome-ignore lint/a11y/useSemanticElements: <hr> can be neither focused nor valued
    <div
      className={`resizer resizer-${direction}`}
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={direction === 'row' ? 'horizontal' : 'vertical'}
      aria-valuenow={size}
      aria-valuemin={min}
      aria-valuemax={max}
      data-dragging={isDragging}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        from.current = { at: place(event), size };
        setDragging(true);
      }}
      onPointerMove={(event) => {
        if (from.current) bounded(from.current.size + sign * (place(event) - from.current.at));
      }}
      onPointerUp={() => {
        from.current = null;
        setDragging(false);
      }}
      onPointerCancel={() => {
        from.current = null;
        setDragging(false);
      }}
      onKeyDown={(event) => {
        const forward = direction === 'row' ? 'ArrowDown' : 'ArrowRight';
        const backward = direction === 'row' ? 'ArrowUp' : 'ArrowLeft';
        if (event.key === forward) bounded(size + sign * 16);
        else if (event.key === backward) bounded(size - sign * 16);
        else if (event.key === 'Home') bounded(min);
        else if (event.key === 'End') bounded(max);
        else return;
        event.preventDefault();
      }}
    />
  );
}
