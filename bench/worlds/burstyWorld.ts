import { gammaLaw } from '../../src/engine/numeric/laws';
import { lawNode, poissonNode, whenNode } from '../../src/engine/worlds/nodes';
import { binaryNode, choiceNode, logistic, logNormalNode, normalNode, type World } from '../../src/engine/worlds/world';

/** A hard shape: zero-inflated sums, heavy tails, counts, and a rare outcome that follows their logarithms. */
export const burstyWorld: World = {
  id: 'bursty-9',
  title: 'Zero-inflated, heavy tails',
  story: '',
  target: 'event',
  rareLevel: 'yes',
  exposure: 'channel',
  rules: [],
  positions: {},
  rows: 0,
  nodes: [
    choiceNode('channel', ['branch', 'web', 'phone'], [], () => [0.5, 0.35, 0.15]),
    lawNode('tenure', [], gammaLaw(1.4, 3), 2),
    poissonNode('contacts', ['channel', 'tenure'], ([channel, tenure]) =>
      Math.exp(0.1 + 0.5 * channel! - 0.05 * tenure!),
    ),
    binaryNode('active', ['no', 'yes'], ['contacts'], ([contacts]) => logistic(-1.2 + 0.6 * contacts!)),
    whenNode(
      logNormalNode(
        'claim',
        ['tenure', 'channel', 'active'],
        ([tenure, channel]) => 4 + 0.06 * tenure! + 0.5 * channel!,
        1.1,
        2,
      ),
      ([, , active]) => active === 1,
    ),
    logNormalNode('income', ['tenure'], ([tenure]) => 7 + 0.08 * tenure!, 0.9, 0),
    normalNode(
      'score',
      ['claim', 'income'],
      ([claim, income]) => 40 - 4 * Math.log1p(claim!) + 3 * Math.log(income!),
      6,
      1,
    ),
    binaryNode('event', ['no', 'yes'], ['claim', 'contacts', 'score'], ([claim, contacts, score]) =>
      logistic(-4.6 + 0.35 * Math.log1p(claim!) + 0.25 * contacts! - 0.06 * (score! - 50)),
    ),
    lawNode('cost', ['event'], gammaLaw(1.2, 100), 0, ([event]) => 30 + 150 * event!),
  ],
};
