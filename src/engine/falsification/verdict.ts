/**
 * Why data cannot speak for or against a map: it claims no independence of its columns; the rows are too few for tests;
 * relabelled maps mostly claim the same; or its statements hold, and hold about as well with names dealt out at random.
 */
export type WhyOpen = 'nothing-to-test' | 'too-few-rows' | 'not-informative' | 'no-contrast';

export interface Standing {
  /** Statements that could be tested, and those of them that are violated. */
  readonly statements: number;
  readonly violated: number;
  /** Whether one violation at least is more than chance makes in so many tests. */
  readonly isBeyondChance: boolean;
  readonly shareAsGood: number;
  readonly shareSameClaims: number;
  readonly relabelled: number;
  readonly alpha: number;
}

export interface Judgement {
  readonly verdict: 'refuted' | 'supported' | 'cannot-tell';
  readonly why: WhyOpen | null;
  readonly text: string;
}

/** The verdict on a map from how it stands among relabelled maps, or from what kept the comparison from being made. */
export function judge(standing: Standing | WhyOpen): Judgement {
  if (typeof standing === 'string') return open(standing, reasons[standing]);
  const { statements, violated, isBeyondChance, shareAsGood, shareSameClaims, relabelled, alpha } = standing;
  if (statements === 0) return open('too-few-rows', reasons['too-few-rows']);
  const count = `${violated} of ${statements} ${statements === 1 ? 'independence' : 'independences'} that the map claims ${violated === 1 ? 'is' : 'are'} violated`;
  const percent = (share: number) => `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;
  if (shareSameClaims >= alpha)
    return open(
      'not-informative',
      `${percent(shareSameClaims)} of maps with the names dealt out at random claim the same independences, so that passing would mean little; ${count}.`,
    );
  const compared = `${percent(shareAsGood)} of ${relabelled} maps with the names dealt out at random are violated as little`;
  if (shareAsGood <= alpha) {
    const rest = isBeyondChance
      ? 'Yet some violations are more than chance makes: look at these first.'
      : 'That a map beats chance does not make each arrow right.';
    return {
      verdict: 'supported',
      why: null,
      text: `The data support the map against chance: ${count}, and only ${compared}. ${rest}`,
    };
  }
  if (isBeyondChance)
    return {
      verdict: 'refuted',
      why: null,
      text: `The data refute the map: ${count}, and ${compared}. Look at the violated statements first.`,
    };
  return open('no-contrast', `${count}, no more than chance makes, but ${compared}: more rows would tell them apart.`);
}

const reasons = {
  'nothing-to-test': 'The map claims no independence among its columns, so that any data fit it.',
  'too-few-rows': 'There are too few rows without a missing cell to test what the map claims.',
  'not-informative': 'Most maps with the names dealt out at random claim the same.',
  'no-contrast': 'Maps with the names dealt out at random fit as well.',
} as const satisfies Record<WhyOpen, string>;

const open = (why: WhyOpen, reason: string): Judgement => ({
  verdict: 'cannot-tell',
  why,
  text: `The data cannot tell: ${reason.charAt(0).toLowerCase()}${reason.slice(1)}`,
});
