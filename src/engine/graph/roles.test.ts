import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomMap } from '../testing/randomMap';
import { type CausalMap, createEdge, createNode, type RoleTag } from './causalMap';
import { ancestors, dagOf } from './dag';
import { isDSeparated } from './dSeparation';
import { applyEdits } from './mapEdit';
import { rolesOf } from './roles';
import { editsThatMakeTrue, tagConflict } from './tagConflict';

interface GoldenCase {
  readonly id: string;
  readonly graph: {
    nodes: string[];
    directed: [string, string][];
    bidirected: [string, string][];
    latent: string[];
    exposures: string[];
    outcomes: string[];
  };
  readonly expected: {
    instruments?: { instrument: string }[];
    paths: { nodes: string[]; arrows: string[]; causal: boolean; colliders: string[] }[] | null;
  };
}
const golden = (name: string): GoldenCase[] =>
  JSON.parse(readFileSync(new URL(`./golden/${name}.golden.json`, import.meta.url), 'utf8'));
const mapOf = ({ nodes, directed, bidirected, latent }: GoldenCase['graph']): CausalMap => ({
  nodes: nodes.map((name) => createNode(name, { latent: latent.includes(name) })),
  edges: [
    ...directed.map(([from, to]) => createEdge(from, to)),
    ...bidirected.map(([from, to]) => createEdge(from, to, '<->')),
  ],
});
const drawn = (text: string, tag: Record<string, RoleTag> = {}): CausalMap => {
  const edges = text.split(';').map((part) => {
    const [from, kind, to] = part.trim().split(' ') as [string, '->' | '<->', string];
    return createEdge(from, to, kind);
  });
  const names = [...new Set(edges.flatMap(({ from, to }) => [from, to]))];
  return { nodes: names.map((name) => createNode(name, { tag: tag[name] ?? null })), edges };
};
const rolesIn = (map: CausalMap, exposure: string | null, outcome: string) => {
  const found: Record<string, string[]> = {};
  for (const { node, role } of rolesOf(map, exposure, outcome)) found[node] = [...(found[node] ?? []), role];
  return found;
};

it('reads the roles off the arrows', () => {
  const map = drawn(
    'age -> smoking; age -> death; tax -> smoking; smoking -> tar; tar -> death; smoking -> cough; gene -> death; ' +
      'death -> obituary; smoking -> ward; death -> ward; age -> hair; shoe -> lace',
  );
  expect(rolesIn(map, 'smoking', 'death')).toEqual({
    age: ['confounder'],
    smoking: ['exposure'],
    death: ['outcome'],
    tax: ['instrument'],
    tar: ['mediator'],
    cough: ['effect-of-exposure'],
    gene: ['cause-of-outcome'],
    obituary: ['effect-of-outcome'],
    ward: ['collider', 'effect-of-outcome', 'effect-of-exposure'],
    hair: ['proxy'],
    shoe: ['unrelated'],
    lace: ['unrelated'],
  });
  const age = rolesOf(map, 'smoking', 'death').find(({ node }) => node === 'age')!;
  expect(age.sentence).toBe('Causes both smoking and death: a *confounder*.');
  expect(age.paths.map((path) => path.text)).toEqual(['age -> smoking', 'age -> death']);
});

it('gives roles towards the outcome when no exposure is chosen', () => {
  expect(rolesIn(drawn('a -> y; y -> b; a -> c; d -> e'), null, 'y')).toEqual({
    a: ['cause-of-outcome'],
    y: ['outcome'],
    b: ['effect-of-outcome'],
    c: ['proxy'],
    d: ['unrelated'],
    e: ['unrelated'],
  });
});

it.each([
  ['m-bias: a collider that neither end causes', 'a -> x; a -> m; b -> m; b -> y; x -> y', 'm', ['collider']],
  ['a mediator that shares a cause with the outcome', 'x -> m; m -> y; u -> m; u -> y', 'm', ['mediator', 'collider']],
  ['two arrows from one confounder are no collider', 'c -> x; c -> y; c -> p; c -> q; p -> m; q -> m', 'm', ['proxy']],
  ['an instrument only once w is held', 'w -> z; w -> y; z -> x; x -> y', 'z', ['instrument']],
  ['no instrument when tied to the outcome unseen', 'z -> x; x -> y; z <-> y', 'z', ['cause-of-exposure']],
  ['an effect of the outcome alone is no collider', 'x -> y; y -> d', 'd', ['effect-of-outcome']],
])('%s', (_, text, node, roles) => {
  expect(rolesIn(drawn(text), 'x', 'y')[node]).toEqual(roles);
});

describe.each(['named', 'random-dag', 'random-latent'])('%s', (file) => {
  it.each(golden(file).filter(({ graph }) => graph.exposures.length === 1 && graph.outcomes.length === 1))(
    'instruments and colliders: $id',
    ({ graph, expected }) => {
      const map = mapOf(graph);
      const dag = dagOf(map);
      const [x, y] = [graph.exposures[0]!, graph.outcomes[0]!];
      const roles = rolesIn(map, x, y);
      if (expected.instruments && graph.nodes.length <= 14) {
        // Effects of the exposure, variables that only move with it and nodes with a way of their own to the outcome can
        // serve in a regression; for a reader of the map their role is another.
        const causes = new Set(ancestors(dag, x));
        const cut = dagOf({ ...map, edges: map.edges.filter(({ kind, from }) => kind !== '->' || from !== x) });
        const ownWay = new Set(ancestors(cut, y));
        const reference = expected.instruments.map(({ instrument }) => instrument);
        expect(graph.nodes.filter((name) => roles[name]!.includes('instrument')).sort()).toEqual(
          reference.filter((name) => causes.has(name) && !ownWay.has(name)).sort(),
        );
      }
      if (expected.paths) {
        const met = expected.paths.filter((path) => path.colliders.length === 1).map((path) => path.colliders[0]!);
        expect(graph.nodes.filter((name) => roles[name]!.includes('collider')).sort()).toEqual(
          [...new Set(met)].sort(),
        );
        const between = expected.paths.filter((path) => path.causal).flatMap((path) => path.nodes.slice(1, -1));
        expect(graph.nodes.filter((name) => roles[name]!.includes('mediator')).sort()).toEqual(
          [...new Set(between)].sort(),
        );
      }
    },
  );
});

it('proves every role by paths that are on the map', () => {
  fc.assert(
    fc.property(randomMap(8), (map) => {
      const [x, y] = map.nodes.map((node) => node.name) as [string, string];
      const dag = dagOf(map);
      for (const { node, role, paths } of rolesOf(map, x, y)) {
        for (const { nodes, arrows } of paths) {
          expect(new Set(nodes).size).toBe(nodes.length);
          arrows.forEach((arrow, i) => {
            const [a, b] = [nodes[i]!, nodes[i + 1]!];
            const wanted = arrow === '<-' ? ['->', b, a] : [arrow, a, b];
            expect(
              map.edges.some(
                ({ kind, from, to }) =>
                  [kind, from, to].join() === wanted.join() ||
                  (arrow === '<->' && [kind, to, from].join() === wanted.join()),
              ),
            ).toBe(true);
          });
        }
        if (role === 'collider') expect(paths[0]!.nodes).toContain(node);
        if (role === 'confounder') {
          expect(ancestors(dag, x)).toContain(node);
          expect(ancestors(dag, y)).toContain(node);
        }
        if (role === 'unrelated') expect(isDSeparated(dag, [node], [x, y], [])).toBe(true);
      }
    }),
    { numRuns: 300 },
  );
});

describe('tagConflict', () => {
  it('says what the arrows make of it and how to make the tag true', () => {
    const map = drawn('treatment -> crp; crp -> disease; treatment -> disease', { crp: 'confounder' });
    expect(tagConflict(map, 'crp', 'treatment', 'disease')).toBe(
      'You tagged crp as a confounder, but your arrows make it a mediator (treatment -> crp -> disease). ' +
        'Change the tag, or reverse treatment -> crp (so that it points the other way) to make it true.',
    );
    expect(tagConflict(drawn('c -> x; c -> y', { c: 'confounder' }), 'c', 'x', 'y')).toBeNull();
    expect(tagConflict(drawn('c -> x; c -> y'), 'c', 'x', 'y')).toBeNull();
  });
  it('accepts a collider tag below a collider', () => {
    const map = drawn('x -> m; y -> m; m -> d', { d: 'collider', m: 'collider' });
    expect(tagConflict(map, 'd', 'x', 'y')).toBeNull();
    expect(tagConflict(map, 'm', 'x', 'y')).toBeNull();
  });
  it('compares exposure and outcome tags with the choice made', () => {
    const map = drawn('a -> b; c -> b', { a: 'exposure', b: 'outcome', c: 'outcome' });
    expect(tagConflict(map, 'a', 'a', 'b')).toBeNull();
    expect(tagConflict(map, 'a', 'c', 'b')).toMatch(/the exposure chosen is c/);
    expect(tagConflict(map, 'c', 'a', 'b')).toMatch(/the outcome chosen is b/);
    expect(tagConflict(map, 'a', null, 'b')).toBeNull();
  });
  it('proposes edits that do make the tag true', () => {
    const tags: RoleTag[] = ['confounder', 'mediator', 'collider', 'instrument'];
    fc.assert(
      fc.property(randomMap(6), fc.constantFrom(...tags), (plain, tag) => {
        fc.pre(plain.nodes.length >= 3);
        const [x, y, node] = plain.nodes.map(({ name }) => name) as [string, string, string];
        const map = { ...plain, nodes: plain.nodes.map((n) => (n.name === node ? { ...n, tag } : n)) };
        const conflict = tagConflict(map, node, x, y);
        const edits = editsThatMakeTrue(map, node, tag, x, y);
        if (conflict === null) return;
        for (const way of edits) expect(tagConflict(applyEdits(map, way)!, node, x, y)).toBeNull();
        expect(new Set(edits.map((way) => way.length)).size).toBeLessThan(2);
      }),
      { numRuns: 150 },
    );
  });
});
