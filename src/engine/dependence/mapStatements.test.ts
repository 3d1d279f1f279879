import { expect, it } from 'vitest';
import { createEdge, createNode } from '../graph/causalMap';
import { mapStatements } from './mapStatements';

const map = (text: string) => {
  const edges = text.split(',').map((part) => part.trim().split(' -> ') as [string, string]);
  return {
    nodes: [...new Set(edges.flat())].map((name) => createNode(name)),
    edges: edges.map(([from, to]) => createEdge(from, to)),
  };
};
const find = (all: ReturnType<typeof mapStatements>, id: string) => all.find(({ statement }) => statement.id === id)!;

it('two causes of the target: independent in the population, not in a balanced table', () => {
  const all = mapStatements(map('night -> fraud, device -> fraud'), 'fraud');
  expect(find(all, 'independent/night/device')).toMatchObject({
    survivesBalancing: false,
    withinClassIndependent: false,
  });
});

it('the strength of an arrow survives only where its cause is separated from the target', () => {
  const all = mapStatements(map('age -> fraud, fraud -> alarm, mood -> colour'), 'fraud');
  expect(find(all, 'arrow/mood/colour').survivesBalancing).toBe(true);
  expect(find(all, 'arrow/age/fraud').survivesBalancing).toBe(false);
  expect(find(all, 'arrow/fraud/alarm').survivesBalancing).toBe(false);
});

it('adds what is true inside a class only, and no statement twice', () => {
  const all = mapStatements(map('fraud -> alarm, fraud -> refund'), 'fraud');
  expect(new Set(all.map(({ statement }) => statement.id)).size).toBe(all.length);
  expect(find(all, 'independent/alarm/refund')).toMatchObject({
    statement: { given: ['fraud'] },
    withinClassIndependent: true,
  });
});

it('does without a target, and with one that is not on the map yet', () => {
  for (const target of [null, 'later']) expect(mapStatements(map('a -> b, b -> c'), target).length).toBe(3);
});
