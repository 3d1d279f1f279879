import { type Remote, transfer } from 'comlink';
import type { ColumnsRequest } from '../engine/data/importFile';
import { compareStatement } from '../engine/dependence/compareStatement';
import { EngineError } from '../engine/errors';
import { COMPARING, type Executor, inlineExecutor, joinRows, ROWS_PER_DRAW } from '../engine/executor';
import { generatorById } from '../engine/generators/catalogue';
import type { NodeFitRequest } from '../engine/mechanisms/fitNode';
import { joinParts } from '../engine/numeric/neighbours';
import { subtask, type Task } from '../engine/task';
import type { Outcome } from './api';
import type { BlockPieces } from './blockPieces';
import { type PoolMember, startMember, type WorkerLike } from './poolMember';

/** More threads than this only add copies of the plan. */
export const MOST_WORKERS = 8;
/** Below this many rows starting threads costs more than it saves. */
const LEAST_ROWS = 2 * ROWS_PER_DRAW;
/** The same for generators that only go between rows: a row takes less than a microsecond. */
const LEAST_QUICK_ROWS = 64 * ROWS_PER_DRAW;
const PIECES_PER_WORKER = 4;
const MOST_DRAWS_PER_PIECE = 8;
/** Below this many rows looked at, statements times rows, the same. */
const LEAST_STATEMENT_ROWS = 30_000;
/** Below this many cells looked at, queries times rows times columns, the same. */
const LEAST_CELLS = 2e9;
/** Parts of a search; each is a fraction of a second. */
const SEARCH_PARTS = 64;
/** Share of a search's time that building the index is taken for, to show progress. */
const INDEX_SHARE = 0.3;
/** Each worker has a copy of the index of its own, so that many rows are for fewer workers. */
const MOST_INDEX_BYTES = 2 ** 30;
/** Smaller files are read sooner than a thread has its copy. */
const LEAST_READ_BYTES = 4e6;
/** Copies of a file in other threads, all together: with its text and columns each takes about three times as much memory. */
const MOST_READ_BYTES = 160e6;
/** How often a job looks up while its pieces are under way elsewhere, so that a stop is heard before a long piece ends. */
const WATCH_MS = 100;

const startWorker = (): WorkerLike => new Worker(new URL('./block.worker.ts', import.meta.url), { type: 'module' });
const defaultSize = () => Math.min(MOST_WORKERS, globalThis.navigator?.hardwareConcurrency || 1);

/**
 * Spreads node fits and blocks of rows over workers of its own. Which worker does a piece never changes the piece, so the
 * rows are those of `inlineExecutor`. Workers start with the first piece of work. Where the host has none inside workers,
 * or one breaks, the work is done in the calling thread from then on.
 * @param leastQuickRows Fewer rows than this of a generator that only goes between rows are drawn in the calling thread.
 */
export function createPool(size = defaultSize(), start = startWorker, leastQuickRows = LEAST_QUICK_ROWS): Executor {
  if (size < 2) return inlineExecutor;
  let members: PoolMember[] = [];
  let isBroken = false;
  let lastJob = 0;
  /** Several jobs can be under way at once, such as a run and the run it is compared with. */
  let jobs = 0;
  const rehearsing = new Set<PoolMember>();
  const rehearsed = new WeakSet<PoolMember>();

  const endWorkers = (reason: string) => {
    for (const member of members) member.end(reason);
    members = [];
  };

  const startAll = () => {
    while (members.length < size) members.push(startMember(start));
  };

  const warmUp = () => {
    try {
      if (!isBroken) startAll();
    } catch {
      // The first piece of work meets the same and says so.
    }
  };

  async function run<T>(spread: (members: readonly PoolMember[]) => Promise<T>, inline: () => Promise<T>): Promise<T> {
    if (isBroken) return inline();
    jobs++;
    for (const member of rehearsing) member.ask((pieces) => pieces.stopRehearsal()).catch(() => {});
    try {
      startAll();
      return await spread(members);
    } catch (error) {
      if (error instanceof EngineError) {
        // A piece that has started cannot be called back: workers nobody else needs are better ended than waited for.
        if (error.code === 'cancelled' && jobs === 1) endWorkers('A stopped computation ended its workers.');
        throw error;
      }
      console.warn('The workers failed; the engine goes on in one thread.', error);
      isBroken = true;
      endWorkers('Another worker failed.');
      return await inline();
    } finally {
      jobs--;
    }
  }

  return {
    isParallel: true,
    warmUp,
    async rehearse() {
      warmUp();
      for (const member of members) {
        if (jobs > 0 || rehearsed.has(member)) continue;
        rehearsing.add(member);
        rehearsed.add(member);
        await member.ask((pieces) => pieces.rehearse()).catch(() => {});
        rehearsing.delete(member);
      }
    },
    coolDown() {
      if (jobs === 0) endWorkers('Nothing was under way.');
    },
    fitNodes: (requests, task) =>
      requests.length < 2
        ? inlineExecutor.fitNodes(requests, task)
        : run(
            (crew) =>
              deal(crew, longestFirst(requests), task, 'Learning mechanisms', (pieces, i) =>
                pieces.fitNode(requests[i]!),
              ),
            () => inlineExecutor.fitNodes(requests, task),
          ),
    columnReaders(bytes) {
      if (isBroken || bytes < LEAST_READ_BYTES) return 0;
      return Math.min(size - 1, Math.floor(MOST_READ_BYTES / bytes));
    },
    readColumns: (request, shares, task) =>
      run(
        (crew) =>
          deal(crew.slice(0, shares.length), [...shares.keys()], task, 'Reading', (pieces, i) =>
            pieces.readColumns(withOwnBytes(request), shares[i]!),
          ),
        () => inlineExecutor.readColumns(request, shares, task),
      ),
    findNeighbours(search, task) {
      const inline = () => inlineExecutor.findNeighbours(search, task);
      const { rows, numericColumns, codeColumns } = search.points;
      const queries = search.queries?.length ?? rows;
      const cells = rows * (numericColumns + codeColumns);
      if (queries * cells < LEAST_CELLS) return inline();
      const job = ++lastJob;
      return run(async (members) => {
        const crew = members.slice(0, Math.max(1, Math.floor(MOST_INDEX_BYTES / (8 * cells))));
        await Promise.all(crew.map((member) => member.ask((pieces) => pieces.setSearch(job, search))));
        const from = (part: number) => Math.floor((part * queries) / SEARCH_PARTS);
        const phase = 'Finding neighbours';
        try {
          const [first, ...others] = crew;
          if (others.length > 0) {
            // Building the index takes about as long as searching it: one does it for all.
            const building = subtask(task, 0, INDEX_SHARE);
            const [index] = await deal([first!], [0], building, phase, (pieces) => pieces.buildIndex(job));
            await Promise.all(others.map((member) => member.ask((pieces) => pieces.setIndex(job, index!))));
          }
          const searching = subtask(task, others.length > 0 ? INDEX_SHARE : 0, 1);
          const parts = await deal(crew, [...Array(SEARCH_PARTS).keys()], searching, phase, (pieces, i) =>
            pieces.findNeighbours(job, from(i), from(i + 1)),
          );
          return joinParts(Math.min(search.k, rows - 1), parts);
        } finally {
          for (const member of crew) member.ask((pieces) => pieces.dropSearch(job)).catch(() => {});
        }
      }, inline);
    },
    compareStatements(questions, task, onCompared) {
      const inline = () => inlineExecutor.compareStatements(questions, task, onCompared);
      const { statements, arena } = questions;
      if (statements.length < 2 || statements.length * arena.frame.rows < LEAST_STATEMENT_ROWS) return inline();
      const job = ++lastJob;
      return run(async (crew) => {
        const copying = Promise.all(crew.map((member) => member.ask((pieces) => pieces.setQuestions(job, questions))));
        try {
          // The first verdict is there before the others have their copy of the rows.
          const first = compareStatement(questions, 0);
          onCompared(0, first);
          await copying;
          const compare = (pieces: Remote<BlockPieces>, i: number) => pieces.compare(job, i);
          const others = [...statements.keys()].slice(1);
          const compared = await deal(crew, others, task, COMPARING, compare, onCompared);
          compared[0] = first;
          return compared;
        } finally {
          for (const member of crew) member.ask((pieces) => pieces.dropQuestions(job)).catch(() => {});
        }
      }, inline);
    },
    drawRows(plan, from, rows, task) {
      const inline = () => inlineExecutor.drawRows(plan, from, rows, task);
      const { usesMap } = generatorById(plan.generator);
      if (rows < (usesMap ? LEAST_ROWS : leastQuickRows)) return inline();
      const job = ++lastJob;
      return run(async (crew) => {
        await Promise.all(crew.map((member) => member.ask((pieces) => pieces.setPlan(job, plan))));
        const piece = rowsPerPiece(rows, size);
        const count = Math.ceil(rows / piece);
        try {
          const parts = await deal(crew, [...Array(count).keys()], task, 'Drawing rows', (pieces, i) =>
            pieces.draw(job, from + i * piece, Math.min(piece, rows - i * piece)),
          );
          return joinRows(parts, from);
        } finally {
          // A worker that has died has dropped it already.
          for (const member of crew) member.ask((pieces) => pieces.dropPlan(job)).catch(() => {});
        }
      }, inline);
    },
  };
}

/**
 * The request with a copy of the bytes that is handed over. Memory that threads share would need none, but copying parts out of it
 * takes several times as long.
 */
function withOwnBytes(request: ColumnsRequest): ColumnsRequest {
  const bytes = request.bytes.slice();
  return transfer({ ...request, bytes }, [bytes.buffer]);
}

/** Large pieces, as each costs a message and its memory, but a few for every worker. */
function rowsPerPiece(rows: number, workers: number): number {
  const even = Math.ceil(rows / (PIECES_PER_WORKER * workers * ROWS_PER_DRAW));
  return Math.min(MOST_DRAWS_PER_PIECE, even) * ROWS_PER_DRAW;
}

/** Node fits by the work they promise, so that no long one is left for the end when the other workers are idle. */
function longestFirst(requests: readonly NodeFitRequest[]): readonly number[] {
  const work = requests.map(
    ({ child, parents, values }) => values.length * parents.length * (child.levels?.length ?? 4),
  );
  return [...requests.keys()].sort((a, b) => work[b]! - work[a]! || a - b);
}

/** Deals the pieces, in the order given, to whoever is free; result i is that of piece i, and `onPiece` hears each. */
async function deal<T>(
  members: readonly PoolMember[],
  order: readonly number[],
  task: Task,
  phase: string,
  work: (pieces: Remote<BlockPieces>, piece: number) => Promise<Outcome<T>>,
  onPiece: (piece: number, result: T) => void = () => {},
): Promise<T[]> {
  const count = order.length;
  const results = new Array<T>(count);
  let next = 0;
  let done = 0;
  let isOver = false;
  const serve = async (member: PoolMember) => {
    while (next < count && !isOver) {
      const piece = order[next++]!;
      const result = unwrap(await member.ask((pieces) => work(pieces, piece)));
      results[piece] = result;
      done++;
      if (!isOver) onPiece(piece, result);
    }
  };
  const watch = async () => {
    while (!isOver) {
      await task.checkpoint(done / count, phase);
      await new Promise((resolve) => setTimeout(resolve, WATCH_MS));
    }
  };
  try {
    await Promise.race([Promise.all(members.map(serve)), watch()]);
  } finally {
    isOver = true;
  }
  await task.checkpoint(1, phase);
  return results;
}

/** A thrown error would have lost its code on the way between the threads. */
function unwrap<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  if (outcome.code === 'internal') throw new Error(outcome.message);
  throw new EngineError(outcome.code, outcome.message);
}
