import { expect, it } from 'vitest';
import { createEdge, createNode, edgeKey } from '../../engine/graph/causalMap';
import { pictureOf } from './picture';

const map = {
  nodes: [
    createNode('a < b', { position: { x: 0, y: 0 } }),
    createNode('y', { position: { x: 300, y: 0 } }),
    createNode('U', { latent: true, position: { x: 150, y: 120 } }),
  ],
  edges: [createEdge('a < b', 'y'), createEdge('U', 'y'), createEdge('a < b', 'y', '<->')],
};
const options = { exposure: 'a < b', outcome: 'y', effect: null, widthOf: (text: string) => 7 * text.length };

it('draws every node and edge inside its frame, with names escaped', () => {
  const svg = pictureOf(map, options);
  expect(svg).toContain('>a &lt; b</text>');
  expect(svg.match(/<ellipse/g)).toHaveLength(1);
  expect(svg.match(/marker-end/g)).toHaveLength(3);
  expect(svg.match(/marker-start/g)).toHaveLength(1);
  const [x, y, width, height] = /viewBox="([^"]+)"/.exec(svg)![1]!.split(' ').map(Number) as [
    number,
    number,
    number,
    number,
  ];
  for (const [, rx, ry] of svg.matchAll(/<rect x="([\d.-]+)" y="([\d.-]+)"/g)) {
    expect(Number(rx)).toBeGreaterThanOrEqual(x);
    expect(Number(ry)).toBeGreaterThanOrEqual(y);
    expect(Number(rx)).toBeLessThan(x + width);
    expect(Number(ry)).toBeLessThan(y + height);
  }
});

it('tells the paths of the effect by colour and by dashes', () => {
  const parts = new Map([
    [edgeKey(map.edges[0]!), 'causal' as const],
    [edgeKey(map.edges[2]!), 'biasing' as const],
  ]);
  const svg = pictureOf(map, { ...options, effect: { parts, held: new Set(['y']) } });
  expect(svg).toContain('url(#causal)');
  expect(svg).toMatch(/stroke-dasharray="8 4" marker-end="url\(#biasing\)"/);
  expect(svg).toContain('rx="6"');
});

it('draws an empty map as an empty sheet', () => {
  expect(pictureOf({ nodes: [], edges: [] }, options)).toContain('width="32" height="32"');
});
