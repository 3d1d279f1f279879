import { finite, type Loop } from './compiled';
import type { ArithmeticOperator, ComparisonOperator } from './expression';

/** Two calculated numbers that differ by no more than this share of the larger are equal: 0.1 + 0.2 = 0.3. */
const EQUAL_SHARE = 1e-12;

export const arithmetic: Readonly<Record<ArithmeticOperator, Loop>> = {
  '+': (out, a, b, n) => {
    for (let i = 0; i < n; i++) out[i] = finite(a[i]! + b[i]!);
  },
  '-': (out, a, b, n) => {
    for (let i = 0; i < n; i++) out[i] = finite(a[i]! - b[i]!);
  },
  '*': (out, a, b, n) => {
    for (let i = 0; i < n; i++) out[i] = finite(a[i]! * b[i]!);
  },
  '/': (out, a, b, n) => {
    for (let i = 0; i < n; i++) out[i] = b[i] === 0 ? Number.NaN : a[i]! / b[i]!;
  },
  '^': (out, a, b, n) => {
    for (let i = 0; i < n; i++) out[i] = Number.isNaN(a[i]) ? Number.NaN : finite(a[i]! ** b[i]!); // NaN ** 0 would be 1
  },
};

/** How far apart two numbers may be and still count as equal. */
const slack = (a: number, b: number): number => EQUAL_SHARE * Math.max(Math.abs(a), Math.abs(b));

export const numberComparisons: Readonly<Record<ComparisonOperator, Loop>> = {
  '<': (out, a, b, n) => {
    for (let i = 0; i < n; i++) {
      const x = a[i]!;
      const y = b[i]!;
      out[i] = x < y ? Number(y - x > slack(x, y)) : x >= y ? 0 : Number.NaN;
    }
  },
  '<=': (out, a, b, n) => {
    for (let i = 0; i < n; i++) {
      const x = a[i]!;
      const y = b[i]!;
      out[i] = x <= y ? 1 : x > y ? Number(x - y <= slack(x, y)) : Number.NaN;
    }
  },
  '>': (out, a, b, n) => numberComparisons['<'](out, b, a, n),
  '>=': (out, a, b, n) => numberComparisons['<='](out, b, a, n),
  '=': (out, a, b, n) => {
    for (let i = 0; i < n; i++) {
      const x = a[i]!;
      const y = b[i]!;
      out[i] = x === y ? 1 : x < y || x > y ? Number(Math.abs(x - y) <= slack(x, y)) : Number.NaN;
    }
  },
  '!=': (out, a, b, n) => {
    numberComparisons['='](out, a, b, n);
    for (let i = 0; i < n; i++) out[i] = 1 - out[i]!;
  },
};

/** Dates and level codes are whole numbers: equal is equal. */
export const exactComparisons: Readonly<Record<ComparisonOperator, Loop>> = {
  '<': (out, a, b, n) => {
    for (let i = 0; i < n; i++) out[i] = a[i]! < b[i]! ? 1 : a[i]! >= b[i]! ? 0 : Number.NaN;
  },
  '<=': (out, a, b, n) => {
    for (let i = 0; i < n; i++) out[i] = a[i]! <= b[i]! ? 1 : a[i]! > b[i]! ? 0 : Number.NaN;
  },
  '>': (out, a, b, n) => exactComparisons['<'](out, b, a, n),
  '>=': (out, a, b, n) => exactComparisons['<='](out, b, a, n),
  '=': (out, a, b, n) => {
    for (let i = 0; i < n; i++) out[i] = a[i] === b[i] ? 1 : a[i]! < b[i]! || a[i]! > b[i]! ? 0 : Number.NaN;
  },
  '!=': (out, a, b, n) => {
    for (let i = 0; i < n; i++) out[i] = a[i] === b[i] ? 0 : a[i]! < b[i]! || a[i]! > b[i]! ? 1 : Number.NaN;
  },
};
