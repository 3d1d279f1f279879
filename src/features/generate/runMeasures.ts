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
    row('Way from the donor', 'Mean over columns of the part of the range moved; middle half of the rows', (run) =>
      run.moved ? spanText(run.moved) : none,
    ),
    row(
      'Distance to the closest real rare row',
      'Middle half of the rows; in brackets that of real rows held out',
      (run) => (run.closest ? `${spanText(run.closest.synthetic)} (${spanText(run.closest.heldOut)})` : none),
    ),
    row(
      'Little support',
      'Rows farther from real rare rows than 95 % of these are from their own neighbours: about 5 % of fresh real rows are',
      (run) => shareOfLooked(run, 'below5'),
    ),
    row('Causes no real row has together', 'Rows for which some mechanism was asked beyond all real rows', (run) =>
      shareOfLooked(run, 'emptyCells'),
    ),
    row(
      'Rare share under the model',
      'In brackets that of the data: far apart, the mechanisms are learned badly',
      (run) => (run.prevalence ? `${percentText(run.prevalence.model)} (${percentText(run.prevalence.data)})` : none),
    ),
    ...(runs.some((run) => typeof run.effectiveSampleSize === 'number')
      ? [
          row('Worth of the weighted tries', 'Independent tries behind every 256 rows', (run) =>
            typeof run.effectiveSampleSize === 'number' ? countText(run.effectiveSampleSize) : none,
          ),
        ]
      : []),
    row('Time', 'Learning, choosing, drawing and checking together', (run) => durationText(run.milliseconds)),
    ...stageNames(runs).map((stage) =>
      row(`… ${stage.toLowerCase()}`, 'Part of the time', (run) => {
        const found = run.stages?.find((one) => one.stage === stage);
        return found ? durationText(found.milliseconds) : none;
      }),
    ),
  ];
}

// Runs stored by earlier builds lack what was not measured then.
const shareOfLooked = ({ support }: Partial<RunSummary>, what: 'below5' | 'emptyCells') =>
  support ? percentText(support[what] / Math.max(1, support.rows)) : none;
const spanText = ({ low, high }: { readonly low: number; readonly high: number }) =>
  `${shortNumber(low)} to ${shortNumber(high)}`;

const stageNames = (runs: readonly RunSummary[]): readonly string[] => [
  ...new Set(runs.flatMap(({ stages = [] }) => stages.map(({ stage }) => stage))),
];

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
