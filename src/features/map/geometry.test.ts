import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEdge, createNode } from '../../engine/graph/causalMap';
import { laneStarts } from '../../engine/graph/lanes';
import { cardSize } from '../../state/mapPlaces';
import { type Box, freeBend, rimPoint, routeBetween } from './geometry';
import { layeredLayout, placeLoose, tieredLayout } from './layout';

const box = (x: number, y: number, isEllipse = false): Box => ({ x, y, width: 100, height: 60, isEllipse });

describe('rimPoint', () => {
  it('lies on the rim towards the other end', () => {
    expect(rimPoint(box(0, 0), { x: 1000, y: 30 }, 0)).toEqual({ x: 100, y: 30 });
    expect(rimPoint(box(0, 0), { x: 50, y: -500 }, 4)).toEqual({ x: 50, y: -4 });
  });

  it('lies on the ellipse of a latent node', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 6.3, noNaN: true }), (angle) => {
        const { x, y } = rimPoint(box(0, 0, true), { x: 50 + 900 * Math.cos(angle), y: 30 + 900 * Math.sin(angle) }, 0);
        expect(((x - 50) / 50) ** 2 + ((y - 30) / 30) ** 2).toBeCloseTo(1, 9);
      }),
    );
  });

  it('is the centre when both ends are the same point', () => {
    expect(rimPoint(box(0, 0), { x: 50, y: 30 }, 5)).toEqual({ x: 50, y: 30 });
  });
});

describe('freeBend', () => {
  it('is straight where nothing is in the way, and leads around what is', () => {
    const [from, to] = [box(0, 0), box(600, 0)];
    expect(freeBend(from, to, [box(300, 200)])).toBe(0);
    expect(freeBend(from, to, [box(300, 0)])).not.toBe(0);
  });

  it('turns to the side that is free', () => {
    const [from, to] = [box(0, 0), box(600, 0)];
    const above = freeBend(from, to, [box(300, 0), box(300, 70), box(300, 140)]);
    const below = freeBend(from, to, [box(300, 0), box(300, -70), box(300, -140)]);
    expect(Math.sign(above)).toBe(-Math.sign(below));
    const labelOf = (bend: number) => routeBetween(from, to, bend).label.y;
    expect(labelOf(above)).toBeLessThan(labelOf(below));
  });
});

describe('layout', () => {
  const map = {
    nodes: ['a', 'b', 'c', 'd'].map((name) => createNode(name)),
    edges: [createEdge('a', 'b'), createEdge('b', 'c'), createEdge('a', 'c'), createEdge('d', 'a', '<->')],
  };

  it('puts every cause left of its effects', () => {
    const at = layeredLayout(map);
    for (const { from, to, kind } of map.edges) if (kind === '->') expect(at.get(from)!.x).toBeLessThan(at.get(to)!.x);
    expect(at.size).toBe(4);
  });

  it('gives loose nodes places where no card is', () => {
    const nodes = [createNode('a', { position: { x: 90, y: 500 } }), ...map.nodes.slice(1)];
    const places = placeLoose({ nodes, edges: [] });
    expect([...places.keys()]).toEqual(['b', 'c', 'd']);
    const all = [...places.values(), { x: 90, y: 500 }];
    for (const [i, a] of all.entries())
      for (const b of all.slice(i + 1))
        expect(Math.abs(a.x - b.x) >= cardSize.width || Math.abs(a.y - b.y) >= cardSize.height).toBe(true);
  });

  it('keeps every node in the lane of its tier, and causes left of effects inside a lane', () => {
    const tiers: Readonly<Record<string, number | null>> = { a: 0, b: 0, c: 2, d: null };
    const nodes = map.nodes.map((node) => ({ ...node, tier: tiers[node.name]! }));
    const { positions, lanes } = tieredLayout({ ...map, nodes });
    const starts = laneStarts(lanes);
    expect(lanes).toHaveLength(3);
    for (const { name, tier } of nodes) {
      const { x } = positions.get(name)!;
      if (tier === null) expect(x + cardSize.width).toBeLessThan(0);
      else {
        expect(x).toBeGreaterThan(starts[tier]!);
        expect(x + cardSize.width).toBeLessThan(starts[tier + 1]!);
      }
    }
    expect(positions.get('a')!.x).toBeLessThan(positions.get('b')!.x);
  });

  it('sets nodes without arrows in rows, not in one column', () => {
    const nodes = Array.from({ length: 24 }, (_, i) => createNode(`n${i}`));
    const at = [...layeredLayout({ nodes, edges: [createEdge('n0', 'n1')] }).values()];
    expect(new Set(at.map(({ x }) => x)).size).toBeGreaterThanOrEqual(4);
    expect(at).toHaveLength(24);
  });
});
