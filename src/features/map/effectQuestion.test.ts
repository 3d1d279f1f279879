import { expect, it } from 'vitest';
import { type CausalMap, createEdge, createNode } from '../../engine/graph/causalMap';
import { effectAnswerOf, isSameSet } from './effectQuestion';

const map: CausalMap = {
  nodes: ['age', 'treated', 'crp', 'disease'].map((name) => createNode(name)),
  edges: [
    createEdge('age', 'treated'),
    createEdge('age', 'disease'),
    createEdge('treated', 'crp'),
    createEdge('crp', 'disease'),
  ],
};

it('names the sets that are enough, and why another one is not', () => {
  const open = effectAnswerOf(map, 'treated', 'disease', 'total', [])!;
  expect(open.sets).toEqual([['age']]);
  expect(open.verdict.valid).toBe(false);
  expect(open.verdict.sentence).toMatch(/age/);
  expect(open.choices).toEqual([
    { name: 'age', isForbidden: false },
    { name: 'crp', isForbidden: true },
  ]);
  expect(effectAnswerOf(map, 'treated', 'disease', 'total', ['age'])!.verdict.valid).toBe(true);
  expect(effectAnswerOf(map, 'treated', 'disease', 'total', ['age', 'crp'])!.verdict.valid).toBe(false);
  expect(effectAnswerOf(map, 'treated', 'disease', 'direct', ['age', 'crp'])!.verdict.valid).toBe(true);
});

it('judges every path by what is held fixed', () => {
  const states = (held: readonly string[]) =>
    effectAnswerOf(map, 'treated', 'disease', 'total', held)!.paths.map(({ causal, open }) => [causal, open]);
  expect(states([])).toEqual([
    [true, true],
    [false, true],
  ]);
  expect(states(['age', 'crp'])).toEqual([
    [true, false],
    [false, false],
  ]);
});

it('has no answer without a question, and forgets columns that have left the map', () => {
  expect(effectAnswerOf(map, null, 'disease', 'total', [])).toBeNull();
  expect(effectAnswerOf(map, 'treated', 'absent', 'total', [])).toBeNull();
  expect(effectAnswerOf(map, 'treated', 'disease', 'total', ['gone', 'age'])!.verdict.valid).toBe(true);
});

it('leaves out of what is held fixed a column that has become an end of the question', () => {
  const answer = effectAnswerOf(map, 'age', 'disease', 'total', ['age', 'disease', 'treated'])!;
  expect(answer.asked.held).toEqual(['treated']);
  expect(answer.verdict.fault).toBe('forbidden');
});

it('compares sets whatever their order', () => {
  expect(isSameSet(['a', 'b'], ['b', 'a'])).toBe(true);
  expect(isSameSet(['a'], ['a', 'b'])).toBe(false);
});
