import type { Executor } from '../executor';
import { createRng } from '../rng';
import { subtask, type Task } from '../task';
import { adjustmentById } from './adjustments/catalogue';
import { populationArena, withinClassArena } from './arena';
import { combinations } from './combinePValues';
import type { ArenaQuestions, ArrowReplicates, ComparedStatement } from './compareStatement';
import type { ComparisonKind, Statement, StatementResult, Verdict } from './comparison';
import { type ComparisonInput, DEFAULT_MARGIN } from './comparisonInput';
import { createDonorBootstrap } from './donorBootstrap';
import { sentenceOf, undefinedSentence } from './sentences';

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
  executor: Executor,
  task: Task,
  onResult: (results: readonly StatementResult[]) => void = () => {},
): Promise<ComparisonReport> {
  const results: StatementResult[] = [];
  const messages: string[] = [];
  const arrows: ArrowReplicates[] = [];
  const together: ComparisonReport['together'][number][] = [];
  const within = new Map<string, Verdict>();
  const stages = [
    { name: 'within-class', comparisons: ['within-class'], createArena: withinClassArena, from: 0, to: 0.25 },
    { name: 'population', comparisons: ['weighted', 'unweighted'], createArena: populationArena, from: 0.25, to: 1 },
  ] as const;
  const isWanted = (comparison: ComparisonKind) => input.comparisons?.includes(comparison) ?? true;
  for (const { name, comparisons, createArena, from, to } of stages) {
    if (!comparisons.some(isWanted)) continue;
    const whole = createArena(input);
    const arena = { ...whole, after: whole.after.filter(({ comparison }) => isWanted(comparison)) };
    messages.push(...arena.messages.filter((message) => !messages.includes(message)));
    const statements = input.statements.filter(({ statement, insideClassOnly }) =>
      name === 'within-class' ? statement.x !== input.target && statement.y !== input.target : insideClassOnly !== true,
    );
    const questions: ArenaQuestions = {
      arena,
      bootstrap: createDonorBootstrap(arena.groups, createRng(input.seed, `bootstrap-${name}`)),
      statements,
      target: input.target,
      hasOneRareLevel: input.rareCodes.length === 1,
      margin: input.margin ?? DEFAULT_MARGIN,
      wantsPValues: input.wantsPValues ?? true,
    };
    const heard = new Set<number>();
    const compared = await executor.compareStatements(questions, subtask(task, from, to), (index, one) => {
      if (heard.has(index)) return; // workers that break leave their work to be done again
      heard.add(index);
      onResult(inWords(questions, index, one, within));
    });
    for (const [i, { statement }] of statements.entries()) {
      const { results: found, leftOut } = compared[i]!;
      if (name === 'within-class') within.set(statement.id, found[0]!.verdict);
      arrows.push(...compared[i]!.arrows);
      if (leftOut > 0) messages.push(leftOutMessage(statement, arena.place, leftOut));
    }
    const told = compared.map((one, i) => inWords(questions, i, one, within));
    for (const f of arena.after.keys()) {
      const family = told.map((all) => all[f]!);
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
      results.push(...family.map((result, i) => ({ ...result, pValueBefore: adjusted[i]! })));
    }
  }
  return { results, arrows, together, messages };
}

/** Results with their sentences, which look at the verdict inside the class too. */
function inWords(
  { arena, statements, target, margin }: ArenaQuestions,
  index: number,
  { results, nothing }: ComparedStatement,
  within: ReadonlyMap<string, Verdict>,
): readonly StatementResult[] {
  const { statement, withinClassIndependent } = statements[index]!;
  return results.map((result) => ({
    ...result,
    sentence:
      nothing !== null
        ? undefinedSentence(statement, arena.place, nothing)
        : sentenceOf({
            ...result,
            margin,
            target,
            rareClass: arena.rareClass,
            withinClassIndependent,
            within: within.get(statement.id) ?? null,
          }),
  }));
}

const leftOutMessage = ({ x, y, given }: Statement, place: string, rows: number): string =>
  `${place}, ${rows.toLocaleString('en')} ${rows === 1 ? 'row' : 'rows'} with missing cells ${rows === 1 ? 'is' : 'are'} left out for ${x} and ${y}${given.length ? ` given ${given.join(', ')}` : ''}.`;
