import { describeRule } from '../../engine/constraints/catalogue';
import type { Rule } from '../../engine/constraints/rule';
import type { NodeFit } from '../../engine/scm/fittedModel';
import { counted, countText, durationText, percentText, shortNumber } from '../../ui/numbers';
import type { RunSummary } from '../../worker/api';

/** One line of the comparison of runs: what is measured and its value for each run. */
export interface Measure {
  readonly label: string;
  readonly note: string;
  readonly values: readonly string[];
}

const none = '–';

/** What can be read off one or more runs, side by side. */
export function runMeasures(runs: readonly RunSummary[]): readonly Measure[] {
  const row = (label: string, note: string, value: (run: RunSummary) => string): Measure => ({
    label,
    note,
    values: runs.map(value),
  });
  const levels = [...new Set(runs.flatMap((run) => run.perLevel.map(({ level }) => level)))];
  return [
    ...levels.flatMap((level) => {
      const of = (run: RunSummary) => run.perLevel.find((one) => one.level === level);
      return [
        row(`${level}: real + synthetic rows`, 'Rows of this class in the augmented table', (run) => {
          const one = of(run);
          return one ? `${countText(one.realRows)} + ${countText(one.syntheticRows)}` : none;
        }),
        row(`${level}: weight of a row`, 'Original prevalence over share in the augmented table', (run) => {
          const one = of(run);
          return one ? shortNumber(one.weight) : none;
        }),
      ];
    }),
    row('Copies of a real rare row', 'Rows equal to a real rare row in every generated column', (run) =>
      countText(run.copies),
    ),
    row('Left where they started', 'Rows that differ from their donor in no column', (run) =>
      countText(run.unmovedRows),
    ),
    row('Rows per real row', 'Mean over the donors, and the most for one of them', (run) =>
      run.rowsPerDonor.mean > 0
        ? `${shortNumber(run.rowsPerDonor.mean)}, most ${countText(run.rowsPerDonor.max)}`
        : none,
    ),
    row('Moves accepted', 'Share of proposed moves that were taken; only causal twins propose', (run) =>
      run.acceptance === null ? none : percentText(run.acceptance),
    ),
    row('Candidates refused by rules', 'Rows thrown away before they were made', (run) =>
      countText(run.refusedByRules),
    ),
    row('Time', 'Learning and drawing together', (run) => durationText(run.milliseconds)),
  ];
}

/** Rules broken by a run, each as a sentence. */
export function brokenRules(run: RunSummary, name: string, rules: readonly Rule[]): readonly string[] {
  return run.ruleViolations
    .filter(({ count }) => count > 0)
    .map(({ ruleId, count }) => {
      const rule = rules.find(({ id }) => id === ruleId);
      const said = rule ? `“${describeRule(rule)}”` : 'a rule that has been deleted since';
      return `${countText(count)} of ${counted(run.rows, `${name} row`)} ${count === 1 ? 'breaks' : 'break'} ${said}.`;
    });
}

/** Share of the error of a guess without parents that the parents take away; null for a root. */
export function skillOf({ parents, score, baselineScore }: NodeFit): number | null {
  // Scores are minus an error: log loss in nats for categories, ranked probability score for numbers.
  if (parents.length === 0 || !(baselineScore < 0)) return null;
  return 1 - score / baselineScore;
}
