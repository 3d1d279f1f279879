import { expect, it } from 'vitest';
import { createEdge, createNode } from '../graph/causalMap';
import { parseProject } from './parseProject';
import { emptyProject, type Project } from './project';

const project: Project = {
  ...emptyProject,
  target: { column: 'y', rareLevels: ['1'] },
  map: { nodes: [createNode('x'), createNode('y')], edges: [createEdge('x', 'y')] },
  rules: [
    { id: 'r', reason: 'dose needs treatment', enabled: true, kind: 'range', column: 'x', min: 0, max: null },
    {
      id: 's',
      reason: '',
      enabled: false,
      kind: 'implication',
      when: [{ column: 'x', op: '>', value: 3 }],
      then: { column: 'y', op: 'in', levels: ['1'] },
    },
    { id: 't', reason: 'a count', enabled: true, kind: 'range', column: 'x', min: 0, max: 9, step: 3 },
    {
      id: 'u',
      reason: 'time',
      enabled: true,
      kind: 'order',
      lower: 'x',
      upper: 'y',
      strict: true,
      gap: { min: 1, max: null },
    },
    { id: 'v', reason: 'sum', enabled: true, kind: 'formula', column: 'x', formula: 'y + 1', tolerance: 0 },
    { id: 'w', reason: 'no', enabled: true, kind: 'forbidden', conditions: [{ column: 'x', op: 'missing' }] },
    { id: 'a', reason: 'no', enabled: true, kind: 'tiers', tiers: [['x'], ['y']] },
  ],
};

it('reads back what a project is written as', () => {
  expect(parseProject(JSON.stringify(project))).toEqual(project);
});

it.each([
  ['dag { a -> b }', 'parse-error', /not JSON/],
  [JSON.stringify({ ...project, version: 2 }), 'parse-error', /version/],
  [JSON.stringify({ ...project, rules: [{ ...project.rules[0], min: 'low' }] }), 'parse-error', /rules\.0\.min/],
  [JSON.stringify({ ...project, map: { ...project.map, edges: [createEdge('x', 'q')] } }), 'bad-map', /no node q/],
  [
    JSON.stringify({ ...project, map: { ...project.map, edges: [createEdge('x', 'y'), createEdge('y', 'x')] } }),
    'cycle',
    /x -> y -> x/,
  ],
])('refuses a text that is no project: %#', (text, code, message) => {
  expect(() => parseProject(text)).toThrow(expect.objectContaining({ code, message: expect.stringMatching(message) }));
});
