import { binaryNode, gridNode, logistic, logNormalNode, normalNode, type World } from './world';

/**
 * Demo world A: a rare disease, a treatment that helps but is given to the sickest, and biomarkers.
 * The average effect of treatment on the risk is about -0.031 while the crude difference is about zero (indication
 * bias); crp is a mediator, the hospital stay comes after the disease and gives it away.
 */
const disease = (intercept: number, treated: number) =>
  binaryNode(
    'disease',
    ['no', 'yes'],
    ['age', 'gene', 'smoker', 'severity', 'treated', 'crp'],
    ([age, gene, smoker, severity, isTreated, crp]) =>
      logistic(
        intercept +
          0.03 * (age! - 55) +
          0.9 * gene! +
          0.6 * smoker! +
          0.5 * severity! +
          treated * isTreated! +
          0.25 * Math.log(crp!),
      ),
  );

export const rareDisease: World = {
  id: 'rare-disease',
  title: 'Rare disease',
  story:
    'A treatment lowers the risk of a rare disease, but the sickest get it, so the raw data hide the benefit. CRP lies between severity and disease; the hospital stay comes after it.',
  target: 'disease',
  rareLevel: 'yes',
  exposure: 'treated',
  trap: 'The sickest get the treatment, so the raw difference hides that it helps.',
  rows: 6000,
  nodes: [
    normalNode('age', [], () => 55, 14, 0, 18, 90),
    binaryNode('sex', ['female', 'male'], [], () => 0.5),
    binaryNode('gene', ['no', 'yes'], [], () => 0.08),
    binaryNode('smoker', ['no', 'yes'], ['age', 'sex'], ([age, sex]) =>
      logistic(-1.1 + 0.3 * sex! - 0.01 * (age! - 55)),
    ),
    normalNode('bmi', ['age', 'smoker'], ([age, smoker]) => 27 + 0.03 * (age! - 55) + 0.6 * smoker!, 4.5, 1),
    normalNode(
      'severity',
      ['age', 'gene', 'smoker', 'bmi'],
      ([age, gene, smoker, bmi]) => 0.05 * (age! - 55) + 1.1 * gene! + 0.7 * smoker! + 0.06 * (bmi! - 27),
      1,
      2,
    ),
    binaryNode('treated', ['no', 'yes'], ['severity'], ([severity]) => logistic(-1.4 + 0.9 * severity!)),
    gridNode('dose', [0, 10, 20, 30, 40, 50], ['treated'], ([treated]) =>
      treated === 1 ? [0, 0.15, 0.25, 0.3, 0.2, 0.1] : [1, 0, 0, 0, 0, 0],
    ),
    binaryNode('pregnant', ['no', 'yes'], ['age', 'sex'], ([age, sex]) => (sex === 0 && age! < 48 ? 0.07 : 0)),
    logNormalNode(
      'crp',
      ['severity', 'treated'],
      ([severity, treated]) => 0.6 + 0.35 * severity! - 0.5 * treated!,
      0.45,
      2,
    ),
    disease(-4.1, -0.9),
    binaryNode('hospital', ['no', 'yes'], ['disease', 'severity'], ([disease, severity]) =>
      logistic(-3 + 2.2 * disease! + 0.4 * severity!),
    ),
  ],
  facts: {
    age: { tier: 0, fixed: true },
    sex: { tier: 0, sensitive: true, fixed: true },
    gene: { tier: 0, fixed: true },
    smoker: { tier: 0 },
    bmi: { tier: 1 },
    severity: { tier: 1, tag: 'confounder', note: 'Decides who is treated and who falls ill.' },
    treated: { tier: 2, tag: 'exposure' },
    dose: { tier: 2, note: 'Milligrams a day; 0 where not treated.' },
    crp: { tier: 3, tag: 'mediator', note: 'C-reactive protein, mg/l: treatment lowers it, and it raises the risk.' },
    pregnant: { tier: 3 },
    disease: { tier: 4, tag: 'outcome' },
    hospital: { tier: 5, note: 'Recorded after the disease: it gives the disease away.' },
  },
  monotone: [
    ['severity', 'disease', '+'],
    ['crp', 'disease', '+'],
  ],
  extras: {
    id: { column: 'patient_no', prefix: 'P-' },
    constant: { column: 'study', value: 'A1' },
    day: { column: 'enrolled_on', from: '2024-01-02', to: '2024-12-30' },
    missing: [
      { column: 'bmi', common: 0.03, rare: 0.03 },
      { column: 'crp', common: 0.02, rare: 0.12 },
    ],
  },
  drift: {
    story:
      'A year on, sicker patients arrive and the drug works half as well. Who is treated, and the biomarkers, are as before.',
    from: '2025-01-02',
    to: '2025-12-30',
    rows: 6000,
    nodes: [
      normalNode(
        'severity',
        ['age', 'gene', 'smoker', 'bmi'],
        ([age, gene, smoker, bmi]) => 0.4 + 0.05 * (age! - 55) + 1.1 * gene! + 0.7 * smoker! + 0.06 * (bmi! - 27),
        1,
        2,
      ),
      disease(-4.1, -0.45),
    ],
  },
  claims: [
    { kind: 'prevalence', text: 'Share of patients with the disease', stated: 0.036, precision: 0.0005 },
    {
      kind: 'effect',
      text: 'Effect of treating everyone instead of nobody on the risk',
      exposure: 'treated',
      stated: -0.031,
      precision: 0.0005,
    },
    {
      kind: 'contrast',
      text: 'Raw difference in risk between treated and untreated',
      exposure: 'treated',
      stated: 0.002,
      precision: 0.0005,
    },
  ],
  positions: {
    age: [40, 60],
    sex: [40, 200],
    gene: [40, 340],
    smoker: [300, 100],
    bmi: [300, 250],
    pregnant: [300, 400],
    severity: [560, 180],
    treated: [820, 80],
    dose: [1080, 20],
    crp: [1080, 150],
    disease: [1080, 320],
    hospital: [1080, 460],
  },
  rules: [
    {
      id: 'dose-grid',
      kind: 'allowed',
      column: 'dose',
      values: ['0', '10', '20', '30', '40', '50'],
      reason: 'The drug comes in these doses.',
      enabled: true,
    },
    {
      id: 'dose-untreated',
      kind: 'implication',
      when: [{ column: 'treated', op: 'in', levels: ['no'] }],
      then: { column: 'dose', op: '=', value: 0 },
      reason: 'Untreated patients get no dose.',
      enabled: true,
    },
    {
      id: 'dose-treated',
      kind: 'implication',
      when: [{ column: 'treated', op: 'in', levels: ['yes'] }],
      then: { column: 'dose', op: '>', value: 0 },
      reason: 'Treated patients get a dose.',
      enabled: true,
    },
    {
      id: 'pregnant-female',
      kind: 'implication',
      when: [{ column: 'pregnant', op: 'in', levels: ['yes'] }],
      then: { column: 'sex', op: 'in', levels: ['female'] },
      reason: 'Only women can be pregnant.',
      enabled: true,
    },
    {
      id: 'pregnant-age',
      kind: 'implication',
      when: [{ column: 'pregnant', op: 'in', levels: ['yes'] }],
      then: { column: 'age', op: '<', value: 48 },
      reason: 'No pregnancies are recorded from 48 on.',
      enabled: true,
    },
  ],
};
