import type { Frame } from '../../data/frame';
import type { Rule, Said } from '../rule';

/** A rule that the searched rows suggest, before it is counted on all rows. */
export interface Candidate {
  readonly said: Said<Rule>;
  /** 1: follows from how columns hang together. 2: only says how far the values seen reach. */
  readonly tier: 1 | 2;
  /** Rows that would break it if its columns had nothing to do with each other, among those searched; null for one column. */
  readonly expected: number | null;
  /** Conditions of the row in which it says something; null for every row. */
  readonly applies: ((row: number) => boolean) | null;
}

/** What the searches work on. */
export interface Search {
  readonly frame: Frame;
  /**
   * Least number of rows expected to break a rule by chance before its never being broken is told: with none seen, the
   * chance of that is exp(-expected), and it stays below 1 % over all candidates looked at.
   */
  readonly leastExpected: number;
}

/** Broken rows a candidate may have: few of its rows, and far fewer than chance would give. */
export const mayBreak = (broken: number, rows: number, expected: number): boolean =>
  broken <= 0.01 * rows && broken <= 0.05 * expected;
