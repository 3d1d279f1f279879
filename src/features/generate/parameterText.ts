/** How a generator's parameter reads beside its slider. */
export function parameterText(id: string, value: number): string {
  if (id === 'step' && value === 0) return 'from the data';
  if (id === 'step') return `${value.toFixed(2)}: ${stepWords(value)}`;
  if (id === 'steps' && value === 0) return 'as many as needed';
  return String(value);
}

function stepWords(step: number): string {
  if (step <= 0.3) return 'close to a real row';
  if (step < 0.9) return 'moved, still tied to it';
  return step < 1 ? 'nearly afresh' : 'drawn afresh, trusts the map';
}
