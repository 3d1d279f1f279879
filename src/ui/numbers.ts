/** 5,578 */
export const countText = (n: number): string => n.toLocaleString('en');

/** "1 row", "5,578 rows". */
export const counted = (n: number, one: string, many = `${one}s`): string => `${countText(n)} ${n === 1 ? one : many}`;

/** A share as a percentage with as many digits as it bears: 3.6 %, 0.04 %, 52 %. The space does not break. */
export function percentText(share: number): string {
  const percent = share * 100;
  if (!Number.isFinite(percent)) return '–';
  const size = Math.abs(percent);
  const digits = size === 0 || size >= 10 || size === 1 ? 0 : size >= 1 ? 1 : 2;
  if (size > 0 && size < 0.005) return '< 0.01\u00a0%';
  return `${percent.toFixed(digits)}\u00a0%`;
}

/** A number with three or four significant digits, long ones grouped. */
export function shortNumber(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  if (size >= 1000) return Math.round(value).toLocaleString('en');
  if (size === 0) return '0';
  if (size < 0.001) return value.toExponential(1);
  return String(Number(value.toPrecision(3)));
}

/** 1.2 MB */
export function bytesText(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  const units = ['kB', 'MB', 'GB'];
  const power = Math.min(units.length, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return `${value.toFixed(value < 10 ? 1 : 0)} ${units[power - 1]}`;
}

/** 0.8 s, 120 ms */
export const durationText = (ms: number): string =>
  ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
