import { twoHalves } from '../data/folds';
import { type Frame, selectRows } from '../data/frame';
import { countUnits, type RowUnits } from '../data/rowUnits';
import { gather } from '../numeric/gather';
import { createRng } from '../rng';
import type { Task } from '../task';
import { type Features, tellApart, twoSampleFeatures } from '../validation/tellApart';
import { ancestorsOf } from './ancestors';
import { heldBackSteps, JUDGED_STEPS, STEP_SIZES } from './heldBackSteps';
import { type Misfit, misfits } from './misfits';
import { type TwinSetup, twinSampler } from './twinSampler';

export interface StepQuestion extends Omit<TwinSetup, 'step' | 'nodeSteps'> {
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
  /** The largest step of each node's own noise, by node; 1 where nothing speaks against it, 0 where it stays the donor's. */
  readonly nodeSteps: readonly number[];
  /** One sentence or two: the step, what spoke against a larger one, and which columns stay closer to their donor. */
  readonly reason: string;
  /** The largest step each unexplained dependence allows to the nodes it names, strictest first; only those below 1. */
  readonly caps: readonly { readonly misfit: Misfit; readonly step: number }[];
  /** Steps put to the classifier, largest first: how well it tells twins from held-out rare rows, and the most that chance allows. */
  readonly tried: readonly { readonly step: number; readonly auc: number; readonly limit: number }[];
}

/** Fewer rare rows than this cannot show a difference. */
const LEAST_DONORS = 24;
const STEP_UNJUDGED = 0.6;
const MOST_JUDGED = 1000;
const ERRORS_OF_CHANCE = 2;

/**
 * The step that the data allow: the largest one whose twins cannot be told from held-out real rare rows, and which keeps
 * what the map leaves unexplained.
 *
 * 1. By node. Noises that go together, or whose law among rare rows is another than the map says, are held back as far as the data
 *    say, see `heldBackSteps`; all others move freely. A chain that moves some noises less than others leaves the same law
 *    invariant, and what nothing speaks against need not repeat the chance of the few donors.
 * 2. Classifier. Donors are split in two halves, between units; twins of one half are held against the real rows of the other, and the
 *    other way round. From the largest step downwards, the first one that a discriminant cannot tell from real rows is taken:
 *    AUC at most 2 standard errors above 0.5, or above what it makes of the donors themselves, whose half may differ from the
 *    other by chance.
 * The mechanisms have seen all rows, so the second look is at the shape of the map more than at how well it was learned.
 */
export async function chooseStep(question: StepQuestion, task: Task): Promise<StepChoice> {
  const { model, frame, units = null, target, rareCode, donorRows, redraw } = question;
  // Rows of one unit say little more than one of them.
  const cases = countUnits(units, donorRows);
  await task.checkpoint(0, 'Looking for what the map leaves unexplained');
  const moving = new Set(redraw);
  const found = misfits(model, frame, target, rareCode, question.seed, units).filter(({ nodes }) =>
    nodes.some((node) => moving.has(node)),
  );
  const ancestors = model.specs.map((_, node) => ancestorsOf(model, node));
  const nodeSteps = heldBackSteps(found, redraw, ancestors, cases);
  const caps = found
    .map((misfit) => ({ misfit, step: Math.max(...misfit.nodes.map((node) => nodeSteps[node]!)) }))
    .filter(({ step }) => step < 1)
    .sort(
      (one, other) => one.step - other.step || Number(isCalculated(other.misfit)) - Number(isCalculated(one.misfit)),
    );
  const name = (node: number) => `"${model.specs[node]!.name}"`;
  const heldBack = heldBackText(caps, nodeSteps, name, frame.specs[target]!.name);
  if (cases < LEAST_DONORS) {
    const why = `${casesText(cases, units !== null)} too few to judge a larger one`;
    return {
      step: STEP_UNJUDGED,
      nodeSteps,
      reason: `Step ${STEP_UNJUDGED} from the data: ${why}.${heldBack}`,
      caps,
      tried: [],
    };
  }
  const features = twoSampleFeatures(judgedRows(frame, donorRows));
  const donors = judge(question, null, features);
  const tried: StepChoice['tried'][number][] = [];
  for (const [i, step] of STEP_SIZES.entries()) {
    await task.checkpoint((i + 1) / (STEP_SIZES.length + 1), `Judging step ${step}`);
    const { auc, error } = judge(question, { step, nodeSteps }, features);
    const limit = Math.max(0.5, donors.auc) + ERRORS_OF_CHANCE * error;
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
        : `a classifier does not tell the rows from held-out rare rows (${told(last)})`;
  return { step: last.step, nodeSteps, reason: `Step ${last.step} from the data: ${reason}.${heldBack}`, caps, tried };
}

/** Which columns stay closer to their donor, with the reason of the first of them; empty where none does. */
function heldBackText(
  caps: StepChoice['caps'],
  nodeSteps: readonly number[],
  name: (node: number) => string,
  target: string,
): string {
  const first = caps[0];
  if (!first) return '';
  const held = [...nodeSteps.keys()]
    .filter((node) => nodeSteps[node]! < 1)
    .sort((a, b) => nodeSteps[a]! - nodeSteps[b]!);
  const list = held.map(
    (node) => `${name(node)} (${nodeSteps[node] === 0 ? 'not moved' : `at most ${nodeSteps[node]}`})`,
  );
  return ` Closer to the real row ${held.length === 1 ? 'stays' : 'stay'} ${list.join(', ')}: ${misfitText(first.misfit, name, target)}.`;
}

const isCalculated = ({ kind }: Misfit): boolean => kind === 'calculated';

const casesText = (cases: number, areGroups: boolean): string => {
  if (areGroups) return cases === 1 ? 'one group with rare rows is' : `${cases} groups with rare rows are`;
  return cases === 1 ? 'one rare row is' : `${cases} rare rows are`;
};

function misfitText(misfit: Misfit, name: (node: number) => string, target: string): string {
  if (misfit.kind === 'calculated')
    return `${name(misfit.nodes[0]!)} is all but calculated (${Math.round(100 * misfit.size)} %) from ${misfit.nodes.slice(1).map(name).join(', ')}, which no arrow of the map says: draw the arrows that are missing, and they may move`;
  if (misfit.kind === 'rare-pair')
    return `among rare rows ${name(misfit.nodes[0])} and ${name(misfit.nodes[1])} go together otherwise (by ${misfit.size.toFixed(2)}) than the map's arrows make them`;
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

/** Twins of one half of the donors, or where `moved` is null the donors themselves, against the other half, both ways. */
function judge(
  question: StepQuestion,
  moved: Pick<TwinSetup, 'step' | 'nodeSteps'> | null,
  features: Features,
): { auc: number; error: number } {
  const { frame, units = null, donorRows, seed, rareCode } = question;
  const [first, second] = twoHalves(donorRows, units, createRng(seed, `step-halves/${rareCode}`));
  const halves = [first.subarray(0, MOST_JUDGED), second.subarray(0, MOST_JUDGED)] as const;
  const sample = moved && twinSampler({ ...question, ...moved });
  const [a, b] = ([halves, [halves[1], halves[0]]] as const).map(([from, against], turn) => {
    const donors = frame.columns.map((column) => gather(column, from));
    const columns = sample
      ? sample(donors, JUDGED_STEPS, createRng(seed, `step-twins/${rareCode}`, turn), 1).columns
      : donors;
    const real = frame.columns.map((column) => gather(column, against));
    const own = units && { first: against.map((row) => units[row]!), second: from.map((row) => units[row]!) };
    // The same folds at every step: what is chance of the halves is the same in all.
    return tellApart(features, real, columns, createRng(seed, `step-folds/${rareCode}`, turn), own);
  });
  return { auc: (a!.auc + b!.auc) / 2, error: Math.hypot(a!.error, b!.error) / 2 };
}
