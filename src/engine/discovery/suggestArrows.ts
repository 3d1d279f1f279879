import type { Frame } from '../data/frame';
import { EngineError } from '../errors';
import type { CausalMap } from '../graph/causalMap';
import { createRng } from '../rng';
import { subtask, type Task } from '../task';
import { boss } from './boss';
import { type EncodedColumns, encodeColumns, type NumberScale } from './encodedColumns';
import { type ArrowHint, arrowHints } from './hints';
import { createIndependenceTest } from './independence';
import { type Knowledge, knowledgeOf } from './knowledge';
import { type PairFrequency, pairFrequencies } from './pairFrequencies';
import { hasArrow, isUndirected, type PartialGraph } from './partialGraph';
import { pcStable } from './pcStable';
import { strengthBoundOf } from './strengthBound';
import { type SufficientStatistics, sufficientStatistics } from './sufficientStatistics';

export type HintMethod = 'boss' | 'pc-stable';

export interface HintOptions {
  /** How graphs are found: by score over orders, or by tests of separation. */
  readonly method: HintMethod;
  readonly resamples: number;
  /** Share of resamples that must show a link for it to be a hint; a drawn arrow in less than 1 - threshold is one too. */
  readonly threshold: number;
  /** Level of each test of `pc-stable`. */
  readonly alpha: number;
  /** Factor of log n in the score of `boss`; 1 is BIC, more finds fewer links. */
  readonly penalty: number;
  readonly scale: NumberScale;
  readonly seed: number;
}

const defaultHintOptions: HintOptions = {
  method: 'boss',
  resamples: 30,
  threshold: 0.8,
  alpha: 0.01,
  penalty: 1,
  scale: 'normal-scores',
  seed: 0,
};

export interface ArrowSuggestions {
  readonly method: HintMethod;
  readonly resamples: number;
  readonly threshold: number;
  /** Every pair of columns that some resample or the whole sample joins, in column order. */
  readonly pairs: readonly PairFrequency[];
  /** What the whole sample gives; `undirected` where neither data nor map tell the direction. */
  readonly graph: {
    readonly directed: readonly (readonly [string, string])[];
    readonly undirected: readonly (readonly [string, string])[];
  };
  /** Most frequent first. Drawn all together, the directed ones close no cycle with the map. */
  readonly hints: readonly ArrowHint[];
  /** Rows that were used, rows of the table left out for a missing cell. */
  readonly rows: number;
  readonly incompleteRows: number;
  /** What the reader must know to judge the hints, a sentence each. */
  readonly messages: readonly string[];
}

/** Shares of the work: reading the columns, of all; gathering a resample's statistics, of that resample's part. */
const READING = 0.05;
const GATHERING = 0.3;

const STARTS = 3;
const MOST_GIVEN = 4;

/**
 * What else the data would allow: a graph of the columns is learned from the whole sample and from bootstrap resamples,
 * under what the map knows for certain (tiers, certain arrows, forbidden arrows), and compared with the map.
 * All columns of the frame take part, but for those that the map calls unrecorded. Real rows only: a balanced or
 * synthetic table has links of its own making. Rows with a missing cell are left out and counted.
 * A pair that the map joins through unrecorded causes is explained already, and no hint.
 * @throws EngineError `too-few-rows`, `bad-parameter`, `cancelled`, `bad-map` for contradicting knowledge, and as `dagOf`.
 * @see Data Analysis with Bayesian Networks: A Bootstrap Approach, UAI 1999, section 3.
 */
export async function suggestArrows(
  frame: Frame,
  map: CausalMap,
  options: Partial<HintOptions>,
  task: Task,
): Promise<ArrowSuggestions> {
  const settings = { ...defaultHintOptions, ...options };
  checkOptions(settings);
  const latent = new Set(map.nodes.filter((node) => node.latent).map(({ name }) => name));
  const names = frame.specs.map(({ name }) => name).filter((name) => !latent.has(name));
  const knowledge = knowledgeOf(map, names);
  const reading = subtask(task, 0, READING);
  const encoded = await encodeColumns(frame, names, { scale: settings.scale, degree: 1 }, reading);
  const parts = settings.resamples + 1;
  const partOf = (b: number) => subtask(subtask(task, READING, 1), b / parts, (b + 1) / parts);
  const whole = await sufficientStatistics(encoded, null, subtask(partOf(0), 0, GATHERING));
  const graph = await learn(whole, knowledge, settings, 0, subtask(partOf(0), GATHERING, 1));
  const graphs: PartialGraph[] = [];
  for (let b = 1; b < parts; b++) {
    const counts = resampleCounts(encoded.rows, settings.seed, b);
    const resample = await sufficientStatistics(encoded, counts, subtask(partOf(b), 0, GATHERING));
    graphs.push(await learn(resample, knowledge, settings, b, subtask(partOf(b), GATHERING, 1)));
  }
  await task.checkpoint(1, 'Comparing with the map');
  const pairs = pairFrequencies(names, graphs, graph);
  return {
    method: settings.method,
    resamples: settings.resamples,
    threshold: settings.threshold,
    pairs,
    graph: edgesOf(graph, names),
    hints: arrowHints(
      map,
      names,
      pairs,
      knowledge,
      settings.threshold,
      settings.resamples,
      strengthBoundOf(frame, map, names, whole),
    ),
    rows: encoded.rows,
    incompleteRows: encoded.incomplete,
    messages: messagesAbout(encoded),
  };
}

function checkOptions({ resamples, threshold, alpha, penalty }: HintOptions): void {
  const refuse = (text: string) => {
    throw new EngineError('bad-parameter', text);
  };
  if (!(Number.isInteger(resamples) && resamples >= 1 && resamples <= 1000))
    refuse(`Hints need 1 to 1,000 resamples, got ${resamples}.`);
  if (!(threshold > 0.5 && threshold <= 1))
    refuse(`The threshold of hints is a share above 0.5 and at most 1, got ${threshold}.`);
  if (!(alpha > 0 && alpha < 1)) refuse(`The level of the tests lies between 0 and 1, got ${alpha}.`);
  if (!(penalty > 0 && penalty < Number.POSITIVE_INFINITY)) refuse(`The penalty is above 0, got ${penalty}.`);
}

function learn(
  statistics: SufficientStatistics,
  knowledge: Knowledge,
  { method, alpha, penalty, seed }: HintOptions,
  block: number,
  task: Task,
): Promise<PartialGraph> {
  return method === 'boss'
    ? boss(statistics, knowledge, { penalty, starts: STARTS }, createRng(seed, 'hint-search', block), task)
    : pcStable(createIndependenceTest(statistics), knowledge, { alpha, mostGiven: MOST_GIVEN }, task);
}

/** How often each row is drawn when as many are drawn with replacement. */
function resampleCounts(rows: number, seed: number, block: number): Uint16Array {
  const rng = createRng(seed, 'hint-resample', block);
  const counts = new Uint16Array(rows);
  for (let i = 0; i < rows; i++) counts[rng.integer(rows)]!++;
  return counts;
}

function edgesOf(graph: PartialGraph, names: readonly string[]): ArrowSuggestions['graph'] {
  const directed: [string, string][] = [];
  const undirected: [string, string][] = [];
  names.forEach((from, a) => {
    names.forEach((to, b) => {
      if (hasArrow(graph, a, b)) directed.push([from, to]);
      if (a < b && isUndirected(graph, a, b)) undirected.push([from, to]);
    });
  });
  return { directed, undirected };
}

function messagesAbout({ rows, complete, incomplete }: EncodedColumns): string[] {
  const number = (value: number) => value.toLocaleString('en');
  return [
    'Hints come from the real rows as recorded; they assume straight-line links between ranks and no unrecorded common causes, so they are questions to an expert and not findings.',
    ...(incomplete > 0
      ? [
          `${number(incomplete)} of ${number(complete + incomplete)} rows lack a cell in one of the columns and were left out.`,
        ]
      : []),
    ...(rows < complete ? [`${number(rows)} of ${number(complete)} complete rows were drawn at random.`] : []),
  ];
}
