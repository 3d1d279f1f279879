import type { ComparisonKind, Interval, Statement, Verdict } from './comparison';

/** What a sentence about a result is made of. */
export interface Facts {
  readonly statement: Statement;
  readonly comparison: ComparisonKind;
  readonly verdict: Verdict;
  readonly before: number;
  readonly after: number;
  readonly differenceInterval: Interval;
  readonly turnedRound: boolean;
  readonly margin: number;
  readonly rowsNeeded: number | null;
  readonly realRows: number;
  /** "fraud", and "fraud = yes" where it has one rare level. */
  readonly target: string;
  readonly rareClass: string;
  /** Whether the statement is a consequence of the map inside the class too. */
  readonly withinClassIndependent: boolean;
  /** The verdict inside the class, where there is one. */
  readonly within: Verdict | null;
}

const number = (value: number): string => value.toFixed(2).replace('-0.00', '0.00');

/** One plain sentence, or two, about one result. */
export function sentenceOf(facts: Facts): string {
  const { statement, verdict, before, after, comparison } = facts;
  const { x, y } = statement;
  const signed = verdict === 'damaged' && facts.turnedRound && after > facts.margin / 2 ? -after : after;
  const numbers = `(${number(before)} -> ${number(signed)})`;
  const subject = `${x} and ${y}${givenWords(statement)}`;
  const place = {
    'within-class': `Inside ${facts.rareClass}, `,
    weighted: 'With weights, ',
    unweighted: 'After balancing, ',
  }[comparison];
  switch (verdict) {
    case 'expected-from-balancing':
      return expectedSentence(facts, numbers);
    case 'kept':
      return `${place}${subject} ${keptWords(facts)} ${numbers}.`;
    case 'damaged':
      return `${place}${subject} ${damagedWords(facts)} ${numbers}, beyond the margin of ${facts.margin}.`;
    case 'cannot-tell': {
      const { low, high } = facts.differenceInterval;
      const rows = facts.rowsNeeded ? `; about ${facts.rowsNeeded.toLocaleString('en')} would tell` : '';
      return `${place}it cannot be told whether ${subject} changed ${numbers}: the difference lies between ${number(low)} and ${number(high)} with ${facts.realRows.toLocaleString('en')} real rows${rows}.`;
    }
  }
}

const givenWords = ({ given }: Statement): string => (given.length ? ` given ${given.join(', ')}` : '');

function keptWords({ statement, before, margin }: Facts): string {
  if (before < margin)
    return statement.kind === 'independence' ? 'stay unlinked' : 'stay as weakly linked as they were';
  return 'stay as linked as they were';
}

function damagedWords({ before, after, margin, turnedRound }: Facts): string {
  if (turnedRound && Math.min(before, after) > margin / 2) return 'turned their link round';
  if (before < margin && after > before) return 'became linked';
  if (after < margin && after < before) return 'lost their link';
  if (Math.abs(after - before) < margin) return 'are linked in another way';
  return after > before ? 'became more strongly linked' : 'became more weakly linked';
}

function expectedSentence({ statement, before, after, target, within, ...facts }: Facts, numbers: string): string {
  const { x, y } = statement;
  const look =
    after > before ? (before < facts.margin ? 'look linked' : 'look more strongly linked') : 'look less linked';
  const touchesTarget = x === target || y === target;
  const why = touchesTarget
    ? `the share of ${target} changed, and the strength of its links with it`
    : statement.kind === 'independence' && !facts.withinClassIndependent
      ? `both lead to ${target}`
      : `balancing selects rows by ${target}`;
  const inside = within === 'kept' ? ' Inside each class nothing changed.' : '';
  return `${x} and ${y} ${look} after balancing ${numbers}; that is expected: ${why}.${inside}`;
}

/** The sentence for a statement that these rows cannot speak about. */
export const undefinedSentence = (
  statement: Statement,
  place: string,
  reason: 'too-few-rows' | 'no-variance',
): string =>
  reason === 'too-few-rows'
    ? `${place}, too few complete rows are there to look at ${statement.x} and ${statement.y}.`
    : `${place}, ${statement.x} or ${statement.y} does not vary${statement.given.length ? ` once ${statement.given.join(', ')} ${statement.given.length === 1 ? 'is' : 'are'} known` : ''}, so there is nothing to compare.`;
