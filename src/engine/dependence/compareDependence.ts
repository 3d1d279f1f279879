import { createRng } from '../rng';
import type { Task } from '../task';
import { type Arena, populationArena, withinClassArena } from './arena';
import type { ComparisonKind, Statement, StatementResult, Verdict } from './comparison';
import { type ComparisonInput, DEFAULT_MARGIN, type StatementFacts } from './comparisonInput';
import { createDonorBootstrap, type DonorBootstrap } from './donorBootstrap';
import { type EffectChange, effectChange } from './effectChange';
import { holm } from './holm';
import { sampleMoments } from './sample';
import { sentenceOf, undefinedSentence } from './sentences';
import { statementRows } from './statementRows';
import { rowsNeeded, verdictOf } from './verdict';

export interface ComparisonReport {
  /** Within-class results first, then weighted, then unweighted. */
  readonly results: readonly StatementResult[];
  readonly messages: readonly string[];
}

/** Fewer complete real rows than this show nothing. */
const FEWEST_ROWS = 10;

/**
 * Puts every statement to the data before and after augmentation: inside the rare class (real against synthetic rare
 * rows), with weights that restore the original prevalence, and unweighted, where a change that selection on the target
 * must bring is called expected and never damage. Effects are in [0, 1] on one design (knots from the real rows), each
 * sample with its own regressions; intervals come from a bootstrap over real rows that takes their synthetic rows along;
 * p-values are of the real rows alone, Holm-adjusted over the statements of one comparison.
 * Rows with a missing cell in the statement's columns are left out, for that statement.
 * @param onResults Hears the results of each comparison as soon as its p-values can be adjusted.
 * @throws EngineError `unknown-column` for a name the frames do not have.
 * @see The method, sections 1 and 5.
 */
export async function compareDependence(
  input: ComparisonInput,
  task: Task,
  onResults: (results: readonly StatementResult[]) => void = () => {},
): Promise<ComparisonReport> {
  const results: StatementResult[] = [];
  const messages: string[] = [];
  const within = new Map<string, Verdict>();
  const stages: readonly { readonly comparison: ComparisonKind; readonly arena: () => Arena; readonly to: number }[] = [
    { comparison: 'within-class', arena: () => withinClassArena(input), to: 0.3 },
    { comparison: 'weighted', arena: () => populationArena(input, 'weighted'), to: 0.65 },
    { comparison: 'unweighted', arena: () => populationArena(input, 'unweighted'), to: 1 },
  ];
  let from = 0;
  for (const { comparison, arena: createArena, to } of stages) {
    const arena = createArena();
    messages.push(...arena.messages.filter((message) => !messages.includes(message)));
    const bootstrap = createDonorBootstrap(arena.groups, createRng(input.seed, `bootstrap-${comparison}`));
    const family: StatementResult[] = [];
    const asked = input.statements.filter(
      ({ statement }) =>
        comparison !== 'within-class' || (statement.x !== input.target && statement.y !== input.target),
    );
    for (const [i, facts] of asked.entries()) {
      await task.checkpoint(from + ((to - from) * i) / asked.length, 'Comparing dependences');
      const { result, leftOut } = compareOne(input, facts, arena, bootstrap, within);
      family.push(result);
      if (leftOut > 0) messages.push(leftOutMessage(facts.statement, arena.name, leftOut));
      if (comparison === 'within-class') within.set(facts.statement.id, result.verdict);
    }
    const adjusted = holm(family.map(({ pValueBefore }) => pValueBefore));
    const finished = family.map((result, i) => ({ ...result, pValueBefore: adjusted[i]! }));
    onResults(finished);
    results.push(...finished);
    from = to;
  }
  return { results, messages };
}

const leftOutMessage = ({ x, y, given }: Statement, place: string, rows: number): string =>
  `${place}, ${rows.toLocaleString('en')} ${rows === 1 ? 'row' : 'rows'} with missing cells ${rows === 1 ? 'is' : 'are'} left out for ${x} and ${y}${given.length ? ` given ${given.join(', ')}` : ''}.`;

function compareOne(
  input: ComparisonInput,
  facts: StatementFacts,
  arena: Arena,
  bootstrap: DonorBootstrap,
  within: ReadonlyMap<string, Verdict>,
): { readonly result: StatementResult; readonly leftOut: number } {
  const { statement } = facts;
  const { comparison } = arena;
  const margin = input.margin ?? DEFAULT_MARGIN;
  const inClass = comparison === 'within-class';
  const given = statement.given.filter((name) => !inClass || name !== input.target);
  // Inside one rare level the target is a constant; with several it is one more condition.
  const conditions = inClass && input.rareCodes.length > 1 ? [...given, input.target] : given;
  const { rows, kept, before } = statementRows(arena.frame, arena.realRows, arena.group, statement, conditions);
  const leftOut = arena.frame.rows - kept.length;
  const common = {
    statement,
    comparison,
    givenUsed:
      comparison === 'within-class'
        ? [...given.filter((name) => name !== input.target), input.target]
        : statement.given,
    margin,
    realRows: before,
    syntheticRows: countFrom(kept, arena.realRows),
  };
  const place = arena.name;
  if (before < FEWEST_ROWS || kept.length - before < 2 || before < rows.design.width + 3) {
    return { result: { ...common, ...nothingKnown(undefinedSentence(statement, place, 0)) }, leftOut };
  }
  const first = sampleMoments(rows, 0, before, weightsOf(arena.weightBefore, kept, 0, before), bootstrap.groups);
  const start = arena.afterIncludesReal ? 0 : before;
  const second = sampleMoments(
    rows,
    start,
    kept.length,
    weightsOf(arena.weightAfter, kept, start, kept.length),
    bootstrap.groups,
  );
  const change = effectChange(first, second, bootstrap, rows.design.width);
  if (!change.isDefined) {
    return { result: { ...common, ...nothingKnown(undefinedSentence(statement, place, before)) }, leftOut };
  }
  const verdict = finalVerdict(change, facts, input.target, comparison, margin);
  const needed =
    verdict === 'cannot-tell' ? rowsNeeded(change.difference, change.differenceInterval, margin, before) : null;
  const result: StatementResult = {
    ...common,
    before: change.before.value,
    beforeInterval: change.before.interval,
    after: change.after.value,
    afterInterval: change.after.interval,
    difference: change.difference,
    differenceInterval: change.differenceInterval,
    verdict,
    rowsNeeded: needed,
    pValueBefore: first.pValue(),
    sentence: sentenceOf({
      statement,
      comparison,
      verdict,
      before: change.before.value,
      after: change.after.value,
      differenceInterval: change.differenceInterval,
      turnedRound: change.turnedRound,
      margin,
      rowsNeeded: needed,
      realRows: before,
      target: input.target,
      rareClass: arena.rareClass,
      withinClassIndependent: facts.withinClassIndependent,
      within: within.get(statement.id) ?? null,
    }),
  };
  return { result, leftOut };
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

const weightsOf = (weights: Float64Array, kept: Int32Array, from: number, to: number): Float64Array =>
  Float64Array.from(kept.subarray(from, to), (row) => weights[row]!);

const countFrom = (kept: Int32Array, first: number): number =>
  kept.reduce((count, row) => count + Number(row >= first), 0);

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
    pValueBefore: Number.NaN,
    sentence,
  }) as const;
