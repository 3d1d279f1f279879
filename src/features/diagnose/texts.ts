/** Numbers as this stage writes them. */
export const percent = (share: number): string => `${(100 * share).toFixed(share > 0 && share < 0.0995 ? 1 : 0)} %`;

export const pText = (p: number): string => (p < 0.001 ? '< 0.001' : p.toFixed(3));

export function signed(value: number): string {
  const digits = Math.abs(value).toFixed(2);
  return value < 0 && Number(digits) > 0 ? `−${digits}` : digits;
}
