/** One figure about the synthetic rows, beside what real rows get when they are judged by each other. */
export interface FidelityMeasure {
  readonly id: string;
  readonly label: string;
  /** What is measured and what is good, one sentence. */
  readonly help: string;
  /** Null where it cannot be measured on these rows. */
  readonly value: number | null;
  /** The same for real rows against real rows; null where there is no such thing. */
  readonly reference: number | null;
  readonly good: 'low' | 'high' | 'half';
}

/** What each figure is, in the order in which they are shown. */
const texts = [
  {
    id: 'energy-distance',
    label: 'Energy distance, squared',
    help: 'Distance of the two laws over all columns at once, without the part that chance adds: about 0 for equal laws.',
    good: 'low',
  },
  {
    id: 'auc-linear',
    label: 'Told apart by a logistic regression (AUC)',
    help: 'How well synthetic rows are told from real ones, learned and judged on different donors: 0.5 is not at all. Below 0.5, rows are nearer to the other real rows than real rows are.',
    good: 'half',
  },
  {
    id: 'auc-boosted',
    label: 'Told apart by boosted trees (AUC)',
    help: 'The same with boosted trees, which see interactions and odd shapes.',
    good: 'half',
  },
  {
    id: 'worst-column',
    label: 'Worst column (KS or TV distance)',
    help: 'Largest distance between the two laws of a single column, in [0, 1].',
    good: 'low',
  },
  {
    id: 'association-difference',
    label: 'Mean change of an association',
    help: 'Mean absolute change of the association of two columns (r, eta or V).',
    good: 'low',
  },
  {
    id: 'variance-kept',
    label: 'Variance kept, least',
    help: 'Smallest synthetic over real variance of a number: below 1 the rows have collapsed towards the middle.',
    good: 'high',
  },
  {
    id: 'alpha-precision',
    label: 'Alpha-precision',
    help: 'Do synthetic rows live where real ones live? 1 is ideal.',
    good: 'high',
  },
  {
    id: 'beta-recall',
    label: 'Beta-recall',
    help: 'Are all real rows reached by synthetic ones? 1 is ideal.',
    good: 'high',
  },
  {
    id: 'coverage',
    label: 'Coverage',
    help: 'Share of real rows with a synthetic row among their five nearest.',
    good: 'high',
  },
  {
    id: 'authenticity',
    label: 'Authenticity',
    help: 'Share of synthetic rows that are no closer to a real row than real rows are to each other. Half is what fresh rows get.',
    good: 'half',
  },
  {
    id: 'copies',
    label: 'Copies of a real row',
    help: 'Share of synthetic rows that equal a real rare row in every column.',
    good: 'low',
  },
  {
    id: 'closest-record',
    label: 'Distance to the closest real row, median',
    help: 'Against the distance of held-out real rows: much less means rows give away whom they were made from. No proof of privacy.',
    good: 'high',
  },
  {
    id: 'utility',
    label: 'Columns predicted from the others (mean R²)',
    help: 'Every column of held-out real rows predicted in turn by a model that learned from synthetic rows, beside one that learned from real rows.',
    good: 'high',
  },
  {
    id: 'heaping',
    label: 'Heaped at a bound, worst column',
    help: 'Share of values at the smallest or largest real value: clipping leaves it.',
    good: 'low',
  },
  {
    id: 'off-grid',
    label: 'Broken digits, worst column',
    help: 'Share of values that are not on the grid of the real ones: a dose of 12.37 where doses are 5, 10, 15.',
    good: 'low',
  },
  {
    id: 'interpolation-lines',
    label: 'On a line between two real rows',
    help: 'Share of rows that lie between two real rows in every number at the same share of the way: what interpolation leaves.',
    good: 'low',
  },
] as const;

type Figures = Readonly<Record<(typeof texts)[number]['id'], Pick<FidelityMeasure, 'value' | 'reference'>>>;

export const describedMeasures = (figures: Figures): FidelityMeasure[] =>
  texts.map((text) => ({ ...text, ...figures[text.id] }));
