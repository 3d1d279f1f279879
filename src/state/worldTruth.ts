import type { ColumnHistogram, WorldTruth } from '../worker/api';

/** True means of a column in either class as places on its histogram; null where the world does not tell, or not of numbers. */
export function trueMeans(
  truth: WorldTruth | null,
  histogram: ColumnHistogram | undefined,
): { readonly common: number; readonly rare: number; readonly text: string; readonly rareText: string } | null {
  const column = truth?.columns.find((one) => one.column === histogram?.column);
  if (!column || !histogram || histogram.edges.length < 2) return null;
  const [first, last] = [histogram.edges[0]!, histogram.edges.at(-1)!];
  const place = (value: number) => Math.min(1, Math.max(0, (value - first) / (last - first)));
  const { common, rare } = column;
  const said = ({ mean, sd }: { readonly mean: number; readonly sd: number }) =>
    `${Number(mean.toPrecision(3))} (sd ${Number(sd.toPrecision(3))})`;
  return {
    common: place(common.mean),
    rare: place(rare.mean),
    rareText: said(rare),
    text: `truth: mean ${said(common)} in common rows, ${said(rare)} in rare ones`,
  };
}

/** True correlations of two columns inside the classes. */
export const trueCorrelation = (
  truth: WorldTruth | null,
  a: string,
  b: string,
): { readonly rare: number; readonly common: number } | null =>
  truth?.correlations.find(({ x, y }) => (x === a && y === b) || (x === b && y === a)) ?? null;

/** How far apart rare and common rows truly are in a column, see `ColumnDifference.effect`; null where it is not known. */
export const trueSeparation = (truth: WorldTruth | null, column: string): number | null =>
  truth?.separations.find((one) => one.column === column)?.effect ?? null;
