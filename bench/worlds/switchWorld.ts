import {
  binaryNode,
  choiceNode,
  logistic,
  normalNode,
  type World,
  type WorldNode,
} from '../../src/engine/worlds/world';

/** v ~ N(mean, sd^2) with a spread that follows the parents: the unit noise of `normalNode`, stretched. */
function stretchedNode(
  name: string,
  parents: readonly string[],
  mean: (row: readonly number[]) => number,
  sd: (row: readonly number[]) => number,
): WorldNode {
  const unit = normalNode(name, parents, () => 0, 1, 3);
  const { mechanism } = unit;
  const scale = (columns: readonly Float64Array[], i: number) => {
    const row = columns.map((column) => column[i]!);
    return { mu: mean(row), sigma: sd(row) };
  };
  const standard = (columns: readonly Float64Array[], values: Float64Array) =>
    values.map((v, i) => {
      const { mu, sigma } = scale(columns, i);
      return (v - mu) / sigma;
    });
  return {
    ...unit,
    mechanism: {
      ...mechanism,
      quantile: (columns, u) =>
        mechanism.quantile(columns, u).map((e, i) => {
          const { mu, sigma } = scale(columns, i);
          return mu + sigma * e;
        }),
      noise: (columns, values, tieBreak) => mechanism.noise(columns, standard(columns, values), tieBreak),
      logDensity: (columns, values) =>
        mechanism
          .logDensity(columns, standard(columns, values))
          .map((log, i) => log - Math.log(scale(columns, i).sigma)),
    },
  };
}

/** A hard shape: rare binary causes (3 %), effects that switch sign with them, and spreads that grow eightfold. */
export const switchWorld: World = {
  id: 'switch-8',
  title: 'Switches, growing spread',
  story: '',
  target: 'event',
  rareLevel: 'yes',
  exposure: 'carrier',
  rules: [],
  positions: {},
  rows: 0,
  nodes: [
    binaryNode('carrier', ['no', 'yes'], [], () => 0.03),
    normalNode('age', [], () => 0, 1, 3),
    binaryNode('drug', ['no', 'yes'], ['age', 'carrier'], ([age, carrier]) => logistic(-3.4 + 0.5 * age! + carrier!)),
    stretchedNode(
      'pressure',
      ['age', 'drug'],
      ([age, drug]) => (drug === 1 ? -0.8 : 0.7) * age!,
      ([age]) => 0.25 * Math.exp(0.6 * age!),
    ),
    stretchedNode(
      'rhythm',
      ['pressure', 'carrier'],
      ([pressure, carrier]) => (carrier === 1 ? 1.5 - pressure! : 0.4 * pressure!),
      ([, carrier]) => (carrier === 1 ? 0.3 : 0.8),
    ),
    choiceNode('class', ['a', 'b', 'c'], ['age'], ([age]) => {
      const weights = [1, Math.exp(0.6 * age!), Math.exp(-0.5 * age!)];
      const total = weights[0]! + weights[1]! + weights[2]!;
      return weights.map((w) => w / total);
    }),
    binaryNode('event', ['no', 'yes'], ['carrier', 'pressure', 'rhythm', 'drug'], ([carrier, pressure, rhythm, drug]) =>
      logistic(-4.7 + 1.6 * carrier! + 0.7 * pressure! + 0.5 * Math.abs(rhythm!) + drug! - 1.2 * drug! * pressure!),
    ),
    stretchedNode(
      'marker',
      ['event', 'age'],
      ([event, age]) => 1.4 * event! + 0.3 * age! - 0.8 * event! * age!,
      ([event]) => 0.6 + 0.6 * event!,
    ),
  ],
};
