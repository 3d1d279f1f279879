import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { discreteWorld, evaluate, type Values } from '../testing/discreteWorld';
import { randomMap } from '../testing/randomMap';
import { drawnMap, type ReferenceGraph, referenceMap } from '../testing/referenceMap';
import { listAdjustmentSets } from './adjustmentSets';
import type { CausalMap } from './causalMap';
import { dagOf } from './dag';
import { districts } from './districts';
import {
  adjustmentEstimand,
  estimandLatex,
  estimandText,
  freeVariables,
  frontDoorEstimand,
  latexText,
} from './estimand';
import { frontDoorSets } from './frontDoor';
import { identifyEffect } from './identify';

const readGolden = <T>(name: string): T[] =>
  JSON.parse(readFileSync(new URL(`./golden/${name}.golden.json`, import.meta.url), 'utf8'));

const textOf = (text: string) => {
  const answer = identifyEffect(drawnMap(text), ['x'], ['y']);
  return answer.isIdentified ? estimandText(answer.estimand) : answer.hedge;
};

describe('the formula of an effect', () => {
  it.each([
    ['x -> y', 'P(y | x)'],
    ['z -> x -> y; z -> y', 'sum over z of P(z) · P(y | z, x)'],
    ['x -> m -> y; x <-> y', "sum over m of P(m | x) · (sum over x' of P(x') · P(y | x', m))"],
    ['y -> x', 'P(y)'],
    ['w -> x -> y', 'P(y | x)'],
  ])('of %s', (map, formula) => {
    const answer = identifyEffect(drawnMap(map), ['x'], ['y']);
    if (!answer.isIdentified) throw new Error('not identified');
    const written = estimandText(answer.estimand);
    expect(written.replace(/[()]/g, '')).toBe(formula.replace(/[()]/g, ''));
  });
  it('is shown to be out of reach by two districts', () => {
    expect(textOf('x -> y; x <-> y')).toEqual({ whole: ['x', 'y'], part: ['y'] });
    expect(textOf('(u) -> x -> y; u -> y')).toEqual({ whole: ['x', 'y'], part: ['y'] });
    expect(textOf('z -> x -> y; x <-> y')).toEqual({ whole: ['x', 'y'], part: ['y'] });
    expect(textOf('x -> m -> y; x <-> m')).toEqual({ whole: ['x', 'm'], part: ['m'] });
  });
  it('agrees with the formulas of adjustment and of the front door', () => {
    const values: Values = new Map([
      ['x', 1],
      ['y', 1],
    ]);
    const adjusted = drawnMap('z -> x; z -> w -> y; x -> y');
    const world = discreteWorld(adjusted, 5);
    const truth = world.probability(new Map([['y', 1]]), new Map([['x', 1]]));
    expect(evaluate(adjustmentEstimand('x', 'y', ['w']), world, values)).toBeCloseTo(truth, 12);
    const front = drawnMap('x -> m -> y; x <-> y');
    const hidden = discreteWorld(front, 5);
    const effect = hidden.probability(new Map([['y', 1]]), new Map([['x', 1]]));
    expect(evaluate(frontDoorEstimand('x', 'y', ['m']), hidden, values)).toBeCloseTo(effect, 12);
    expect(estimandText(frontDoorEstimand('x', 'y', ['m']))).toBe(
      "sum over m of P(m | x) · sum over x' of P(y | x', m) · P(x')",
    );
  });
  it('is written for LaTeX with any name', () => {
    const map = drawnMap('z_1 -> x; z_1 -> y; x -> y');
    const answer = identifyEffect(map, ['x'], ['y']);
    if (!answer.isIdentified) throw new Error('not identified');
    expect(estimandLatex(answer.estimand)).toBe(
      '\\sum_{\\text{z\\_1}} P(\\text{z\\_1})\\,P(\\text{y} \\mid \\text{z\\_1}, \\text{x})',
    );
    expect(latexText('a\\b^c~d 50% {e}')).toBe(
      'a\\textbackslash{}b\\textasciicircum{}c\\textasciitilde{}d 50\\% \\{e\\}',
    );
  });
});

/** Largest distance between the formula and the true interventional law over all values, on one random law. */
function largestError(map: CausalMap, x: readonly string[], y: readonly string[], seed: number): number | null {
  const answer = identifyEffect(map, x, y);
  if (!answer.isIdentified) return null;
  const world = discreteWorld(map, seed);
  const names = [...x, ...y, ...answer.anyValueOf];
  let worst = 0;
  for (let cell = 0; cell < 1 << names.length; cell++) {
    const values: Values = new Map(names.map((name, i) => [name, ((cell >> i) & 1) as 0 | 1]));
    const pick = (list: readonly string[]) => new Map(list.map((name) => [name, values.get(name)!]));
    const truth = world.probability(pick(y), pick(x));
    worst = Math.max(worst, Math.abs(evaluate(answer.estimand, world, values) - truth));
  }
  return worst;
}

describe('against worlds of binary variables', () => {
  it.each([
    ['napkin', 'w -> r -> x -> y; w <-> x; w <-> y'],
    ['Verma', 'x -> a -> b -> y; x -> b; a <-> y; x -> y'],
    ['two front doors', 'x -> a -> y; x -> b -> y; x <-> y; a -> b'],
    ['zigzag', 'x -> z -> y; x <-> w; w -> z; w <-> y'],
    ['idle cause', 'w -> x -> m -> y; w <-> y; x <-> y'],
  ])('%s', (_, text) => {
    expect(largestError(drawnMap(text), ['x'], ['y'], 3)).toBeLessThan(1e-12);
  });
  it('equals the law under intervention whenever there is a formula', () => {
    let identified = 0;
    fc.assert(
      fc.property(
        randomMap(5, { latent: false }),
        fc.integer({ min: 1, max: 1e6 }),
        fc.boolean(),
        (map, seed, isPair) => {
          const names = map.nodes.map(({ name }) => name);
          const x = isPair && names.length > 3 ? [names[0]!, names[2]!] : [names[0]!];
          const error = largestError(map, x, [names[1]!], seed);
          if (error === null) return;
          identified++;
          expect(error).toBeLessThan(1e-10);
        },
      ),
      { numRuns: 250, seed: 7 },
    );
    expect(identified).toBeGreaterThan(100);
  });
  it('exists wherever an adjustment or front-door set does', () => {
    fc.assert(
      fc.property(randomMap(7), (map) => {
        const dag = dagOf(map);
        const observed = map.nodes.filter(({ latent }) => !latent).map(({ name }) => name);
        if (observed.length < 2) return;
        const [x, y] = observed as [string, string];
        const question = { exposures: [x], outcomes: [y], effect: 'total' } as const;
        const hasSet =
          listAdjustmentSets(dag, question, { limit: 1 }).sets.length > 0 ||
          frontDoorSets(dag, x, y, 1).sets.length > 0;
        const answer = identifyEffect(map, [x], [y]);
        if (hasSet) expect(answer.isIdentified).toBe(true);
        if (answer.isIdentified) expect(freeVariables(answer.estimand).has(y)).toBe(true);
      }),
      { numRuns: 400, seed: 11 },
    );
  });
});

describe('named maps', () => {
  const known = readGolden<{ id: string; graph: ReferenceGraph; knownIdentifiable?: boolean }>('named').filter(
    ({ knownIdentifiable }) => knownIdentifiable !== undefined,
  );
  it.each(known)('$id', ({ graph, knownIdentifiable }) => {
    expect(identifyEffect(referenceMap(graph), graph.exposures, graph.outcomes).isIdentified).toBe(knownIdentifiable);
  });
});

it('lists districts in drawing order', () => {
  expect(districts(dagOf(drawnMap('a -> b; b <-> d; d <-> a; c -> d')))).toEqual([['a', 'b', 'd'], ['c']]);
});
