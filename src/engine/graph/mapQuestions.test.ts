import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomMap } from '../testing/randomMap';
import { drawnMap } from '../testing/referenceMap';
import { basisSet } from './basisSet';
import { createEdge } from './causalMap';
import { compareMaps } from './compareMaps';
import { dagOf } from './dag';
import { isDSeparated } from './dSeparation';
import { answerEffect } from './effectAnswer';
import { implications, oneImplicationPerPair } from './implications';
import { applyEdit, editInWords } from './mapEdit';
import { mutilate } from './mutilate';
import { projectLatents } from './projection';
import { type JudgedClaim, repairsOf } from './repairs';

const ask = (text: string, held: string[] = []) =>
  answerEffect(drawnMap(text), { exposure: 'x', outcome: 'y', effect: 'total', held });

describe('the answer about an effect', () => {
  it('puts adjustment, front door, instrument and formula side by side', () => {
    const confounded = ask('x -> m -> y; z -> x; (u) -> x; u -> y');
    expect(confounded.sets).toEqual([]);
    expect(confounded.verdict.fault).toBe('open-path');
    expect(confounded.otherWays).toMatchObject({
      frontDoor: { sets: [['m']], truncated: false },
      instruments: [{ instrument: 'z', given: [[]] }],
      identification: { isIdentified: true },
    });
    expect(confounded.open.biasing).toEqual([
      { from: 'u', to: 'x', kind: '->' },
      { from: 'u', to: 'y', kind: '->' },
    ]);
    expect(confounded.open.causal).toHaveLength(2);
  });
  it('lists every set that makes a node an instrument', () => {
    const answer = ask('z -> x -> y; z <- w -> v -> y; x <-> y');
    expect(answer.otherWays!.instruments.find(({ instrument }) => instrument === 'z')!.given).toEqual([['v'], ['w']]);
  });
  it('holds nodes by which rows were chosen fixed', () => {
    const drawn = drawnMap('x -> s <- y; x -> y');
    const map = { ...drawn, nodes: drawn.nodes.map((node) => ({ ...node, selected: node.name === 's' })) };
    const answer = answerEffect(map, { exposure: 'x', outcome: 'y', effect: 'total', held: [] });
    expect(answer.sets).toEqual([]);
    expect(answer.verdict).toMatchObject({ valid: false });
    expect(answer.otherWays).toBeNull();
    expect(answer.paths.filter(({ open }) => open).map(({ text }) => text)).toEqual(['x -> y', 'x -> s <- y']);
  });
});

describe('rows chosen by a node', () => {
  const drawn = drawnMap('a -> s <- b; a -> c; b -> d');
  const chosen = (isLatent: boolean) => ({
    ...drawn,
    nodes: drawn.nodes.map((node) => (node.name === 's' ? { ...node, selected: true, latent: isLatent } : node)),
  });
  it('make statements about the chosen rows only', () => {
    for (const map of [chosen(false), chosen(true)]) {
      const statements = implications(dagOf(map)).statements;
      expect(statements.every(({ x, y, given }) => x !== 's' && y !== 's' && given.includes('s'))).toBe(true);
      expect(oneImplicationPerPair(dagOf(map)).map(({ x, y }) => [x, y])).toEqual([
        ['a', 'd'],
        ['b', 'c'],
        ['c', 'd'],
      ]);
    }
  });
});

describe('repairs of a refuted claim', () => {
  const claim = (x: string, y: string, given: string[], verdict: JudgedClaim['verdict'] = 'refuted') => ({
    x,
    y,
    given,
    verdict,
  });
  it('prefer the edit that resolves the most and gives up the least', () => {
    const map = drawnMap('a -> b -> c -> d');
    const claims = [claim('a', 'c', ['b']), claim('a', 'd', ['c']), claim('b', 'd', ['c'], 'agrees')];
    const [best] = repairsOf(map, claims[0]!, claims);
    expect(best).toMatchObject({ givenUp: 0 });
    expect(editInWords(best!.edit)).toBe('draw a -> c');
  });
  it('leave certain arrows, tiers and forbidden arrows alone', () => {
    const map = {
      nodes: drawnMap('a -> b -> c').nodes.map((node, i) => ({ ...node, tier: i })),
      edges: [
        createEdge('a', 'b', '->', { confidence: 'certain' }),
        createEdge('b', 'c', '->', { confidence: 'certain' }),
      ],
      forbidden: [{ from: 'a', to: 'c' }],
    };
    const offered = repairsOf(map, claim('a', 'c', ['b']), []).map(({ edit }) => editInWords(edit));
    expect(offered).toEqual(['draw a <-> c']);
  });
  it('always end the claim', () => {
    fc.assert(
      fc.property(randomMap(6), (map) => {
        for (const { x, y, given } of oneImplicationPerPair(dagOf(map)).slice(0, 3))
          for (const { edit } of repairsOf(map, claim(x, y, [...given]), []))
            expect(isDSeparated(dagOf(applyEdit(map, edit)!), [x], [y], given)).toBe(false);
      }),
      { numRuns: 100 },
    );
  });
});

describe('two maps compared', () => {
  it('tell the arrows and the claims in which they differ', () => {
    const difference = compareMaps(drawnMap('a -> b -> c; a <-> c'), drawnMap('a -> b <- c; d -> a'));
    expect(difference.nodesOnlyInSecond).toEqual(['d']);
    expect(difference.pairs).toEqual([
      { a: 'b', b: 'c', first: ['->'], second: ['<-'] },
      { a: 'a', b: 'c', first: ['<->'], second: [] },
      { a: 'a', b: 'd', first: [], second: ['<-'] },
    ]);
    expect(difference.onlyFirstImplies).toEqual([]);
    expect(difference.onlySecondImplies.map(({ x, y, given }) => [x, y, given])).toEqual([['a', 'c', []]]);
  });
  it('find nothing between a map and itself', () => {
    fc.assert(
      fc.property(randomMap(6), (map) => {
        const { pairs, onlyFirstImplies, onlySecondImplies } = compareMaps(map, map);
        expect([...pairs, ...onlyFirstImplies, ...onlySecondImplies]).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });
});

describe('the map after an intervention', () => {
  it('has no arrow into what was set', () => {
    const map = mutilate(drawnMap('z -> x -> y; z -> y; x <-> y'), ['x']);
    expect(map.edges.map(({ from, kind, to }) => `${from} ${kind} ${to}`)).toEqual(['x -> y', 'z -> y']);
  });
});

describe('basis sets', () => {
  it('with <-> imply every independence of the map', () => {
    fc.assert(
      fc.property(randomMap(5), (map) => {
        const observed = projectLatents(map);
        const dag = dagOf(observed);
        const { statements } = basisSet(map);
        const derived = semigraphoidClosure(
          statements.map(({ node, independentOf, given }) => {
            const mask = (names: readonly string[]) =>
              names.reduce((sum, name) => sum | (1 << dag.indexOf.get(name)!), 0);
            return [mask([node]), mask(independentOf), mask(given)] as const;
          }),
        );
        const names = (mask: number) => dag.names.filter((_, i) => (mask >> i) & 1);
        for (let a = 0; a < dag.names.length; a++)
          for (let b = a + 1; b < dag.names.length; b++)
            for (let z = 0; z < 1 << dag.names.length; z++) {
              if ((z >> a) & 1 || (z >> b) & 1) continue;
              if (isDSeparated(dag, names(1 << a), names(1 << b), names(z)))
                expect(derived.has(`${1 << a} ${1 << b} ${z}`), `${names(1 << a)} ${names(1 << b)} | ${names(z)}`).toBe(
                  true,
                );
            }
      }),
      { numRuns: 40, seed: 5 },
    );
  });
});

/** All x _||_ y | z that follow by symmetry, decomposition, weak union, contraction and composition, which hold for separation. */
function semigraphoidClosure(given: readonly (readonly [number, number, number])[]): ReadonlySet<string> {
  const known = new Set<string>();
  const waiting: [number, number, number][] = [];
  const list: [number, number, number][] = [];
  const add = (x: number, y: number, z: number) => {
    if (x === 0 || y === 0) return;
    for (const [a, b] of [
      [x, y],
      [y, x],
    ] as const) {
      const key = `${a} ${b} ${z}`;
      if (known.has(key)) continue;
      known.add(key);
      waiting.push([a, b, z]);
    }
  };
  for (const [x, y, z] of given) add(x, y, z);
  while (waiting.length > 0) {
    const [x, y, z] = waiting.pop()!;
    list.push([x, y, z]);
    for (let part = (y - 1) & y; part > 0; part = (part - 1) & y) {
      add(x, part, z);
      add(x, part, z | (y & ~part));
    }
    for (const [x2, y2, z2] of list) {
      if (x2 !== x || y2 & y) continue;
      if (z2 === (z | y)) add(x, y | y2, z);
      if (z === (z2 | y2)) add(x, y | y2, z2);
      if (z2 === z) add(x, y | y2, z);
    }
  }
  return known;
}
