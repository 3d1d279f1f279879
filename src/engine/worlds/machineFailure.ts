import { betaLaw, gammaLaw, truncatedLaw } from '../numeric/laws';
import { formulaNode, lawNode, whenNode } from './nodes';
import { binaryNode, choiceNode, logistic, logNormalNode, normalNode, type World } from './world';

const failure = (intercept: number) =>
  binaryNode(
    'failure',
    ['no', 'yes'],
    ['wear', 'temperature', 'vibration', 'oil'],
    ([wear, temperature, vibration, oil]) =>
      logistic(intercept + 1.6 * wear! + 0.05 * (temperature! - 50) + 0.35 * vibration! - 0.25 * (oil! - 4)),
  );
const wearBefore = (load: number) =>
  normalNode('wear_before', ['machine_age', 'load'], ([age, l]) => 0.12 * age! + load * l!, 0.25, 3);

/**
 * Demo world D: machines at three sites. Maintenance prevents failures, but worn machines are the ones maintained, so the raw
 * difference has the wrong sign. Sensors are read after maintenance and before the failure.
 */
export const machineFailure: World = {
  id: 'machine-failure',
  title: 'Machine failure',
  story:
    'Maintenance lowers the risk of failure, yet maintained machines fail more often, because worn ones are maintained: the raw difference has the wrong sign.',
  trap: 'The raw difference says that maintenance breaks machines.',
  target: 'failure',
  rareLevel: 'yes',
  exposure: 'maintained',
  rows: 12_000,
  nodes: [
    lawNode('machine_age', [], gammaLaw(3, 2.2), 1),
    choiceNode('site', ['north', 'plain', 'south'], [], () => [1 / 3, 1 / 3, 1 / 3]),
    lawNode('load', ['site'], betaLaw(4, 3), 3, ([site]) => 0.05 * (site === 2 ? 1 : 0)),
    normalNode('ambient', ['site'], ([site]) => 22 + 4 * (site === 1 ? 1 : 0), 5, 1),
    wearBefore(0.9),
    binaryNode('maintained', ['no', 'yes'], ['wear_before', 'site'], ([wear, site]) =>
      logistic(-4.2 + 2.6 * wear! - 0.5 * (site === 2 ? 1 : 0)),
    ),
    whenNode(
      lawNode('days_since_service', ['maintained'], truncatedLaw(gammaLaw(2, 15), 1, 90), 0),
      ([maintained]) => maintained === 1,
    ),
    formulaNode(
      'wear',
      ['wear_before', 'maintained'],
      3,
      ([before, maintained]) => before! - 0.35 * maintained!,
      'wear = wear_before - 0.35 if maintained',
    ),
    normalNode(
      'temperature',
      ['ambient', 'load', 'wear'],
      ([ambient, load, wear]) => ambient! + 22 + 16 * load! + 6 * wear!,
      2.5,
      1,
    ),
    logNormalNode('vibration', ['wear', 'load'], ([wear, load]) => 0.1 + 0.55 * wear! + 0.2 * load!, 0.22, 2),
    normalNode(
      'oil',
      ['wear', 'temperature'],
      ([wear, temperature]) => 5.2 - 0.6 * wear! - 0.02 * (temperature! - 50),
      0.3,
      2,
      0.5,
      7,
    ),
    failure(-8),
    binaryNode('repair_order', ['no', 'yes'], ['failure'], ([failed]) => (failed === 1 ? 0.9 : 0.006)),
  ],
  facts: {
    machine_age: { tier: 0, fixed: true, note: 'Years.' },
    site: { tier: 0, note: 'Leave one out to see whether the model travels.' },
    load: { tier: 0, note: 'Share of the rated load.' },
    ambient: { tier: 0, note: 'Degrees Celsius.' },
    wear_before: { tier: 1, tag: 'confounder', note: 'Wear at the last inspection: decides who is maintained.' },
    maintained: { tier: 2, tag: 'exposure' },
    days_since_service: { tier: 2, note: '0 where not serviced.' },
    wear: { tier: 3, tag: 'mediator', note: 'Maintenance takes 0.35 off.' },
    temperature: { tier: 4, tag: 'mediator', note: 'Degrees Celsius.' },
    vibration: { tier: 4, tag: 'mediator', note: 'Millimetres a second.' },
    oil: { tier: 5, tag: 'mediator', note: 'Oil pressure, bar.' },
    failure: { tier: 6, tag: 'outcome' },
    repair_order: { tier: 7, note: 'Written after the failure: it gives the failure away.' },
  },
  monotone: [
    ['wear', 'vibration', '+'],
    ['wear', 'temperature', '+'],
    ['wear', 'failure', '+'],
  ],
  rules: [
    {
      id: 'oil-scale',
      kind: 'range',
      column: 'oil',
      min: 0.5,
      max: 7,
      reason: 'The gauge reads from 0.5 to 7 bar.',
      enabled: true,
    },
    {
      id: 'no-service-no-days',
      kind: 'implication',
      when: [{ column: 'maintained', op: 'in', levels: ['no'] }],
      then: { column: 'days_since_service', op: '=', value: 0 },
      reason: 'Days are counted from a service.',
      enabled: true,
    },
    {
      id: 'service-has-days',
      kind: 'implication',
      when: [{ column: 'maintained', op: 'in', levels: ['yes'] }],
      then: { column: 'days_since_service', op: '>=', value: 1 },
      reason: 'Readings are taken from the day after a service on.',
      enabled: true,
    },
    {
      id: 'wear-formula',
      kind: 'formula',
      column: 'wear',
      formula: 'if maintained = "yes" then wear_before - 0.35 else wear_before',
      tolerance: 0.001,
      reason: 'Maintenance takes 0.35 off.',
      enabled: true,
    },
  ],
  extras: {
    id: { column: 'unit_no', prefix: 'M-' },
    constant: { column: 'model', value: 'CX-4' },
    day: { column: 'read_on', from: '2024-01-02', to: '2024-12-30' },
    missing: [
      { column: 'ambient', common: 0.03, rare: 0.03 },
      { column: 'vibration', common: 0.02, rare: 0.12 },
    ],
  },
  drift: {
    story:
      'A cheaper lubricant: load wears half as much as before, and machines fail more often at the same wear. Ambient, maintenance and sensors are as before.',
    from: '2025-01-02',
    to: '2025-06-30',
    rows: 9000,
    nodes: [wearBefore(0.45), failure(-7.4)],
  },
  claims: [
    { kind: 'prevalence', text: 'Share of readings that end in a failure', stated: 0.026, precision: 0.0005 },
    {
      kind: 'effect',
      text: 'Effect of maintaining every machine instead of none on the risk',
      exposure: 'maintained',
      stated: -0.022,
      precision: 0.0005,
    },
    {
      kind: 'contrast',
      text: 'Raw difference in risk between maintained and other machines',
      exposure: 'maintained',
      stated: 0.029,
      precision: 0.0005,
    },
  ],
  positions: {
    machine_age: [0, 0],
    load: [0, 140],
    site: [0, 290],
    ambient: [210, 380],
    wear_before: [210, 40],
    maintained: [420, 180],
    days_since_service: [630, 300],
    wear: [630, 40],
    temperature: [840, 320],
    vibration: [840, 0],
    oil: [1050, 260],
    failure: [1050, 100],
    repair_order: [1260, 100],
  },
};
