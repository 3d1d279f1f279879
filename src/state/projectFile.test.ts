import { describe, expect, it } from 'vitest';
import { createEdge, createNode } from '../engine/graph/causalMap';
import { emptyProject, type Project } from '../engine/project/project';
import { readProjectFile, writeProjectFile } from './projectFile';

const project: Project = {
  ...emptyProject,
  name: 'Über/2 sites',
  target: { column: 'y', rareLevels: ['1'] },
  map: {
    nodes: [createNode('x', { note: 'n' }), createNode('y')],
    edges: [createEdge('x', 'y', '<->', { reason: 'why' })],
  },
  rules: [
    { id: 'a', kind: 'range', column: 'x', min: 0, max: null, reason: 'r', enabled: true },
    {
      id: 'b',
      kind: 'implication',
      when: [{ column: 'y', op: 'in', levels: ['1'] }],
      then: { column: 'x', op: '>=', value: 2 },
      reason: 'r',
      enabled: false,
    },
  ],
};

describe('a project file', () => {
  it('reads back as it was written', async () => {
    const { blob, fileName } = writeProjectFile(project);
    expect(fileName).toBe('Über-2-sites.counterpoise.json');
    expect(readProjectFile(await blob.text())).toEqual({ ok: true, project });
  });

  it('that is none is refused with its place', () => {
    const result = readProjectFile(JSON.stringify({ ...project, generation: { ...project.generation, seed: 'x' } }));
    expect(result.ok ? '' : result.message).toMatch(/generation\.seed/);
  });
});
