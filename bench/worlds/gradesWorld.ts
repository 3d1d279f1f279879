import { binaryNode, choiceNode, logNormalNode, normalNode, type World } from '../../src/engine/worlds/world';

/** Three rare levels of one target, each with causes of its own weight and consequences of its own. */
export const gradesWorld: World = {
  id: 'grades-7',
  title: 'Several rare levels',
  story: '',
  target: 'grade',
  rareLevel: 'severe',
  exposure: 'exposed',
  rules: [],
  positions: {},
  rows: 0,
  nodes: [
    normalNode('age', [], () => 0, 1, 3),
    binaryNode('exposed', ['no', 'yes'], ['age'], ([age]) => 1 / (1 + Math.exp(1.5 - 0.4 * age!))),
    logNormalNode('dose', ['age', 'exposed'], ([age, exposed]) => 0.3 * age! + 0.8 * exposed!, 0.6, 2),
    choiceNode('grade', ['none', 'mild', 'severe', 'fatal'], ['age', 'exposed', 'dose'], ([age, exposed, dose]) => {
      const log = Math.log(dose! + 0.01);
      const weights = [
        1,
        Math.exp(-3.2 + 0.5 * age! + 0.3 * log),
        Math.exp(-4.2 + 0.9 * exposed! + 0.7 * log),
        Math.exp(-5 + 1.1 * age! - 0.5 * exposed! + 0.9 * log),
      ];
      const total = weights.reduce((a, b) => a + b, 0);
      return weights.map((w) => w / total);
    }),
    normalNode('marker', ['grade', 'age'], ([grade, age]) => 0.9 * grade! + (grade === 2 ? -0.7 : 0.4) * age!, 1, 3),
    choiceNode('ward', ['a', 'b', 'c'], ['grade', 'exposed'], ([grade, exposed]) => {
      const weights = [1, 0.4 + 0.5 * grade!, 0.3 + 0.8 * exposed!];
      const total = weights.reduce((a, b) => a + b, 0);
      return weights.map((w) => w / total);
    }),
  ],
};
