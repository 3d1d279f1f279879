import { twoHalves } from '../data/folds';
import { type Frame, selectRows } from '../data/frame';
import { countUnits, type RowUnits } from '../data/rowUnits';
import { gather } from '../numeric/gather';
import { createRng } from '../rng';
import type { Task } from '../task';
import { type Features, tellApart, twoSampleFeatures } from '../validation/tellApart';
import { type Misfit, misfits } from './misfits';
import { keptBySteps, type TwinSetup, twinSampler } from './twinSampler';

export interface StepQuestion extends Omit<TwinSetup, 'step'> {
  /** All real rows, in the columns of the model. */
  readonly frame: Frame;
  /** Unit of each row: halves are of whole units. */
  readonly units?: RowUnits | null;
  /** Rare rows that may start a twin. */
  readonly donorRows: Int32Array;
  readonly seed: number;
}

export interface StepChoice {
  readonly step: number;
  /** One sentence: the step and what spoke against a larger one. */
  readonly reason: string;
  /** The largest step each unexplained dependence allows, strictest first; only those below 1. */
  readonly caps: readonly { readonly misfit: Misfit; readonly step: number }[];
  /** Steps put to the classifier, largest first: how well it tells twins from held-out rare rows, and the most that chance allows. */
  readonly tried: readonly { readonly step: number; readonly auc: number; readonly limit: number }[];
}

const STEP_SIZES: readonly number[] = [1, 0.8, 0.6, 0.45, 0.3, 0.2, 0.1];
/** Moves after which a step is judged; a run takes as many or more. */
const JUDGED_STEPS = 4;
/** Of an unexplained correlation, and of an unexplained mean, this much may be lost at least. */
const LEAST_TOLERANCE = { pair: 0.03, rare: 0.06 };
/** Fewer rare rows than this cannot show a difference. */
const LEAST_DONORS = 24;
const STEP_UNJUDGED = 0.6;
const MOST_JUDGED = 1000;
const ERRORS_OF_CHANCE = 2;

/**
 * The step that the data allow: the largest one whose twins cannot be told from held-out real rare rows, and which keeps
 * what the map leaves unexplained.
 *
 * 1. Caps. A twin keeps the share rho of its donor's noises, so that of an unexplained correlation r it loses
 *    (1 - rho^2) |r| and of an unexplained shift among rare rows (1 - rho) |shift|. Neither loss may exceed the error that
 *    the rare rows themselves have: half of 1 / sqrt(n), and 1 / sqrt(n).
 * 2. Classifier. Donors are split in two halves, between units; twins of one half are held against the real rows of the other, and the
 *    other way round. From the largest step allowed downwards, the first one that a discriminant cannot tell from real
 *    rows (AUC at most 0.5 + 2 standard errors) is taken.
 * The mechanisms have seen all rows, so the second look is at the shape of the map more than at how well it was learned.
 */
export async function chooseStep(question: StepQuestion, task: Task): Promise<StepChoice> {
  const { model, frame, units = null, target, rareCode, donorRows, redraw } = question;
  // Rows of one unit say little more than one of them.
  const cases = countUnits(units, donorRows);
  await task.checkpoint(0, 'Looking for what the map leaves unexplained');
  const moving = new Set(redraw);
  const caps = misfits(model, frame, target, rareCode, question.seed)
    .filter(({ nodes }) => nodes.some((node) => moving.has(node)))
    .map((misfit) => ({ misfit, step: largestStep(misfit, cases) }))
    .filter(({ step }) => step < 1)
    .sort((a, b) => a.step - b.step);
  const cap = caps[0]?.step ?? 1;
  const name = (node: number) => `"${model.specs[node]!.name}"`;
  const capText = caps[0] ? misfitText(caps[0].misfit, name, frame.specs[target]!.name) : null;
  if (cases < LEAST_DONORS) {
    const step = Math.min(cap, STEP_UNJUDGED);
    const why =
      capText && cap < STEP_UNJUDGED ? capText : `${casesText(cases, units !== null)} too few to judge a larger one`;
    return { step, reason: `Step ${step} from the data: ${why}.`, caps, tried: [] };
  }
  const features = twoSampleFeatures(judgedRows(frame, donorRows));
  const tried: StepChoice['tried'][number][] = [];
  const allowed = STEP_SIZES.filter((step) => step <= cap);
  for (const [i, step] of allowed.entries()) {
    await task.checkpoint((i + 1) / (allowed.length + 1), `Judging step ${step}`);
    const { auc, error } = judge(question, step, features);
    const limit = 0.5 + ERRORS_OF_CHANCE * error;
    tried.push({ step, auc, limit });
    if (auc <= limit) break;
  }
  const last = tried[tried.length - 1]!;
  const before = tried[tried.length - 2];
  const told = ({ auc, limit }: { auc: number; limit: number }) =>
    `AUC ${auc.toFixed(2)}, where chance gives up to ${limit.toFixed(2)}`;
  const reason =
    last.auc > last.limit
      ? `even there a classifier tells the rows from held-out rare rows (${told(last)}): the map or its mechanisms miss something`
      : before
        ? `at ${before.step} a classifier tells the rows from held-out rare rows (${told(before)})`
        : capText !== null
          ? capText
          : `a classifier does not tell the rows from held-out rare rows (${told(last)})`;
  return { step: last.step, reason: `Step ${last.step} from the data: ${reason}.`, caps, tried };
}

const casesText = (cases: number, areGroups: boolean): string => {
  if (areGroups) return cases === 1 ? 'one group with rare rows is' : `${cases} groups with rare rows are`;
  return cases === 1 ? 'one rare row is' : `${cases} rare rows are`;
};

function largestStep({ kind, size }: Misfit, rareRows: number): number {
  const error = 1 / Math.sqrt(rareRows);
  const fits = (step: number) => {
    const kept = keptBySteps(step, JUDGED_STEPS);
    return kind === 'pair'
      ? (1 - kept ** 2) * Math.abs(size) <= Math.max(LEAST_TOLERANCE.pair, error / 2)
      : (1 - kept) * Math.abs(size) <= Math.max(LEAST_TOLERANCE.rare, error);
  };
  return STEP_SIZES.find(fits) ?? STEP_SIZES[STEP_SIZES.length - 1]!;
}

function misfitText(misfit: Misfit, name: (node: number) => string, target: string): string {
  if (misfit.kind === 'pair')
    return `${name(misfit.nodes[0])} and ${name(misfit.nodes[1])} still go together (${misfit.size.toFixed(2)}) when all that the map says is taken into account`;
  return `among rare rows ${name(misfit.nodes[0])} stands ${Math.abs(misfit.size).toFixed(2)} standard deviations ${misfit.size > 0 ? 'above' : 'below'} where the map's arrows into "${target}" put it`;
}

/** Rows that features are scaled by: the donors and as many others. */
function judgedRows(frame: Frame, donorRows: Int32Array): Frame {
  const stride = Math.max(1, Math.floor(frame.rows / MOST_JUDGED));
  const rows = Array.from(donorRows.subarray(0, MOST_JUDGED));
  for (let i = 0; i < frame.rows; i += stride) rows.push(i);
  return selectRows(frame, rows);
}

/** Twins of one half of the donors against the other half, both ways. */
function judge(question: StepQuestion, step: number, features: Features): { auc: number; error: number } {
  const { frame, units = null, donorRows, seed, rareCode } = question;
  const [first, second] = twoHalves(donorRows, units, createRng(seed, `step-halves/${rareCode}`));
  const halves = [first.subarray(0, MOST_JUDGED), second.subarray(0, MOST_JUDGED)] as const;
  const sample = twinSampler({ ...question, step });
  const [a, b] = ([halves, [halves[1], halves[0]]] as const).map(([from, against], turn) => {
    const rng = createRng(seed, `step-twins/${rareCode}`, turn);
    const donors = frame.columns.map((column) => gather(column, from));
    const { columns } = sample(donors, JUDGED_STEPS, rng, 1);
    const real = frame.columns.map((column) => gather(column, against));
    const own = units && { first: against.map((row) => units[row]!), second: from.map((row) => units[row]!) };
    return tellApart(features, real, columns, rng, own);
  });
  return { auc: (a!.auc + b!.auc) / 2, error: Math.hypot(a!.error, b!.error) / 2 };
}
