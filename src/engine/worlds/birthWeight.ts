import { binaryNode, logistic, normalNode, type World } from './world';

const LOW_WEIGHT = 2500;

const death = (intercept: number, early: number) =>
  binaryNode(
    'death',
    ['no', 'yes'],
    ['defect', 'weight', 'gestation', 'smoker', 'ses'],
    ([defect, weight, gestation, smoker, ses]) =>
      logistic(
        intercept +
          3.4 * defect! +
          0.0016 * (3400 - weight!) +
          early * Math.max(0, 37 - gestation!) +
          0.25 * smoker! -
          0.15 * ses!,
      ),
  );
const smoker = (intercept: number) =>
  binaryNode('smoker', ['no', 'yes'], ['ses'], ([ses]) => logistic(intercept - 0.5 * ses!));

/**
 * Demo world E: the birth-weight paradox. Smoking harms the child, but among light children the children of smokers do better:
 * low weight is an effect of smoking and of a birth defect, and to look at light children only is to condition on it.
 * Gestation and weight are drawn from laws cut at what is viable, so that nothing heaps at a bound.
 */
export const birthWeight: World = {
  id: 'birth-weight',
  title: 'Birth-weight paradox',
  story:
    'Smoking in pregnancy raises the risk of death, but among light babies those of smokers do better: weight is a collider, and choosing by it turns the sign.',
  trap: 'Looking at light babies only turns the harm of smoking into a benefit.',
  target: 'death',
  rareLevel: 'yes',
  exposure: 'smoker',
  rows: 15_000,
  nodes: [
    normalNode('ses', [], () => 0, 1, 2),
    normalNode('mother_age', [], () => 28, 5.5, 0, 13, 55),
    smoker(-1.7),
    binaryNode('defect', ['no', 'yes'], [], () => 0.025),
    normalNode(
      'gestation',
      ['smoker', 'defect', 'ses'],
      ([smokes, defect, ses]) => 39.3 - 0.35 * smokes! - 2.6 * defect! + 0.15 * ses!,
      1.5,
      1,
      24,
      43,
    ),
    normalNode(
      'weight',
      ['gestation', 'smoker', 'defect', 'ses'],
      ([gestation, smokes, defect, ses]) =>
        3400 + 165 * (gestation! - 39.3) - 230 * smokes! - 650 * defect! + 25 * ses!,
      360,
      0,
      400,
      5600,
    ),
    death(-5.2, 0.28),
    binaryNode('case_review', ['no', 'yes'], ['death'], ([died]) => (died === 1 ? 0.88 : 0.003)),
  ],
  facts: {
    ses: { tier: 0, sensitive: true, tag: 'confounder', note: 'Socio-economic status, standardised.' },
    mother_age: { tier: 0, fixed: true },
    smoker: { tier: 1, tag: 'exposure' },
    defect: { tier: 1, note: 'A birth defect; often not recorded. Make it latent to see what is lost.' },
    gestation: { tier: 2, tag: 'mediator', note: 'Weeks.' },
    weight: { tier: 3, note: 'Grams. An effect of smoking and of the defect: never choose rows by it.' },
    death: { tier: 4, tag: 'outcome' },
    case_review: { tier: 5, note: 'Held after a death: it gives the death away.' },
  },
  monotone: [
    ['gestation', 'weight', '+'],
    ['smoker', 'weight', '-'],
    ['weight', 'death', '-'],
  ],
  rules: [
    {
      id: 'gestation-viable',
      kind: 'range',
      column: 'gestation',
      min: 24,
      max: 43,
      reason: 'The register holds births from week 24 to 43.',
      enabled: true,
    },
    {
      id: 'weight-viable',
      kind: 'range',
      column: 'weight',
      min: 400,
      max: 5600,
      reason: 'The register holds weights from 400 to 5,600 grams.',
      enabled: true,
    },
    {
      id: 'growth-corridor',
      kind: 'expression',
      text: 'weight >= 165 * (gestation - 39.3) + 750 and weight <= 165 * (gestation - 39.3) + 5150',
      reason: 'Growth stays within a corridor of 165 grams a week.',
      enabled: true,
    },
  ],
  extras: {
    id: { column: 'birth_no', prefix: 'B-' },
    constant: { column: 'register', value: 'R1' },
    day: { column: 'born_on', from: '2024-01-01', to: '2024-12-31' },
    missing: [
      { column: 'mother_age', common: 0.03, rare: 0.03 },
      { column: 'ses', common: 0.02, rare: 0.1 },
    ],
  },
  drift: {
    story:
      'Fewer mothers smoke, and care of early births is better: a week too early raises the risk half as much. Weight and gestation arise as before.',
    from: '2025-01-01',
    to: '2025-12-31',
    rows: 15_000,
    nodes: [smoker(-2.3), death(-5.2, 0.14)],
  },
  claims: [
    { kind: 'prevalence', text: 'Share of children who die', stated: 0.022, precision: 0.0005 },
    {
      kind: 'effect',
      text: 'Effect on the risk if every mother smoked instead of none',
      exposure: 'smoker',
      stated: 0.011,
      precision: 0.0005,
    },
    {
      kind: 'contrast',
      text: 'Raw difference in risk between children of smokers and others',
      exposure: 'smoker',
      stated: 0.013,
      precision: 0.0005,
    },
    {
      kind: 'contrast',
      text: 'The same among children under 2,500 grams',
      exposure: 'smoker',
      within: { column: 'weight', op: '<', value: LOW_WEIGHT },
      stated: -0.12,
      precision: 0.0005,
    },
    {
      kind: 'risk',
      text: 'Risk of light children of smokers',
      exposure: 'smoker',
      level: 'yes',
      within: { column: 'weight', op: '<', value: LOW_WEIGHT },
      stated: 0.19,
      precision: 0.005,
    },
    {
      kind: 'risk',
      text: 'Risk of light children of others',
      exposure: 'smoker',
      level: 'no',
      within: { column: 'weight', op: '<', value: LOW_WEIGHT },
      stated: 0.31,
      precision: 0.005,
    },
    {
      kind: 'correlation',
      text: 'Correlation of smoking and defect among light children',
      x: 'smoker',
      y: 'defect',
      within: { column: 'weight', op: '<', value: LOW_WEIGHT },
      stated: -0.27,
      precision: 0.005,
    },
  ],
  positions: {
    ses: [0, 40],
    defect: [0, 240],
    mother_age: [0, 380],
    smoker: [220, 40],
    gestation: [440, 180],
    weight: [660, 60],
    death: [880, 180],
    case_review: [880, 330],
  },
};
