import { gammaLaw } from '../numeric/laws';
import { normalCdf } from '../numeric/normal';
import { lawNode, whenNode } from './nodes';
import { binaryNode, gridNode, logistic, normalNode, type World, type WorldNode } from './world';

/** Codes follow the alphabet as in any table: 0 is female. The equations speak of being a woman. */
const isWoman = (gender: number) => 1 - gender;

const hired = (intercept: number, referral: number) =>
  binaryNode(
    'hired',
    ['no', 'yes'],
    ['shortlisted', 'interview', 'referral', 'test', 'gender'],
    ([shortlisted, interview, referred, test, gender]) =>
      shortlisted === 1
        ? logistic(
            intercept + 0.08 * (interview! - 50) + referral * referred! + 0.03 * (test! - 60) - 0.2 * isWoman(gender!),
          )
        : 0,
  );
const referral = (intercept: number) =>
  binaryNode('referral', ['no', 'yes'], ['ethnicity'], ([ethnicity]) => logistic(intercept - 0.7 * ethnicity!));

const talent: WorldNode = { ...normalNode('talent', [], () => 0, 1, 3), isLatent: true };

/**
 * Demo world F: hiring in stages. Talent is not recorded; gender and ethnic origin act both directly and through career gaps
 * and referrals; among the shortlisted, referred people have less talent, because either is a way in.
 * Tests are drawn from a law cut at 0 and 100; interviews that were not held are 0, as doses are where nobody is treated.
 */
export const hiring: World = {
  id: 'hiring',
  title: 'Hiring',
  story:
    'Talent is not recorded. Gender and ethnic origin act directly and through gaps and referrals, and among the shortlisted a referral speaks against talent.',
  trap: 'Referral and talent are unrelated, until you look at the shortlisted only.',
  target: 'hired',
  rareLevel: 'yes',
  exposure: 'gender',
  rows: 12_000,
  nodes: [
    binaryNode('gender', ['female', 'male'], [], () => 0.5),
    binaryNode('ethnicity', ['majority', 'minority'], [], () => 0.25),
    talent,
    gridNode('education', [0, 1, 2, 3, 4, 5], ['talent', 'ethnicity'], ([skill, ethnicity]) => {
      const mean = 2 + 0.8 * skill! - 0.3 * ethnicity!;
      const below = (v: number) => normalCdf((v + 0.5 - mean) / 0.8);
      return [0, 1, 2, 3, 4, 5].map((v) => (v === 5 ? 1 : below(v)) - (v === 0 ? 0 : below(v - 1)));
    }),
    binaryNode('career_gap', ['no', 'yes'], ['gender'], ([gender]) => logistic(-2 + 1.1 * isWoman(gender!))),
    lawNode(
      'experience',
      ['education', 'career_gap'],
      gammaLaw(3, 2.2),
      1,
      ([education, gap]) => 0.3 * education! - 1.6 * gap!,
      { low: () => 0 },
    ),
    referral(-1.4),
    normalNode('test', ['talent', 'education'], ([skill, education]) => 60 + 9 * skill! + 2 * education!, 8, 0, 0, 100),
    normalNode(
      'cv_score',
      ['education', 'experience', 'career_gap', 'referral', 'gender', 'ethnicity'],
      ([education, experience, gap, referred, gender, ethnicity]) =>
        -1 +
        0.4 * education! +
        0.12 * Math.min(experience!, 15) -
        0.8 * gap! +
        1.6 * referred! -
        0.35 * isWoman(gender!) -
        0.3 * ethnicity!,
      0.7,
      2,
    ),
    binaryNode('shortlisted', ['no', 'yes'], ['cv_score', 'test'], ([cv, test]) =>
      logistic(-2.2 + 1.2 * cv! + 0.03 * (test! - 60)),
    ),
    whenNode(
      normalNode(
        'interview',
        ['shortlisted', 'talent', 'cv_score', 'ethnicity'],
        ([, skill, cv, ethnicity]) => 50 + 12 * skill! + 3 * cv! - 3 * ethnicity!,
        8,
        0,
        1,
      ),
      ([shortlisted]) => shortlisted === 1,
    ),
    hired(-2.2, 0.4),
    binaryNode('onboarded', ['no', 'yes'], ['hired'], ([isHired]) => (isHired === 1 ? 0.93 : 0)),
  ],
  facts: {
    gender: { tier: 0, sensitive: true, fixed: true, tag: 'exposure' },
    ethnicity: { tier: 0, sensitive: true, fixed: true },
    talent: { tier: 0, note: 'Nobody records it.' },
    education: { tier: 1, note: 'Level 0 to 5.' },
    career_gap: { tier: 2, tag: 'mediator' },
    experience: { tier: 3, note: 'Years.' },
    referral: { tier: 3 },
    test: { tier: 3, note: 'Points, 0 to 100.' },
    cv_score: { tier: 4, tag: 'mediator', note: 'As rated by the recruiter.' },
    shortlisted: { tier: 5, tag: 'mediator', note: 'Never look at the shortlisted only.' },
    interview: { tier: 6, note: 'Points; 0 where none was held.' },
    hired: { tier: 7, tag: 'outcome' },
    onboarded: { tier: 8, note: 'Comes after the hire: it gives the hire away.' },
  },
  monotone: [
    ['interview', 'hired', '+'],
    ['test', 'shortlisted', '+'],
    ['cv_score', 'shortlisted', '+'],
  ],
  rules: [
    {
      id: 'no-interview-without-shortlist',
      kind: 'implication',
      when: [{ column: 'shortlisted', op: 'in', levels: ['no'] }],
      then: { column: 'interview', op: '=', value: 0 },
      reason: 'Only the shortlisted are interviewed.',
      enabled: true,
    },
    {
      id: 'no-hire-without-interview',
      kind: 'implication',
      when: [{ column: 'hired', op: 'in', levels: ['yes'] }],
      then: { column: 'interview', op: '>', value: 0 },
      reason: 'Nobody is hired without an interview.',
      enabled: true,
    },
    {
      id: 'test-scale',
      kind: 'range',
      column: 'test',
      min: 0,
      max: 100,
      reason: 'The test has 100 points.',
      enabled: true,
    },
    {
      id: 'experience-not-negative',
      kind: 'range',
      column: 'experience',
      min: 0,
      max: null,
      reason: 'Years of work.',
      enabled: true,
    },
  ],
  extras: {
    id: { column: 'application_no', prefix: 'H-' },
    constant: { column: 'vacancy', value: 'analyst' },
    day: { column: 'applied_on', from: '2024-01-02', to: '2024-12-30' },
    missing: [
      { column: 'experience', common: 0.03, rare: 0.03 },
      { column: 'test', common: 0.03, rare: 0.005 },
    ],
  },
  drift: {
    story:
      'A referral programme: many more applicants are referred, and a referral counts twice as much at the end. Tests and interviews are as before.',
    from: '2025-01-02',
    to: '2025-06-30',
    rows: 8000,
    nodes: [referral(-0.7), hired(-2.2, 0.8)],
  },
  claims: [
    { kind: 'prevalence', text: 'Share of applicants hired', stated: 0.077, precision: 0.0005 },
    {
      kind: 'effect',
      text: 'Effect of being a man instead of a woman on the chance, all ways together',
      exposure: 'gender',
      stated: 0.031,
      precision: 0.0005,
    },
    {
      kind: 'effect',
      text: 'Effect of belonging to the minority on the chance, all ways together',
      exposure: 'ethnicity',
      stated: -0.038,
      precision: 0.0005,
    },
    {
      kind: 'correlation',
      text: 'Correlation of talent and referral, all applicants',
      x: 'talent',
      y: 'referral',
      stated: 0,
      precision: 0.005,
    },
    {
      kind: 'correlation',
      text: 'The same among the shortlisted',
      x: 'talent',
      y: 'referral',
      within: { column: 'shortlisted', op: 'in', levels: ['yes'] },
      stated: -0.1,
      precision: 0.005,
    },
    {
      kind: 'correlation',
      text: 'The same with hired and not hired given equal weight',
      x: 'talent',
      y: 'referral',
      balanced: true,
      stated: 0.06,
      precision: 0.005,
    },
  ],
  positions: {
    talent: [0, 0],
    ethnicity: [0, 150],
    gender: [0, 320],
    education: [220, 60],
    referral: [220, 220],
    career_gap: [220, 350],
    test: [440, 0],
    experience: [440, 280],
    cv_score: [660, 220],
    shortlisted: [860, 100],
    interview: [860, 260],
    hired: [1060, 180],
    onboarded: [1060, 330],
  },
};
