/** Where a scrolled list of rows of one height stands. Heights and offsets in pixels. */
export interface RowScroll {
  readonly count: number;
  readonly rowHeight: number;
  /** Height of the part in which rows are seen. */
  readonly view: number;
}

/** Browsers draw no element higher than some 17 to 33 million pixels: longer lists are scrolled on a smaller scale. */
const MOST_HEIGHT = 8_000_000;
/** Rows kept on either side of those in view. */
const SPARE = 8;

const fullHeight = ({ count, rowHeight }: RowScroll): number => count * rowHeight;
const lastOffset = (scroll: RowScroll): number => Math.max(0, fullHeight(scroll) - scroll.view);

/** Height of the element that is scrolled. */
export const scrolledHeight = (scroll: RowScroll): number => Math.min(MOST_HEIGHT, fullHeight(scroll));
export const isScaled = (scroll: RowScroll): boolean => fullHeight(scroll) > MOST_HEIGHT;

/** Pixels of list per pixel of the scroll bar's way; 1 for lists that fit. */
const scaleOf = (scroll: RowScroll): number =>
  isScaled(scroll) ? lastOffset(scroll) / Math.max(1, MOST_HEIGHT - scroll.view) : 1;

/** The place in the list for a place of the scroll bar, and back. */
export const offsetOf = (scroll: RowScroll, top: number): number =>
  Math.min(lastOffset(scroll), Math.max(0, top * scaleOf(scroll)));
export const topOf = (scroll: RowScroll, offset: number): number =>
  Math.min(lastOffset(scroll), Math.max(0, offset)) / scaleOf(scroll);

/** Rows [from, to) in view at an offset, with some to spare. */
export function rowsInView(scroll: RowScroll, offset: number): { readonly from: number; readonly to: number } {
  const { count, rowHeight, view } = scroll;
  return {
    from: Math.max(0, Math.floor(offset / rowHeight) - SPARE),
    to: Math.min(count, Math.ceil((offset + view) / rowHeight) + SPARE),
  };
}

/** The offset nearest to the present one at which a row is whole in view. */
export function offsetShowing(scroll: RowScroll, offset: number, index: number): number {
  const { rowHeight, view } = scroll;
  const top = index * rowHeight;
  if (top < offset) return top;
  return top + rowHeight > offset + view ? Math.min(lastOffset(scroll), top + rowHeight - view) : offset;
}
