import type { Table } from '../data/table';
import type { StatementResult } from '../dependence/comparison';
import type { Executor } from '../executor';
import { createEdge, type MapEdge } from '../graph/causalMap';
import { refusalOf } from '../graph/refusal';
import type { GenerationSettings, Project } from '../project/project';
import { subtask, type Task } from '../task';
import { generateRun } from './generateRun';
import { testStatements } from './testRun';

/** What a remedy changes: settings of the generator, or an arrow of the map. */
export interface RemedyChange {
  readonly settings: GenerationSettings;
  /** An arrow to draw first; null where the map stays. */
  readonly arrow: MapEdge | null;
}

/** What was found out by trying it on a pilot, never guessed. */
export interface Prediction {
  readonly damaged: number;
  readonly kept: number;
  readonly cannotTell: number;
  /** Of the statements that are damaged now: how many would not be, and which others would become so. */
  readonly mended: number;
  readonly newlyDamaged: number;
  /** Sum over damaged statements of |change| beyond the margin: how far off what is left would be. */
  readonly excess: number;
  readonly rows: number;
}

export interface Remedy {
  readonly id: string;
  /** An order: "Take smaller steps (0.3 instead of 0.6)". */
  readonly label: string;
  readonly reason: string;
  readonly change: RemedyChange;
  readonly predicted: Prediction;
}

export interface RemedyReport {
  /** The present settings, tried in the same way: what remedies are compared with. */
  readonly present: Prediction;
  /** Those that would do better, the best first; empty where nothing helps. */
  readonly remedies: readonly Remedy[];
  /** Tried and no better. */
  readonly tried: readonly { readonly label: string; readonly predicted: Prediction }[];
  /** One sentence. */
  readonly conclusion: string;
}

type Candidate = Omit<Remedy, 'predicted'>;

const PILOT_ROWS = 1000;
const STEPS = [0.6, 0.3, 0.1] as const;
const MOST_ARROWS = 3;
/** Neither mended nor made: a difference smaller than this share of the damage is noise of the pilot. */
const LEAST_GAIN = 0.1;

/**
 * Looks for what would mend the damaged statements of a run: smaller steps, nodes at the damage kept from the donor, another
 * generator, an arrow that the real rows ask for. Each is tried: the generator makes a pilot of 1,000 rows with the change, and
 * the statements of the same map are put to them. Ranked by statements still damaged, then by how far off they are.
 * @param damaged Results of the run that are damaged.
 * @throws EngineError as `generateRun`, `cancelled`.
 */
export async function findRemedies(
  table: Table,
  project: Project,
  settings: GenerationSettings,
  damaged: readonly StatementResult[],
  executor: Executor,
  task: Task,
): Promise<RemedyReport> {
  const candidates = candidatesFor(project, settings, damaged);
  const share = 1 / (candidates.length + 1);
  const keys = new Set(damaged.map(keyOf));
  const predict = async (change: RemedyChange, index: number): Promise<Prediction> => {
    const part = subtask(task, index * share, (index + 1) * share);
    const map = change.arrow ? { ...project.map, edges: [...project.map.edges, change.arrow] } : project.map;
    const pilot: Project = { ...project, map };
    const run = await generateRun(
      table,
      pilot,
      { ...change.settings, amount: { kind: 'rows', rows: PILOT_ROWS } },
      executor,
      subtask(part, 0, 0.6),
    );
    // Judged by the map as it is: a statement that an arrow removes would otherwise count as mended.
    const results = await testStatements(table, project, run, settings.seed, executor, subtask(part, 0.6, 1), [
      'within-class',
      'weighted',
    ]);
    return predictionOf(results, keys, run.donor.length);
  };
  const present = await predict({ settings, arrow: null }, 0);
  const all: Remedy[] = [];
  for (const [i, candidate] of candidates.entries()) {
    all.push({ ...candidate, predicted: await predict(candidate.change, i + 1) });
  }
  const isBetter = ({ predicted }: Remedy) =>
    predicted.damaged < present.damaged ||
    (predicted.damaged === present.damaged &&
      predicted.excess < present.excess * (1 - LEAST_GAIN) &&
      present.damaged > 0);
  const remedies = all
    .filter(isBetter)
    .sort((a, b) => a.predicted.damaged - b.predicted.damaged || a.predicted.excess - b.predicted.excess);
  return {
    present,
    remedies,
    tried: all.filter((one) => !isBetter(one)).map(({ label, predicted }) => ({ label, predicted })),
    conclusion: conclusionOf(present, remedies, all.length),
  };
}

const keyOf = ({ statement, comparison }: StatementResult): string => `${comparison}/${statement.id}`;

function candidatesFor(
  project: Project,
  settings: GenerationSettings,
  damaged: readonly StatementResult[],
): Candidate[] {
  const candidates: Candidate[] = [];
  const propose = (id: string, label: string, reason: string, change: RemedyChange) =>
    candidates.push({ id, label, reason, change });
  const isTwins = settings.generator === 'twins';
  const stepOf = (step: number): GenerationSettings => ({
    ...settings,
    generator: 'twins',
    parameters: { ...settings.parameters, twins: { ...settings.parameters.twins, step } },
  });
  if (!isTwins)
    propose('twins', 'Make causal twins instead', 'They follow the map, which the present generator does not know.', {
      settings: { ...settings, generator: 'twins', redraw: null },
      arrow: null,
    });
  const now = settings.parameters.twins?.step ?? 0;
  for (const step of STEPS) {
    if (isTwins && now > 0 && step >= now) continue;
    propose(
      `step-${step}`,
      isTwins ? `Trust the map less: steps of ${step}` : `Make causal twins with steps of ${step}`,
      'Smaller steps stay closer to real rows, which keep what the map does not know.',
      { settings: stepOf(step), arrow: null },
    );
  }
  if (isTwins) {
    const guilty = guiltyNodes(damaged, project);
    const all = project.map.nodes.filter(({ latent }) => !latent).map(({ name }) => name);
    const redrawn = (settings.redraw ?? all).filter((name) => name !== project.target?.column);
    const kept = redrawn.filter((name) => !guilty.includes(name));
    if (guilty.length > 0 && kept.length > 0 && kept.length < redrawn.length)
      propose(
        'redraw',
        `Keep ${guilty.join(', ')} from the real row`,
        'What is not redrawn keeps the links it has; what it causes is still recomputed.',
        { settings: { ...settings, redraw: kept }, arrow: null },
      );
  }
  for (const arrow of missingArrows(project, damaged))
    propose(
      `arrow-${arrow.from}-${arrow.to}`,
      `Draw ${arrow.from} -> ${arrow.to}${isTwins ? '' : ' and make causal twins'}`,
      `The map says that ${arrow.from} and ${arrow.to} are not linked, and the real rows say that they are: only you can tell which way the arrow goes.`,
      { settings: isTwins ? settings : { ...settings, generator: 'twins', redraw: null }, arrow },
    );
  return candidates;
}

/** The nodes most often at a damaged statement: those that all damage can be laid at, at most two. */
function guiltyNodes(damaged: readonly StatementResult[], project: Project): string[] {
  const counts = new Map<string, number>();
  for (const { statement } of damaged)
    for (const name of [statement.x, statement.y])
      if (name !== project.target?.column) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, 2)
    .map(([name]) => name);
}

/** Arrows between columns that the map calls unlinked and the real rows link: the generator cannot keep what it is not told. */
function missingArrows(project: Project, damaged: readonly StatementResult[]): MapEdge[] {
  const lost = damaged
    .filter(
      ({ statement, before, after, margin }) => statement.kind === 'independence' && before > margin && before > after,
    )
    .sort((a, b) => b.before - a.before);
  const found: MapEdge[] = [];
  const seen = new Set<string>();
  for (const { statement } of lost) {
    const pair = JSON.stringify([statement.x, statement.y].sort());
    if (seen.has(pair) || found.length >= MOST_ARROWS) continue;
    seen.add(pair);
    const [from, to] = [
      [statement.x, statement.y],
      [statement.y, statement.x],
    ].find(([a, b]) => refusalOf(project.map, a!, b!, '->') === null) ?? [null, null];
    if (from && to) found.push(createEdge(from, to));
  }
  return found;
}

function predictionOf(results: readonly StatementResult[], damagedNow: ReadonlySet<string>, rows: number): Prediction {
  const count = (verdict: StatementResult['verdict']) => results.filter((result) => result.verdict === verdict).length;
  const still = results.filter(({ verdict }) => verdict === 'damaged');
  const stillKeys = new Set(still.map(keyOf));
  const asked = new Set(results.map(keyOf));
  return {
    damaged: still.length,
    kept: count('kept'),
    cannotTell: count('cannot-tell'),
    mended: [...damagedNow].filter((key) => asked.has(key) && !stillKeys.has(key)).length,
    newlyDamaged: still.filter((result) => !damagedNow.has(keyOf(result))).length,
    excess: still.reduce((sum, { difference, margin }) => sum + Math.max(0, Math.abs(difference) - margin), 0),
    rows,
  };
}

function conclusionOf(present: Prediction, remedies: readonly Remedy[], tried: number): string {
  const [best] = remedies;
  if (present.damaged === 0)
    return 'A fresh pilot with the present settings shows no damage: what was damaged may have been chance. Run the tests again.';
  if (!best)
    return `Nothing of the ${tried} changes tried would damage fewer statements: make fewer rows, use them with weights, or add none.`;
  if (best.predicted.damaged === 0) return `${best.label}: no statement would be damaged any more.`;
  return `${best.label}: ${best.predicted.damaged} instead of ${present.damaged} statements would be damaged.`;
}
