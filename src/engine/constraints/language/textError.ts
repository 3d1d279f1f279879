import { EngineError } from '../../errors';
import type { Span } from './expression';

/** A rule text that cannot be read or applied, with the place in `detail.from` and `detail.to`. @returns `bad-rule`. */
export const textError = ({ from, to }: Span, message: string): EngineError =>
  new EngineError('bad-rule', `At character ${from + 1}: ${message}`, { from, to });

/** The place an error of `textError` points at; null for any other. */
export function spanOf(error: EngineError): Span | null {
  const { from, to } = error.detail;
  return typeof from === 'number' && typeof to === 'number' ? { from, to } : null;
}
