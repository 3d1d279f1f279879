import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomMap } from '../testing/randomMap';
import { drawnMap, type ReferenceGraph, referenceMap } from '../testing/referenceMap';
import { checkAdjustment, checkOddsRatio } from './adjustmentCheck';
import {
  canonicalAdjustmentSet,
  listAdjustmentSets,
  minimalAdjustmentSets,
  optimalAdjustmentSet,
} from './adjustmentSets';
import { dagOf } from './dag';
import { type EffectKind, forbiddenNodes } from './effectGraph';
import { listPaths } from './listPaths';

interface ReferenceCase {
  readonly id: string;
  readonly graph: ReferenceGraph;
  readonly expected: {
    readonly forbiddenForTotal: string[];
    readonly totalEffect: {
      readonly minimalSets: string[][] | null;
      readonly canonicalSet: string[] | null;
      readonly currentAdjustedIsValid: boolean;
      readonly setChecks: { z: string[]; valid: boolean }[];
      readonly optimalSet?: string[];
    };
    readonly directEffect: { minimalSets: string[][]; currentAdjustedIsValid: boolean } | null;
    readonly causalOddsRatio?: { currentAdjustedIsValid: boolean } | null;
  };
}
const casesOf = (name: string): ReferenceCase[] =>
  JSON.parse(readFileSync(new URL(`./golden/${name}.golden.json`, import.meta.url), 'utf8'));
const asSets = (sets: readonly (readonly string[])[]) => sets.map((set) => [...set].sort().join()).sort();
const sorted = (set: readonly string[] | null) => set && [...set].sort();
const questionIn = ({ exposures, outcomes, selected }: ReferenceGraph, effect: EffectKind) => ({
  exposures,
  outcomes,
  selected,
  effect,
});

describe.each(['named', 'random-dag', 'random-latent', 'random-roles'])('%s', (file) => {
  it.each(casesOf(file))('total effect: $id', ({ graph, expected: { forbiddenForTotal, totalEffect } }) => {
    const dag = dagOf(referenceMap(graph));
    const question = questionIn(graph, 'total');
    expect(sorted(forbiddenNodes(dag, question))).toEqual(sorted(forbiddenForTotal));
    if (totalEffect.minimalSets)
      expect(asSets([...minimalAdjustmentSets(dag, question, { always: graph.adjusted })])).toEqual(
        asSets(totalEffect.minimalSets),
      );
    expect(sorted(canonicalAdjustmentSet(dag, question))).toEqual(sorted(totalEffect.canonicalSet));
    const current = checkAdjustment(dag, question, graph.adjusted);
    expect(current.valid, current.sentence).toBe(totalEffect.currentAdjustedIsValid);
    for (const { z, valid } of totalEffect.setChecks) {
      const verdict = checkAdjustment(dag, question, z);
      expect(verdict.valid, `${z}: ${verdict.sentence}`).toBe(valid);
    }
    if (totalEffect.optimalSet)
      expect(sorted(optimalAdjustmentSet(dag, graph.exposures, graph.outcomes))).toEqual(
        sorted(totalEffect.optimalSet),
      );
  });
  it.each(casesOf(file).filter(({ expected }) => expected.directEffect))(
    'direct effect: $id',
    ({ graph, expected }) => {
      const dag = dagOf(referenceMap(graph));
      const question = questionIn(graph, 'direct');
      expect(asSets([...minimalAdjustmentSets(dag, question, { always: graph.adjusted })])).toEqual(
        asSets(expected.directEffect!.minimalSets),
      );
      expect(checkAdjustment(dag, question, graph.adjusted).valid).toBe(expected.directEffect!.currentAdjustedIsValid);
    },
  );
});

it.each(
  casesOf('random-roles')
    .concat(casesOf('named'))
    .filter(({ expected }) => expected.causalOddsRatio),
)('odds ratio of chosen rows: $id', ({ graph, expected }) => {
  expect(
    checkOddsRatio(
      dagOf(referenceMap(graph)),
      graph.exposures[0]!,
      graph.outcomes[0]!,
      graph.selected[0]!,
      graph.adjusted,
    ),
  ).toBe(expected.causalOddsRatio!.currentAdjustedIsValid);
});

/** Every inclusion-minimal valid set, from the definition by paths: no forbidden node, every path but the causal ones blocked. */
function minimalByBruteForce(dag: ReturnType<typeof dagOf>, x: string, y: string): string[] {
  const forbidden = forbiddenNodes(dag, { exposures: [x], outcomes: [y], effect: 'total' });
  const candidates = dag.names.filter(
    (name, i) => name !== x && name !== y && !dag.latent[i] && !forbidden.includes(name),
  );
  const good: number[] = [];
  for (let bits = 0; bits < 1 << candidates.length; bits++) {
    if (good.some((smaller) => (smaller & bits) === smaller)) continue;
    const given = candidates.filter((_, i) => (bits >> i) & 1);
    if (listPaths(dag, x, y, given, 1e6).paths.every(({ causal, open }) => causal || !open)) good.push(bits);
  }
  return asSets(
    good
      .filter((bits) => !good.some((other) => other !== bits && (other & bits) === other))
      .map((bits) => candidates.filter((_, i) => (bits >> i) & 1)),
  );
}

describe('on small maps', () => {
  it('lists exactly the minimal sets that block every path but the causal ones', () => {
    fc.assert(
      fc.property(randomMap(6), (map) => {
        const dag = dagOf(map);
        const [x, y] = dag.names as [string, string];
        const question = { exposures: [x], outcomes: [y], effect: 'total' } as const;
        const listed = [...minimalAdjustmentSets(dag, question)];
        expect(asSets(listed)).toEqual(minimalByBruteForce(dag, x, y));
        expect(canonicalAdjustmentSet(dag, question) === null).toBe(listed.length === 0);
        for (const set of listed) expect(checkAdjustment(dag, question, set).valid).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
  it('is as strict for two exposures as the check of every subset', () => {
    fc.assert(
      fc.property(
        randomMap(7).filter((map) => map.nodes.length > 3),
        fc.constantFrom<EffectKind>('total', 'direct'),
        (map, effect) => {
          const dag = dagOf(map);
          const [a, b, y] = dag.names as [string, string, string];
          const question = { exposures: [a, b], outcomes: [y], effect };
          const rest = dag.names.slice(3);
          const valid = Array.from({ length: 1 << rest.length }, (_, bits) =>
            rest.filter((_, i) => (bits >> i) & 1),
          ).filter((set) => checkAdjustment(dag, question, set).valid);
          const minimal = valid.filter(
            (set) => !valid.some((other) => other.length < set.length && other.every((name) => set.includes(name))),
          );
          expect(asSets([...minimalAdjustmentSets(dag, question)])).toEqual(asSets(minimal));
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('verdicts in words', () => {
  const verdict = (text: string, given: string[], effect: EffectKind = 'total', selected: string[] = []) =>
    checkAdjustment(dagOf(drawnMap(text)), { exposures: ['x'], outcomes: ['y'], effect, selected }, given);
  it('names the offending node and the way to it', () => {
    expect(verdict('x -> m -> y; m -> d', ['d'])).toMatchObject({
      fault: 'forbidden',
      offending: ['d'],
      path: { text: 'x -> m -> d' },
    });
    expect(verdict('x -> y -> d', ['d'], 'direct')).toMatchObject({ fault: 'forbidden', path: { text: 'y -> d' } });
  });
  it('shows the path left open and who opened it', () => {
    expect(verdict('x <- c -> y; x -> y', []).path?.text).toBe('x <- c -> y');
    expect(verdict('x -> y; x <- a -> m <- b -> y; m -> d', ['d']).sentence).toBe(
      'A path that is not part of the effect stays open: x <- a -> m <- b -> y, because d, below m, is held fixed.',
    );
  });
  it('refuses what is not recorded, part of the question, or chosen by the outcome', () => {
    expect(verdict('x <- (u) -> y; x -> y', ['u']).fault).toBe('latent');
    expect(verdict('x -> y', ['x']).fault).toBe('endpoint');
    expect(verdict('x -> y -> s', [], 'total', ['s'])).toMatchObject({ fault: 'selection', path: { text: 'y -> s' } });
    expect(verdict('x -> y; x -> s', [], 'total', ['s']).sentence).toBe('Adjusting for nothing is enough.');
  });
  it('refuses a question without sense', () => {
    const dag = dagOf(drawnMap('x -> y'));
    expect(() => forbiddenNodes(dag, { exposures: ['x'], outcomes: ['x'], effect: 'total' })).toThrow(/both/);
    expect(() => forbiddenNodes(dag, { exposures: [], outcomes: ['y'], effect: 'total' })).toThrow(/choose both/);
  });
});

it('stays lazy where the sets are too many to list, and says that there are more', () => {
  const chains = Array.from({ length: 20 }, (_, i) => `x <- a${i} <- b${i} -> y`).join('; ');
  const dag = dagOf(drawnMap(`${chains}; x -> y`));
  const found = listAdjustmentSets(dag, { exposures: ['x'], outcomes: ['y'], effect: 'total' }, { limit: 10 });
  expect(found.sets).toHaveLength(10);
  expect(found.truncated).toBe(true);
  const without = listAdjustmentSets(
    dag,
    { exposures: ['x'], outcomes: ['y'], effect: 'total' },
    { never: Array.from({ length: 20 }, (_, i) => `a${i}`) },
  );
  expect(without.sets).toEqual([Array.from({ length: 20 }, (_, i) => `b${i}`)]);
});

it('gives no optimal set where hidden causes matter or nothing is caused', () => {
  const optimal = (text: string) => optimalAdjustmentSet(dagOf(drawnMap(text)), ['x'], ['y']);
  expect(optimal('x -> y; c -> x; c -> y; w -> y')).toEqual(['c', 'w']);
  expect(optimal('x -> y; (u) -> y')).toBeNull();
  expect(optimal('x <- y')).toBeNull();
});
