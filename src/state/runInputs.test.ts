import { describe, expect, it } from 'vitest';
import { guessAll } from '../engine/data/importOptions';
import { generatorById } from '../engine/generators/catalogue';
import { createEdge, createNode } from '../engine/graph/causalMap';
import { emptyProject, type Project } from '../engine/project/project';
import { changedInputs, inputsHash } from './runInputs';

const project: Project = {
  ...emptyProject,
  data: { fileName: 'a.csv', bytes: 3, hash: '00', rows: 1, options: guessAll, kinds: [] },
  target: { column: 'y', rareLevels: ['1'] },
  map: { nodes: [createNode('x'), createNode('y')], edges: [createEdge('x', 'y')] },
  rules: [{ id: 'r', kind: 'range', column: 'x', min: 0, max: null, reason: 'ages', enabled: true }],
};
const hashOf = (changed: Project) => inputsHash(changed, changed.generation);
const moved = (changed: Project) => changedInputs(hashOf(project), hashOf(changed));

describe('inputsHash', () => {
  it('has five parts of 16 hex digits', () => {
    expect(hashOf(project)).toMatch(/^[0-9a-f]{16}(-[0-9a-f]{16}){4}$/);
  });

  it.each<[string, Project]>([
    [
      'positions',
      { ...project, map: { ...project.map, nodes: [createNode('x', { position: { x: 1, y: 2 } }), createNode('y')] } },
    ],
    [
      'notes and tags',
      {
        ...project,
        map: { ...project.map, nodes: [createNode('x', { note: 'n', tag: 'mediator' }), createNode('y')] },
      },
    ],
    [
      'reasons of edges',
      { ...project, map: { ...project.map, edges: [createEdge('x', 'y', '->', { reason: 'known' })] } },
    ],
    ['reasons of rules', { ...project, rules: project.rules.map((rule) => ({ ...rule, reason: 'other' })) }],
    ['the name', { ...project, name: 'other' }],
    ['the exposure', { ...project, exposure: 'x' }],
    ['the time column', { ...project, design: { groups: [], time: 'x' } }],
    [
      'parameters of another generator',
      { ...project, generation: { ...project.generation, parameters: { smote: { k: 3 } } } },
    ],
  ])('does not see %s', (_, changed) => {
    expect(moved(changed)).toEqual([]);
  });

  it.each<[string, Project, readonly string[]]>([
    ['kinds', { ...project, data: { ...project.data!, kinds: [{ column: 'x', kind: 'nominal' }] } }, ['data']],
    ['groups', { ...project, design: { groups: ['patient'], time: null } }, ['data']],
    ['rare levels', { ...project, target: { column: 'y', rareLevels: ['1', '2'] } }, ['target']],
    ['arrows', { ...project, map: { ...project.map, edges: [] } }, ['map']],
    ['a reversed arrow', { ...project, map: { ...project.map, edges: [createEdge('y', 'x')] } }, ['map']],
    ['a disabled rule', { ...project, rules: project.rules.map((rule) => ({ ...rule, enabled: false })) }, ['rules']],
    ['the seed', { ...project, generation: { ...project.generation, seed: 2 } }, ['settings']],
    ['two of them', { ...project, target: null, rules: [] }, ['target', 'rules']],
  ])('sees %s', (_, changed, parts) => {
    expect(moved(changed)).toEqual(parts);
  });

  it('does not tell an untouched parameter from one set to its initial value', () => {
    const [parameter] = generatorById('twins').parameters;
    const set = (value: number): Project => ({
      ...project,
      generation: { ...project.generation, parameters: { twins: { [parameter!.id]: value } } },
    });
    expect(moved(set(parameter!.initial))).toEqual([]);
    expect(moved(set(parameter!.min))).toEqual(parameter!.min === parameter!.initial ? [] : ['settings']);
  });
});
