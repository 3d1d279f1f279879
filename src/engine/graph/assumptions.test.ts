import { expect, it } from 'vitest';
import { drawnMap } from '../testing/referenceMap';
import { assumptionsText } from './assumptions';
import { answerEffect } from './effectAnswer';

const drawn = drawnMap('age -> x -> y; age -> y; x -> m; (u) -> m; u -> y');
const map = {
  ...drawn,
  edges: drawn.edges.map((edge, i) =>
    i === 0 ? { ...edge, source: 'Smith 2019', confidence: 'certain' as const } : edge,
  ),
};

it('counts what is assumed, what can be tested, what was tested and what is not', () => {
  const effect = answerEffect(map, { exposure: 'x', outcome: 'y', effect: 'total', held: [] });
  const text = assumptionsText(map, effect, {
    agrees: 0,
    refuted: [{ x: 'age', y: 'm', given: ['x'] }],
    cannotTell: 0,
  });
  expect(text).toContain('4 recorded variables with 6 arrows, and 1 unrecorded variable (u).');
  expect(text).toContain('without an edge, 1 pair in all');
  expect(text).toContain('Of these missing edges, 1 implies');
  expect(text).toContain('for 1 of the 6 edges (Smith 2019); 1 is held to be certain.');
  expect(text).toContain('1 was refuted (age and m given x)');
  expect(text).toContain('can be read by holding age fixed.');
});

it('says that nothing was tested, and which directions rest on trust', () => {
  const text = assumptionsText(drawnMap('a -> b -> c'), null, null);
  expect(text).toContain('None of them was tested against data.');
  expect(text).toContain('The direction of 2 arrows cannot be told from data of any size');
  expect(text).toContain('(a -> b and b -> c)');
  expect(assumptionsText(drawnMap('a -> b <- c'), null, null)).not.toContain('direction of');
});

it('says when the effect is out of reach', () => {
  const bow = drawnMap('x -> y; x <-> y');
  const effect = answerEffect(bow, { exposure: 'x', outcome: 'y', effect: 'total', held: [] });
  expect(assumptionsText(bow, effect, null)).toContain('cannot be learned from the recorded variables');
});
