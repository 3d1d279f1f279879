import { gather } from '../numeric/gather';
import { createRng } from '../rng';
import type { Task } from '../task';
import { adjustmentById } from './adjustments/catalogue';
import { type Arena, populationArena, withinClassArena } from './arena';
import { combinations } from './combinePValues';
import type { ComparisonKind, Statement, StatementResult, Verdict } from './comparison';
import { type ComparisonInput, DEFAULT_MARGIN, type StatementFacts } from './comparisonInput';
import { createDonorBootstrap, type DonorBootstrap } from './donorBootstrap';
import { type EffectChange, effectChange } from './effectChange';
import { runStratified } from './powerDivergence';
import { type StatementRows, sampleMoments } from './sample';
import { sampleEffects } from './sampleEffects';
import { sentenceOf, undefinedSentence } from './sentences';
import { statementRows } from './statementRows';
import { isCounted } from './strata';
import { sliceOf } from './variable';
import { rowsNeeded, verdictOf } from './verdict';

export interface ComparisonReport {
  /** Within-class results first, then weighted, then unweighted. */
  readonly results: readonly StatementResult[];
  /** Of every arrow with one column a side and a comparison: its signed effect with bootstrap replicates. */
  readonly arrows: readonly ArrowReplicates[];
  /** All independences of a comparison together, on the real rows: the Cauchy combination of their p-values. */
  readonly together: readonly {
    readonly comparison: ComparisonKind;
    readonly statements: number;
    readonly pValue: number;
  }[];
  readonly messages: readonly string[];
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
 * Puts every statement to the data before and after augmentation: inside the rare class (real against synthetic rare
 * rows), with weights that restore the original prevalence, and unweighted, where a change that selection on the target
 * must bring is called expected and never damage. Effects are in [0, 1] on one design (knots from the real rows), each
 * sample with its own regressions; intervals come from a bootstrap over real rows that takes their synthetic rows along;
 * p-values are of the real rows alone, adjusted over the statements of one comparison; where every column is a category
 * they are those of the stratified likelihood ratio, else of the weighted residual covariance.
 * Rows with a missing cell in the statement's columns are left out, for that statement.
 * @param onResult Hears each result as soon as it is there, its p-value not adjusted yet.
 * @throws EngineError `unknown-column` for a name the frames do not have.
 * @see The method, sections 1 and 5.
 */
export async function compareDependence(
  input: ComparisonInput,
  task: Task,
  onResult: (results: readonly StatementResult[]) => void = () => {},
): Promise<ComparisonReport> {
  const results: StatementResult[] = [];
  const messages: string[] = [];
  const arrows: ArrowReplicates[] = [];
  const together: ComparisonReport['together'][number][] = [];
  const within = new Map<string, Verdict>();
  const stages = [
    { name: 'within-class', createArena: withinClassArena, from: 0, to: 0.25 },
    { name: 'population', createArena: populationArena, from: 0.25, to: 1 },
  ] as const;
  const isWanted = (comparison: ComparisonKind) => input.comparisons?.includes(comparison) ?? true;
  for (const { name, createArena, from, to } of stages) {
    if (!(name === 'within-class' ? isWanted(name) : isWanted('weighted') || isWanted('unweighted'))) continue;
    const arena = createArena(input);
    messages.push(...arena.messages.filter((message) => !messages.includes(message)));
    const bootstrap = createDonorBootstrap(arena.groups, createRng(input.seed, `bootstrap-${name}`));
    const asked = input.statements.filter(({ statement, insideClassOnly }) =>
      name === 'within-class' ? statement.x !== input.target && statement.y !== input.target : insideClassOnly !== true,
    );
    const families = arena.after.map((): StatementResult[] => []);
    for (const [i, facts] of asked.entries()) {
      await task.checkpoint(from + ((to - from) * i) / asked.length, 'Comparing dependences');
      const compared = compareStatement(input, facts, arena, bootstrap, within);
      for (const [f, family] of families.entries()) family.push(compared.results[f]!);
      arrows.push(...compared.arrows);
      onResult(compared.results);
      if (compared.leftOut > 0) messages.push(leftOutMessage(facts.statement, arena.place, compared.leftOut));
      if (name === 'within-class') within.set(facts.statement.id, compared.results[0]!.verdict);
    }
    for (const family of families) {
      const independences = family.filter(
        ({ statement, pValueBefore }) => statement.kind === 'independence' && !Number.isNaN(pValueBefore),
      );
      if (family[0] && independences.length > 0) {
        const { pValue } = combinations.cauchy(independences.map(({ pValueBefore }) => pValueBefore));
        together.push({ comparison: family[0].comparison, statements: independences.length, pValue });
      }
      const adjusted = adjustmentById(input.adjustment ?? 'holm').adjust(
        family.map(({ pValueBefore }) => pValueBefore),
      );
      const finished = family.map((result, i) => ({ ...result, pValueBefore: adjusted[i]! }));
      results.push(...finished);
    }
  }
  return { results, arrows, together, messages };
}

const leftOutMessage = ({ x, y, given }: Statement, place: string, rows: number): string =>
  `${place}, ${rows.toLocaleString('en')} ${rows === 1 ? 'row' : 'rows'} with missing cells ${rows === 1 ? 'is' : 'are'} left out for ${x} and ${y}${given.length ? ` given ${given.join(', ')}` : ''}.`;

/** One result for each sample after of the arena; the sample before is fitted once. */
function compareStatement(
  input: ComparisonInput,
  facts: StatementFacts,
  arena: Arena,
  bootstrap: DonorBootstrap,
  within: ReadonlyMap<string, Verdict>,
): {
  readonly results: readonly StatementResult[];
  readonly arrows: readonly ArrowReplicates[];
  readonly leftOut: number;
} {
  const { statement } = facts;
  const margin = input.margin ?? DEFAULT_MARGIN;
  const inClass = !arena.afterIncludesReal;
  const given = statement.given.filter((name) => !inClass || name !== input.target);
  // Inside one rare level the target is a constant; with several it is one more condition.
  const conditions = inClass && input.rareCodes.length > 1 ? [...given, input.target] : given;
  const { rows, kept, before } = statementRows(arena.frame, arena.realRows, arena.group, statement, conditions);
  const leftOut = arena.frame.rows - kept.length;
  const common = {
    statement,
    givenUsed: inClass ? [...given, input.target] : given,
    margin,
    realRows: before,
    syntheticRows: kept.length - before,
  };
  const nothing = (seen: number) =>
    arena.after.map(({ comparison }) => ({
      ...common,
      comparison,
      ...nothingKnown(undefinedSentence(statement, arena.place, seen)),
    }));
  const { width } = rows.design;
  if (before < FEWEST_ROWS || kept.length - before < 2 || before < width + 3)
    return { results: nothing(0), arrows: [], leftOut };
  const weightsOf = (weights: Float64Array, from: number, to: number) => gather(weights, kept.subarray(from, to));
  const firstMoments = sampleMoments(rows, 0, before, weightsOf(arena.weightBefore, 0, before), bootstrap.groups);
  const first = sampleEffects(firstMoments, bootstrap);
  if (!first.isDefined) return { results: nothing(before), arrows: [], leftOut };
  const isUnweighted = arena.weightBefore.subarray(0, arena.realRows).every((weight) => weight === 1);
  const pValueBefore =
    isUnweighted && isCategorical(rows)
      ? runStratified(
          sliceOf(rows.x, 0, before),
          sliceOf(rows.y, 0, before),
          rows.given.map((z) => sliceOf(z, 0, before)),
          'g-squared',
        ).pValue
      : firstMoments.pValue();
  const start = arena.afterIncludesReal ? 0 : before;
  const arrows: ArrowReplicates[] = [];
  const results = arena.after.map(({ comparison, weights }): StatementResult => {
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
    const verdict = finalVerdict(change, facts, input.target, comparison, margin);
    const needed =
      verdict === 'cannot-tell' ? rowsNeeded(change.difference, change.differenceInterval, margin, before) : null;
    const shown = {
      before: change.before.value,
      after: change.after.value,
      differenceInterval: change.differenceInterval,
      verdict,
      rowsNeeded: needed,
    };
    return {
      ...common,
      ...shown,
      comparison,
      beforeInterval: change.before.interval,
      afterInterval: change.after.interval,
      difference: change.difference,
      signedBefore: change.signed?.before ?? null,
      signedAfter: change.signed?.after ?? null,
      turnedRound: change.turnedRound,
      pValueKept: change.pValueKept,
      pValueBefore,
      sentence: sentenceOf({
        ...shown,
        statement,
        comparison,
        turnedRound: change.turnedRound,
        margin,
        realRows: before,
        target: input.target,
        rareClass: arena.rareClass,
        withinClassIndependent: facts.withinClassIndependent,
        within: within.get(statement.id) ?? null,
      }),
    };
  });
  return { results, arrows, leftOut };
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
  const { x, y, kind } = facts.statement;
  // A correlation with the target depends on its prevalence even where the odds ratio does not.
  const mayChange = !facts.survivesBalancing || (kind === 'arrow' && (x === target || y === target));
  if (comparison !== 'unweighted' || !mayChange) return verdict;
  return Math.abs(change.difference) > margin / 2 ? 'expected-from-balancing' : verdict;
}

const isCategorical = ({ x, y, given }: StatementRows): boolean => [x, y, ...given].every(isCounted);

const nothingKnown = (sentence: string) =>
  ({
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
    sentence,
  }) as const;
