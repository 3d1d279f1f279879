import { gammaLaw, truncatedLaw } from '../numeric/laws';
import { formulaNode, lawNode, logitNormalNode, poissonNode } from './nodes';
import { binaryNode, gridNode, logistic, logNormalNode, normalNode, type World } from './world';

/** Shares of the four levels of education before a third of group B loses a step. */
const EDUCATION = [0.15, 0.4, 0.3, 0.15];
const A_STEP_LOWER = 0.35;

/** Monthly instalment of a loan: loan i / (1 - (1 + i)^-term), i a twelfth of the yearly rate. */
const annuity = (loan: number, rate: number, term: number) => (loan * (rate / 12)) / (1 - (1 + rate / 12) ** -term);

const defaulted = (intercept: number, debtToIncome: number) =>
  binaryNode(
    'default',
    ['no', 'yes'],
    ['dti', 'late_payments', 'rate', 'employed_years', 'utilisation'],
    ([dti, late, rate, employed, used]) =>
      logistic(intercept + debtToIncome * dti! + 0.35 * late! + 6 * rate! - 0.012 * employed! + 0.9 * used!),
  );
const income = (level: number) =>
  logNormalNode(
    'income',
    ['education', 'employed_years', 'group'],
    ([education, employed, group]) => level + 0.18 * education! + 0.015 * Math.min(employed!, 25) - 0.25 * group!,
    0.45,
    0,
  );

/**
 * Demo world B: loans, and a group that defaults more often although belonging to it changes nothing by itself: all of the
 * effect runs through education, income and the score, and the interest rate tells the group.
 * Ages end at 95 and score and rate keep to their scales by laws cut there, so that nothing heaps at a bound.
 */
export const creditDefault: World = {
  id: 'credit-default',
  title: 'Credit default',
  story:
    'Group B defaults more often, yet no arrow leads from group to default: the effect runs through education, income and score. The interest rate is a proxy for the group.',
  trap: 'The interest rate looks neutral but tells which group an applicant belongs to.',
  target: 'default',
  rareLevel: 'yes',
  exposure: 'group',
  rows: 10_000,
  nodes: [
    binaryNode('group', ['A', 'B'], [], () => 0.3),
    lawNode('age', [], truncatedLaw(gammaLaw(3.2, 8), 0, 77), 0, () => 18),
    gridNode('education', [0, 1, 2, 3], ['group'], ([group]) => {
      const stepLower = group! * A_STEP_LOWER;
      const shares = EDUCATION.map((share, level) => share * (1 - stepLower) + (EDUCATION[level + 1] ?? 0) * stepLower);
      shares[0]! += EDUCATION[0]! * stepLower;
      return shares;
    }),
    lawNode('employed_years', ['age'], gammaLaw(2, 4), 1, () => 0, { high: ([age]) => age! - 16 }),
    income(10.1),
    logitNormalNode('utilisation', ['income'], ([inc]) => -0.6 - 0.7 * (Math.log(inc!) - 10.6), 1, 3),
    poissonNode('late_payments', ['utilisation', 'age'], ([used, age]) =>
      Math.exp(-1.3 + 1.3 * used! - 0.02 * (age! - 40)),
    ),
    normalNode(
      'score',
      ['late_payments', 'utilisation', 'employed_years', 'group'],
      ([late, used, employed, group]) => 720 - 35 * late! - 90 * used! + 1.2 * employed! - 25 * group!,
      35,
      0,
      300,
      850,
    ),
    logNormalNode('loan', ['income'], ([inc]) => 8.9 + 0.35 * (Math.log(inc!) - 10.6), 0.5, 0),
    gridNode('term', [24, 36, 60], [], () => [0.2, 0.5, 0.3]),
    normalNode('rate', ['score'], ([score]) => 0.27 - 0.00028 * (score! - 300), 0.012, 4, 0.03, 0.36),
    formulaNode(
      'instalment',
      ['loan', 'term', 'rate'],
      2,
      ([loan, term, rate]) => annuity(loan!, rate!, term!),
      'instalment = loan (rate / 12) / (1 - (1 + rate / 12)^-term)',
    ),
    formulaNode(
      'dti',
      ['instalment', 'income'],
      3,
      ([instalment, inc]) => (12 * instalment!) / inc!,
      'dti = 12 instalment / income',
    ),
    defaulted(-5, 5),
    binaryNode('collections', ['no', 'yes'], ['default'], ([isDefault]) => (isDefault === 1 ? 0.82 : 0.004)),
  ],
  facts: {
    group: { tier: 0, sensitive: true, fixed: true, tag: 'exposure' },
    age: { tier: 0, fixed: true },
    education: { tier: 0, tag: 'mediator', note: '0 none, 1 school, 2 trade, 3 university.' },
    employed_years: { tier: 1 },
    income: { tier: 1, tag: 'mediator' },
    utilisation: { tier: 2, note: 'Share of the credit line in use.' },
    late_payments: { tier: 2 },
    score: { tier: 2, tag: 'mediator' },
    loan: { tier: 3 },
    term: { tier: 3, note: 'Months.' },
    rate: { tier: 3, note: 'Yearly interest rate; a proxy for the group.' },
    instalment: { tier: 3, note: 'Follows from loan, term and rate.' },
    dti: { tier: 3, note: 'Debt to income: twelve instalments over the yearly income.' },
    default: { tier: 4, tag: 'outcome' },
    collections: { tier: 5, note: 'Recorded after the default: it gives the default away.' },
  },
  monotone: [
    ['rate', 'default', '+'],
    ['dti', 'default', '+'],
    ['score', 'rate', '-'],
  ],
  rules: [
    {
      id: 'term-set',
      kind: 'allowed',
      column: 'term',
      values: ['24', '36', '60'],
      reason: 'Loans are sold with these terms.',
      enabled: true,
    },
    {
      id: 'score-scale',
      kind: 'range',
      column: 'score',
      min: 300,
      max: 850,
      reason: 'The score has this scale.',
      enabled: true,
    },
    {
      id: 'rate-scale',
      kind: 'range',
      column: 'rate',
      min: 0.03,
      max: 0.36,
      reason: 'The law caps the rate, and refinancing costs 3 %.',
      enabled: true,
    },
    {
      id: 'late-not-negative',
      kind: 'range',
      column: 'late_payments',
      min: 0,
      max: null,
      reason: 'A count of payments.',
      enabled: true,
    },
    {
      id: 'employed-after-school',
      kind: 'expression',
      text: 'employed_years <= age - 16',
      reason: 'Nobody is employed before sixteen.',
      enabled: true,
    },
    {
      id: 'instalment-formula',
      kind: 'formula',
      column: 'instalment',
      formula: 'loan * (rate / 12) / (1 - (1 + rate / 12) ^ (-term))',
      tolerance: 0.01,
      reason: 'The instalment pays the loan back over its term.',
      enabled: true,
    },
    {
      id: 'dti-formula',
      kind: 'formula',
      column: 'dti',
      formula: '12 * instalment / income',
      tolerance: 0.001,
      reason: 'Debt to income is what it says.',
      enabled: true,
    },
  ],
  extras: {
    id: { column: 'loan_no', prefix: 'L-' },
    constant: { column: 'currency', value: 'EUR' },
    day: { column: 'opened_on', from: '2024-01-02', to: '2024-12-30' },
    missing: [
      { column: 'employed_years', common: 0.03, rare: 0.03 },
      { column: 'income', common: 0.02, rare: 0.12 },
    ],
  },
  drift: {
    story:
      'Incomes fall by 10 % and debt weighs more: a point of debt to income raises the risk 1.4 times as much. Scoring and rates are as before.',
    from: '2025-01-02',
    to: '2025-06-30',
    rows: 8000,
    nodes: [income(10.1 + Math.log(0.9)), defaulted(-5, 7)],
  },
  claims: [
    { kind: 'prevalence', text: 'Share of loans in default', stated: 0.055, precision: 0.0005 },
    {
      kind: 'effect',
      text: 'Effect of belonging to group B on the risk, all ways together',
      exposure: 'group',
      stated: 0.013,
      precision: 0.0005,
    },
    {
      kind: 'effect',
      text: 'Effect of belonging to group B on the risk, directly',
      exposure: 'group',
      direct: true,
      stated: 0,
      precision: 0.0000001,
    },
  ],
  positions: {
    group: [0, 60],
    age: [0, 320],
    education: [190, 0],
    employed_years: [190, 320],
    income: [380, 60],
    utilisation: [380, 220],
    late_payments: [570, 320],
    loan: [570, 0],
    score: [760, 250],
    term: [760, 0],
    rate: [760, 130],
    instalment: [950, 30],
    dti: [950, 160],
    default: [1140, 250],
    collections: [1140, 390],
  },
};
