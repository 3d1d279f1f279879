import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isScaled, offsetOf, offsetShowing, rowsInView, scrolledHeight, topOf } from './rowWindow';

const list = fc.record({
  count: fc.integer({ min: 1, max: 200_000_000 }),
  rowHeight: fc.integer({ min: 20, max: 60 }),
  view: fc.integer({ min: 60, max: 1200 }),
});

it('shows the first row at the top and the last at the bottom, and fits what a browser can draw', () => {
  fc.assert(
    fc.property(list, (scroll) => {
      expect(rowsInView(scroll, offsetOf(scroll, 0)).from).toBe(0);
      const bottom = Math.max(0, scrolledHeight(scroll) - scroll.view);
      expect(rowsInView(scroll, offsetOf(scroll, bottom)).to).toBe(scroll.count);
      expect(scrolledHeight(scroll)).toBeLessThanOrEqual(8_000_000);
      if (!isScaled(scroll)) expect(offsetOf(scroll, bottom)).toBe(bottom);
    }),
  );
});

it('brings any row into view by the shortest way, whatever the scale of the bar', () => {
  fc.assert(
    fc.property(
      list,
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (scroll, a, b) => {
        const from = offsetOf(scroll, a * scrolledHeight(scroll));
        const index = Math.min(scroll.count - 1, Math.floor(b * scroll.count));
        const offset = offsetShowing(scroll, from, index);
        const top = index * scroll.rowHeight;
        expect(offset <= top && top + scroll.rowHeight <= offset + scroll.view).toBe(true);
        const { from: first, to } = rowsInView(scroll, offset);
        expect(first <= index && index < to).toBe(true);
        expect(offsetShowing(scroll, offset, index)).toBe(offset);
        expect(Math.abs(offsetOf(scroll, topOf(scroll, offset)) - offset)).toBeLessThan(1e-3);
      },
    ),
  );
});
