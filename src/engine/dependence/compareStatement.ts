import { gather } from '../numeric/gather';
import type { Arena } from './arena';
import type { ComparisonKind, Statement, StatementResult, Verdict } from './comparison';
import type { StatementFacts } from './comparisonInput';
import type { DonorBootstrap } from './donorBootstrap';
import { type EffectChange, effectChange } from './effectChange';
import { runStratified } from './powerDivergence';
import { type SampleMoments, type StatementRows, sampleMoments } from './sample';
import { sampleEffects } from './sampleEffects';
import { statementRows } from './statementRows';
import { isCounted } from './strata';
import { sliceOf } from './variable';
import { rowsNeeded, verdictOf } from './verdict';

/** The statements put to one arena: plain data, so that any thread can compare any of them. */
export interface ArenaQuestions {
  readonly arena: Arena;
  readonly bootstrap: DonorBootstrap;
  readonly statements: readonly StatementFacts[];
  readonly target: string;
  /** Whether there is one rare level, so that the target is a constant inside the class. */
  readonly hasOneRareLevel: boolean;
  readonly margin: number;
  /** False where nobody asks for p-values, which cost as much as the effects. */
  readonly wantsPValues: boolean;
}

/** A result without the words, which need the other results of its statement. */
export type WordlessResult = Omit<StatementResult, 'sentence'>;

export interface ComparedStatement {
  /** One for each sample after of the arena. */
  readonly results: readonly WordlessResult[];
  readonly arrows: readonly ArrowReplicates[];
  /** Rows with a missing cell in the statement's columns. */
  readonly leftOut: number;
  /** Why there was nothing to compare: too few complete rows, or a side that does not vary; null where there was. */
  readonly nothing: 'too-few-rows' | 'no-variance' | null;
}

export interface ArrowReplicates {
  readonly from: string;
  readonly to: string;
  readonly comparison: ComparisonKind;
  readonly before: number;
  readonly after: number;
  /** Shape (REPLICATES,); the same draw of donors in the same place of every arrow. */
  readonly beforeReplicates: Float64Array;
  readonly afterReplicates: Float64Array;
}

/** Fewer complete real rows than this show nothing. */
const FEWEST_ROWS = 10;

/**
 * One statement of an arena: the sample before is fitted once, and each sample after on the same design.
 * @throws EngineError `unknown-column`.
 */
export function compareStatement(questions: ArenaQuestions, index: number): ComparedStatement {
  const { arena, bootstrap, target, margin } = questions;
  const facts = questions.statements[index]!;
  const { statement } = facts;
  const inClass = !arena.afterIncludesReal;
  const given = statement.given.filter((name) => !inClass || name !== target);
  // With several rare levels the target is one more condition inside the class.
  const conditions = inClass && !questions.hasOneRareLevel ? [...given, target] : given;
  const { rows, kept, before } = statementRows(arena.frame, arena.realRows, arena.group, statement, conditions);
  const leftOut = arena.frame.rows - kept.length;
  const common = {
    statement,
    givenUsed: inClass ? [...given, target] : given,
    margin,
    realRows: before,
    syntheticRows: kept.length - before,
  };
  const nothing = (reason: 'too-few-rows' | 'no-variance'): ComparedStatement => ({
    results: arena.after.map(({ comparison }) => ({ ...common, comparison, ...nothingKnown })),
    arrows: [],
    leftOut,
    nothing: reason,
  });
  const { width } = rows.design;
  if (before < FEWEST_ROWS || kept.length - before < 2 || before < width + 3) return nothing('too-few-rows');
  const weightsOf = (weights: Float64Array, from: number, to: number) => gather(weights, kept.subarray(from, to));
  const firstMoments = sampleMoments(rows, 0, before, weightsOf(arena.weightBefore, 0, before), bootstrap.groups);
  const first = sampleEffects(firstMoments, bootstrap);
  if (!first.isDefined) return nothing('no-variance');
  const pValueBefore = questions.wantsPValues ? pValueOf(arena, rows, before, firstMoments) : Number.NaN;
  const start = arena.afterIncludesReal ? 0 : before;
  const arrows: ArrowReplicates[] = [];
  const results = arena.after.map(({ comparison, weights }): WordlessResult => {
    const used = weightsOf(weights, start, kept.length);
    const second = sampleMoments(rows, start, kept.length, used, bootstrap.groups, firstMoments);
    const secondEffects = sampleEffects(second, bootstrap);
    const change = effectChange(first, secondEffects, width, margin);
    if (statement.kind === 'arrow' && change.signed)
      arrows.push({
        from: statement.x,
        to: statement.y,
        comparison,
        ...change.signed,
        beforeReplicates: first.replicates,
        afterReplicates: secondEffects.replicates,
      });
    const verdict = finalVerdict(change, facts, target, comparison, margin);
    return {
      ...common,
      comparison,
      before: change.before.value,
      beforeInterval: change.before.interval,
      after: change.after.value,
      afterInterval: change.after.interval,
      difference: change.difference,
      differenceInterval: change.differenceInterval,
      signedBefore: change.signed?.before ?? null,
      signedAfter: change.signed?.after ?? null,
      turnedRound: change.turnedRound,
      verdict,
      rowsNeeded:
        verdict === 'cannot-tell' ? rowsNeeded(change.difference, change.differenceInterval, margin, before) : null,
      pValueKept: change.pValueKept,
      pValueBefore,
    };
  });
  return { results, arrows, leftOut, nothing: null };
}

/** Of the real rows alone: stratified likelihood ratio where every column is a category, else the residual covariance. */
function pValueOf(arena: Arena, rows: StatementRows, before: number, moments: SampleMoments): number {
  const isUnweighted = arena.weightBefore.subarray(0, arena.realRows).every((weight) => weight === 1);
  if (!isUnweighted || ![rows.x, rows.y, ...rows.given].every(isCounted)) return moments.pValue();
  return runStratified(
    sliceOf(rows.x, 0, before),
    sliceOf(rows.y, 0, before),
    rows.given.map((z) => sliceOf(z, 0, before)),
    'g-squared',
  ).pValue;
}

/** Unweighted, what does not survive balancing may change: that is selection at work, whatever its size. */
function finalVerdict(
  change: EffectChange,
  facts: StatementFacts,
  target: string,
  comparison: ComparisonKind,
  margin: number,
): Verdict {
  const verdict = verdictOf(change.differenceInterval, margin);
  const { x, y, kind }: Statement = facts.statement;
  // A correlation with the target depends on its prevalence even where the odds ratio does not: it grows where there was one,
  // said to be there by the map or shown by the real rows against the map.
  const isLink = kind === 'arrow' || (change.before.interval.low > 0 && !change.turnedRound);
  const mayChange = !facts.survivesBalancing || (isLink && (x === target || y === target));
  if (comparison !== 'unweighted' || !mayChange) return verdict;
  return Math.abs(change.difference) > margin / 2 ? 'expected-from-balancing' : verdict;
}

const nothingKnown = {
  before: 0,
  beforeInterval: { low: 0, high: 1 },
  after: 0,
  afterInterval: { low: 0, high: 1 },
  difference: 0,
  differenceInterval: { low: -1, high: 1 },
  verdict: 'cannot-tell',
  rowsNeeded: null,
  signedBefore: null,
  signedAfter: null,
  turnedRound: false,
  pValueKept: Number.NaN,
  pValueBefore: Number.NaN,
} as const;
