import {
  binaryNode,
  choiceNode,
  gridNode,
  logistic,
  logNormalNode,
  normalNode,
  type World,
} from '../../src/engine/worlds/world';

/** A world no demo is tuned on: curved means, an interaction, growing spread, categories, a rare flag and children of the target. */
export const mixedWorld: World = {
  id: 'mixed-10',
  title: 'Mixed, curved',
  story: '',
  target: 'event',
  rareLevel: 'yes',
  exposure: 'flag',
  rules: [],
  positions: {},
  rows: 0,
  nodes: [
    normalNode('x1', [], () => 0, 1, 3),
    choiceNode('site', ['a', 'b', 'c', 'd'], [], () => [0.4, 0.3, 0.2, 0.1]),
    binaryNode('flag', ['no', 'yes'], ['x1'], ([x1]) => logistic(-3.6 + 0.5 * x1!)),
    normalNode('x2', ['x1', 'site'], ([x1, site]) => 1.4 * Math.cos(1.5 * x1!) - 0.5 * site!, 0.8, 3),
    logNormalNode('load', ['x2', 'flag'], ([x2, flag]) => 0.4 * x2! + 0.9 * flag!, 0.5, 2),
    gridNode('count', [0, 1, 2, 3, 4, 5], ['x1'], ([x1]) => {
      const rate = Math.exp(0.2 + 0.4 * x1!);
      const terms = [0, 1, 2, 3, 4, 5].map((k) => rate ** k / [1, 1, 2, 6, 24, 120][k]!);
      const total = terms.reduce((a, b) => a + b, 0);
      return terms.map((term) => term / total);
    }),
    normalNode('x3', ['x1', 'load'], ([x1, load]) => Math.sin(2 * x1!) + 0.3 * Math.log(load! + 0.1) * x1!, 0.5, 3),
    binaryNode('event', ['no', 'yes'], ['x1', 'flag', 'load', 'count'], ([x1, flag, load, count]) =>
      logistic(-5.4 + 0.9 * x1! + 1.5 * flag! + 0.5 * Math.log(load! + 0.1) + 0.25 * count!),
    ),
    normalNode('marker', ['event', 'x3'], ([event, x3]) => 1.2 * event! + 0.5 * x3!, 1, 3),
    choiceNode('ward', ['north', 'south', 'east'], ['event', 'site'], ([event, site]) => {
      const weights = [1, 0.6 + 1.2 * event!, 0.4 + 0.3 * site!];
      const total = weights.reduce((a, b) => a + b, 0);
      return weights.map((weight) => weight / total);
    }),
  ],
};
