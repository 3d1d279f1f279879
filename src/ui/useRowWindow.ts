import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { isScaled, offsetOf, offsetShowing, type RowScroll, rowsInView, scrolledHeight, topOf } from './rowWindow';

interface RowWindow {
  readonly from: number;
  readonly to: number;
  /** Height of the scrolled element without the head. */
  readonly height: number;
  /** Pixels from the top of the scrolled rows to row `index`. */
  placeOf(index: number): number;
  /** Brings a row into view. */
  show(index: number): void;
  /** Moves by so many pixels of list, whatever the scale of the scroll bar. */
  moveBy(pixels: number): void;
}

/**
 * The rows of a scrolling frame that are in view. Nothing is kept for the others, so that a list's length does not matter.
 * Longer lists than a browser can scroll are scrolled on a smaller scale: the bar goes in jumps, wheel and keys go by row.
 */
export function useRowWindow(
  frame: RefObject<HTMLElement | null>,
  { count, rowHeight, view }: RowScroll,
  onRange?: (from: number, to: number) => void,
): RowWindow {
  const scroll: RowScroll = { count, rowHeight, view };
  const [offset, setOffset] = useState(0);
  // Scroll positions come back rounded: one that was set here says nothing new.
  const set = useRef(0);
  const latest = useRef(scroll);
  latest.current = scroll;

  const goTo = useCallback(
    (wanted: number) => {
      const element = frame.current;
      if (!element) return;
      const next = offsetOf(latest.current, topOf(latest.current, wanted));
      element.scrollTop = topOf(latest.current, next);
      set.current = element.scrollTop;
      setOffset(next);
    },
    [frame],
  );
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const onScroll = () => {
      if (Math.abs(element.scrollTop - set.current) < 1) return;
      set.current = element.scrollTop;
      setOffset(offsetOf(latest.current, element.scrollTop));
    };
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => element.removeEventListener('scroll', onScroll);
  }, [frame]);
  // A list that has become shorter is shown at its end, and a new one where the bar stands.
  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return;
    set.current = element.scrollTop;
    setOffset((now) => {
      const kept = offsetOf({ count, rowHeight, view }, element.scrollTop);
      return Math.abs(topOf({ count, rowHeight, view }, now) - element.scrollTop) < 1 ? now : kept;
    });
  }, [frame, count, rowHeight, view]);

  const offsetNow = useRef(offset);
  offsetNow.current = offset;
  const moveBy = useCallback((pixels: number) => goTo(offsetNow.current + pixels), [goTo]);
  const scaled = isScaled(scroll);
  // A passive listener cannot keep the frame from scrolling by itself.
  useEffect(() => {
    const element = frame.current;
    if (!element || !scaled) return;
    const onWheel = (event: WheelEvent) => {
      if (event.ctrlKey || event.deltaY === 0) return;
      event.preventDefault();
      moveBy(event.deltaMode === 1 ? event.deltaY * rowHeight : event.deltaY);
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [frame, scaled, moveBy, rowHeight]);

  const { from, to } = rowsInView(scroll, offset);
  const tell = useRef(onRange);
  tell.current = onRange;
  useEffect(() => {
    if (to > from) tell.current?.(from, to - 1);
  }, [from, to]);

  // In a list on a smaller scale rows follow the bar; in others they have a place of their own and nothing moves.
  const shift = scaled ? topOf(scroll, offset) - offset : 0;
  return {
    from,
    to,
    height: scrolledHeight(scroll),
    placeOf: (index) => index * rowHeight + shift,
    show: (index) => goTo(offsetShowing(latest.current, offsetNow.current, index)),
    moveBy,
  };
}
