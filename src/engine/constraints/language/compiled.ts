import type { ValueSpec } from '../../data/frame';

/** What an expression gives: numbers, dates in milliseconds, truth values, or level codes of a category. */
export type ValueType =
  /** `literal` is the number itself where it is written out. */
  | { readonly kind: 'number' | 'date' | 'truth'; readonly literal?: number }
  | { readonly kind: 'category'; readonly spec: ValueSpec }
  /** A text in quotes, which becomes a level or a date beside what it is compared with. */
  | { readonly kind: 'text'; readonly value: string };

/** An expression bound to the columns of a frame. */
export interface CompiledExpression {
  readonly type: ValueType;
  /**
   * Values of rows [from, from + n), n at most BLOCK_ROWS; truth is 1, 0, or NaN for unknown. The array is valid until
   * the next call.
   */
  evaluate(columns: readonly Float64Array[], from: number, n: number): Float64Array;
}

/** Rows evaluated at a time: small enough for its intermediate columns to stay in the processor's cache. */
export const BLOCK_ROWS = 1024;

export const number: ValueType = { kind: 'number' };
export const truth: ValueType = { kind: 'truth' };
export const date: ValueType = { kind: 'date' };

export function constant(type: ValueType, value: number): CompiledExpression {
  const out = new Float64Array(BLOCK_ROWS).fill(value);
  return { type, evaluate: () => out };
}

export function mapped(
  type: ValueType,
  operand: CompiledExpression,
  compute: (value: number) => number,
): CompiledExpression {
  const out = new Float64Array(BLOCK_ROWS);
  return {
    type,
    evaluate(columns, from, n) {
      const values = operand.evaluate(columns, from, n);
      for (let i = 0; i < n; i++) out[i] = compute(values[i]!);
      return out;
    },
  };
}

/** The loops of the operators are written out: a call for each cell would cost more than the comparison. */
export type Loop = (out: Float64Array, a: Float64Array, b: Float64Array, n: number) => void;

export function combined(
  type: ValueType,
  left: CompiledExpression,
  right: CompiledExpression,
  loop: Loop,
): CompiledExpression {
  const out = new Float64Array(BLOCK_ROWS);
  return {
    type,
    evaluate(columns, from, n) {
      loop(out, left.evaluate(columns, from, n), right.evaluate(columns, from, n), n);
      return out;
    },
  };
}

export const both = (left: CompiledExpression, right: CompiledExpression) =>
  combined(truth, left, right, (out, a, b, n) => {
    // 0 decides; else unknown stays unknown, since NaN + 1 is NaN.
    for (let i = 0; i < n; i++) out[i] = a[i] === 0 || b[i] === 0 ? 0 : a[i]! * b[i]!;
  });
export const either = (left: CompiledExpression, right: CompiledExpression) =>
  combined(truth, left, right, (out, a, b, n) => {
    for (let i = 0; i < n; i++) out[i] = a[i] === 1 || b[i] === 1 ? 1 : a[i]! * b[i]!;
  });

/** A calculation without a result is as unknown as a missing cell. */
export const finite = (value: number): number => (Number.isFinite(value) ? value : Number.NaN);
