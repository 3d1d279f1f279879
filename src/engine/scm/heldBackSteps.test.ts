import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { heldBackSteps, STEP_SIZES } from './heldBackSteps';
import type { Misfit } from './misfits';

const pair = (a: number, b: number, size: number): Misfit => ({ kind: 'pair', nodes: [a, b], size });
const every = [0, 1, 2, 3];
/** No node has a cause. */
const none = every.map(() => new Set<number>());

describe('how far each noise may move', () => {
  it('is all the way where nothing is unexplained', () =>
    expect(heldBackSteps([], every, none, 200)).toEqual([1, 1, 1, 1]));
  it('is little for two that go together, and all the way for the others', () => {
    const steps = heldBackSteps([pair(0, 2, 0.5)], every, none, 200);
    expect(steps[0]).toBeLessThanOrEqual(0.3);
    expect(steps[2]).toBeLessThanOrEqual(0.3);
    expect([steps[1], steps[3]]).toEqual([1, 1]);
  });
  it('is all the way where a correlation is smaller than the error of so few rows', () => {
    expect(heldBackSteps([pair(0, 2, 0.05)], every, none, 50)).toEqual([1, 1, 1, 1]);
    expect(heldBackSteps([pair(0, 2, 0.05)], every, none, 20_000)[0]).toBeLessThan(1);
  });
  it('is little where rare rows stand off by many times their error', () => {
    expect(heldBackSteps([{ kind: 'rare', nodes: [3], size: 0.8 }], every, none, 200)[3]).toBeLessThanOrEqual(0.3);
    expect(heldBackSteps([{ kind: 'rare', nodes: [3], size: 0.07 }], every, none, 200)[3]).toBe(1);
  });
  it('is nothing for what is all but calculated, unless rows would be copies', () => {
    const calculated: Misfit = { kind: 'calculated', nodes: [0, 1], size: 0.97 };
    expect(heldBackSteps([calculated], every, none, 200)).toEqual([0, 0, 1, 1]);
    // What node 1 is made of stays as well.
    expect(heldBackSteps([calculated], every, none.with(1, new Set([3])), 200)).toEqual([0, 0, 1, 0]);
    expect(heldBackSteps([calculated, pair(0, 1, 0.9)], [0, 1], none, 200)).toEqual([0.1, 0.1, 1, 1]);
  });
  it('never grows with the size of a misfit, and is one of the steps that are tried', () => {
    const size = fc.double({ min: 0.01, max: 0.95, noNaN: true });
    fc.assert(
      fc.property(
        size,
        size,
        fc.integer({ min: 24, max: 5000 }),
        fc.constantFrom('pair', 'rare-pair'),
        (one, other, cases, kind) => {
          const [small, large] = [Math.min(one, other), Math.max(one, other)];
          const of = (value: number) => heldBackSteps([{ kind, nodes: [1, 2], size: value }], every, none, cases);
          expect(of(large)[1]).toBeLessThanOrEqual(of(small)[1]!);
          for (const step of of(large)) expect([...STEP_SIZES, 0]).toContain(step);
        },
      ),
      { numRuns: 60 },
    );
  });
});
