/** A place that a person marked out on a plot, in positions of its axes. */
export type Region =
  | { readonly kind: 'box'; readonly x0: number; readonly x1: number; readonly y0: number; readonly y1: number }
  /** Corners of a closed line, (x, y) pairs. */
  | { readonly kind: 'lasso'; readonly corners: readonly (readonly [number, number])[] };

/** Whether points lie inside, borders of boxes included; a line that crosses itself is inside where it winds an odd number of times. */
export function contains(region: Region): (x: number, y: number) => boolean {
  if (region.kind === 'box') {
    const { x0, x1, y0, y1 } = region;
    return (x, y) => x >= x0 && x <= x1 && y >= y0 && y <= y1;
  }
  const n = region.corners.length;
  const xs = Float64Array.from(region.corners, ([x]) => x);
  const ys = Float64Array.from(region.corners, ([, y]) => y);
  const [left, right, bottom, top] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  return (x, y) => {
    if (x < left || x > right || y < bottom || y > top) return false;
    let inside = false;
    for (let i = 0, j = n - 1; i < n; j = i++) {
      const crosses = ys[i]! > y !== ys[j]! > y;
      if (crosses && x < ((xs[j]! - xs[i]!) * (y - ys[i]!)) / (ys[j]! - ys[i]!) + xs[i]!) inside = !inside;
    }
    return inside;
  };
}
