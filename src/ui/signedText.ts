/** A number with a minus sign of print; what rounds to 0 has none. */
export function signedText(value: number, digits: number): string {
  const size = Math.abs(value).toFixed(digits);
  return value < 0 && Number(size) > 0 ? `−${size}` : size;
}
