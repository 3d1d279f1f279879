import { exponentialLaw, hourLaw } from '../numeric/laws';
import { lawNode, poissonNode, whenNode } from './nodes';
import { binaryNode, choiceNode, logistic, logNormalNode, type World } from './world';

/** Night is from eleven to six: the hours at which the stated share of frauds comes out. */
const NIGHT_STARTS = 23;
const NIGHT_ENDS = 6;

const fraud = (intercept: number, night: number) =>
  binaryNode(
    'fraud',
    ['no', 'yes'],
    ['new_device', 'amount', 'velocity', 'night', 'country', 'tenure_days'],
    ([device, amount, velocity, isNight, country, tenure]) =>
      logistic(
        intercept +
          1.1 * device! +
          0.55 * Math.log(amount! / 25) +
          0.35 * velocity! +
          night * isNight! +
          0.6 * (country === 2 ? 1 : 0) -
          0.0003 * tenure!,
      ),
  );

/**
 * Demo world C: card payments in time order. Night and a new device have nothing to do with each other, yet both cause
 * fraud, so they become correlated in every table that is balanced on fraud. The chargeback comes after the fraud.
 */
export const cardFraud: World = {
  id: 'card-fraud',
  title: 'Card fraud',
  story:
    'Night and a new device are independent, but both raise the risk of fraud: balance the classes and they seem related. The chargeback gives the fraud away.',
  trap: 'Balancing the classes makes two independent causes look related.',
  target: 'fraud',
  rareLevel: 'yes',
  exposure: 'new_device',
  rows: 20_000,
  nodes: [
    lawNode('hour', [], hourLaw(14, 1), 2, () => 0, { high: () => 23.99 }),
    binaryNode('night', ['no', 'yes'], ['hour'], ([hour]) => (hour! >= NIGHT_STARTS || hour! < NIGHT_ENDS ? 1 : 0)),
    lawNode('tenure_days', [], exponentialLaw(900), 0),
    choiceNode('country', ['domestic', 'near', 'overseas'], [], () => [0.8, 0.15, 0.05]),
    binaryNode('new_device', ['no', 'yes'], ['tenure_days', 'country'], ([tenure, country]) =>
      logistic(-2.3 + 0.5 * (tenure! < 60 ? 1 : 0) + 0.4 * (country === 2 ? 1 : 0)),
    ),
    binaryNode('online', ['no', 'yes'], [], () => 0.5),
    logNormalNode('amount', ['online'], ([online]) => 3.2 + 0.3 * online!, 0.9, 2),
    poissonNode('velocity', ['new_device', 'night'], ([device, night]) => 1.1 + 1.5 * device! + 0.3 * night!),
    whenNode(
      logNormalNode('distance_km', ['online', 'country'], ([, country]) => 1.2 + 1.2 * (country! > 0 ? 1 : 0), 1, 2),
      ([online]) => online === 0,
    ),
    fraud(-5.3, 2.2),
    binaryNode('chargeback', ['no', 'yes'], ['fraud'], ([isFraud]) => (isFraud === 1 ? 0.78 : 0.0015)),
  ],
  facts: {
    hour: { tier: 0, note: 'Hour of the day, 0 to 24: midnight is next to 23.' },
    night: { tier: 0, note: 'Between eleven and six; follows from the hour.' },
    tenure_days: { tier: 0, sensitive: true, note: 'Age of the account: old customers must not pay for new ones.' },
    country: { tier: 0, sensitive: true },
    new_device: { tier: 1, tag: 'exposure' },
    online: { tier: 1 },
    amount: { tier: 2 },
    velocity: { tier: 2, tag: 'mediator', note: 'Payments in the last hour.' },
    distance_km: { tier: 2, note: 'From the last payment; 0 online.' },
    fraud: { tier: 3, tag: 'outcome' },
    chargeback: { tier: 4, note: 'Comes weeks after the fraud: it gives the fraud away.' },
  },
  monotone: [
    ['velocity', 'fraud', '+'],
    ['amount', 'fraud', '+'],
    ['tenure_days', 'fraud', '-'],
  ],
  rules: [
    {
      id: 'no-distance-online',
      kind: 'implication',
      when: [{ column: 'online', op: 'in', levels: ['yes'] }],
      then: { column: 'distance_km', op: '=', value: 0 },
      reason: 'An online payment has no place.',
      enabled: true,
    },
    {
      id: 'distance-in-shops',
      kind: 'implication',
      when: [{ column: 'online', op: 'in', levels: ['no'] }],
      then: { column: 'distance_km', op: '>', value: 0 },
      reason: 'A terminal has a place.',
      enabled: true,
    },
    {
      id: 'day-from-six',
      kind: 'implication',
      when: [{ column: 'night', op: 'in', levels: ['no'] }],
      then: { column: 'hour', op: '>=', value: NIGHT_ENDS },
      reason: 'Night is from eleven to six.',
      enabled: true,
    },
    {
      id: 'day-to-eleven',
      kind: 'implication',
      when: [{ column: 'night', op: 'in', levels: ['no'] }],
      then: { column: 'hour', op: '<', value: NIGHT_STARTS },
      reason: 'Night is from eleven to six.',
      enabled: true,
    },
    {
      id: 'night-is-not-day',
      kind: 'implication',
      when: [
        { column: 'hour', op: '>=', value: NIGHT_ENDS },
        { column: 'hour', op: '<', value: NIGHT_STARTS },
      ],
      then: { column: 'night', op: 'in', levels: ['no'] },
      reason: 'Night is from eleven to six.',
      enabled: true,
    },
    {
      id: 'hour-of-a-day',
      kind: 'range',
      column: 'hour',
      min: 0,
      max: 23.99,
      reason: 'A day has 24 hours.',
      enabled: true,
    },
  ],
  extras: {
    id: { column: 'payment_no', prefix: 'T-' },
    constant: { column: 'scheme', value: 'debit' },
    day: { column: 'paid_on', from: '2024-01-01', to: '2024-09-30', isDesign: true },
    followUp: {
      column: 'charged_back_on',
      when: { column: 'chargeback', level: 'yes' },
      meanDays: 30,
      positions: { day: [640, 400], later: [860, 400] },
      facts: {
        day: { tier: 0, note: 'The day of the payment.' },
        later: {
          tier: 4,
          note: 'Empty where there was no chargeback: whether it is there is learned from its causes.',
        },
      },
      rules: [
        {
          id: 'chargeback-after-payment',
          kind: 'order',
          lower: 'paid_on',
          upper: 'charged_back_on',
          strict: true,
          reason: 'Money comes back after it was taken.',
          enabled: true,
        },
        {
          id: 'no-day-without-chargeback',
          kind: 'implication',
          when: [{ column: 'chargeback', op: 'in', levels: ['no'] }],
          then: { column: 'charged_back_on', op: 'missing' },
          reason: 'What did not happen has no day.',
          enabled: true,
        },
        {
          id: 'day-of-a-chargeback',
          kind: 'implication',
          when: [{ column: 'chargeback', op: 'in', levels: ['yes'] }],
          then: { column: 'charged_back_on', op: 'known' },
          reason: 'What happened has a day.',
          enabled: true,
        },
      ],
    },
    missing: [
      { column: 'tenure_days', common: 0.03, rare: 0.03 },
      { column: 'amount', common: 0.02, rare: 0.1 },
    ],
  },
  drift: {
    story:
      'The last quarter: fraud is 1.6 times as frequent, and the night matters half as much. Devices, amounts and velocity are as before.',
    from: '2024-10-01',
    to: '2024-12-31',
    rows: 7000,
    nodes: [fraud(-5.3, 1.1)],
  },
  claims: [
    { kind: 'prevalence', text: 'Share of fraudulent payments', stated: 0.019, precision: 0.0005 },
    {
      kind: 'correlation',
      text: 'Correlation of night and new device, all payments',
      x: 'night',
      y: 'new_device',
      stated: 0,
      precision: 0.005,
    },
    {
      kind: 'correlation',
      text: 'The same with both classes given equal weight',
      x: 'night',
      y: 'new_device',
      balanced: true,
      stated: 0.06,
      precision: 0.005,
    },
  ],
  positions: {
    hour: [0, 300],
    night: [210, 300],
    tenure_days: [0, 0],
    country: [0, 140],
    new_device: [210, 80],
    online: [0, 430],
    amount: [420, 400],
    velocity: [420, 220],
    distance_km: [210, 440],
    fraud: [640, 180],
    chargeback: [860, 180],
  },
};
