import { type ColumnReaders, importColumns } from './data/importFile';
import { type ArenaQuestions, type ComparedStatement, compareStatement } from './dependence/compareStatement';
import { generatorById } from './generators/catalogue';
import type { GeneratorPlan, SyntheticRows } from './generators/generator';
import { fitNode, type NodeFitRequest, type NodeFitResult } from './mechanisms/fitNode';
import { type NeighbourSearch, type Neighbours, nearestNeighbours } from './numeric/neighbours';
import { ROWS_PER_BLOCK } from './rng';
import type { Task } from './task';

/**
 * Where independent pieces of work are done: in this thread, or spread over workers. Results come back in the order of
 * the requests and do not depend on how the work was spread.
 */
export interface Executor extends ColumnReaders {
  /** Whether pieces are worked on beside the calling thread, which can then do something else. */
  readonly isParallel: boolean;
  /** Starts what work will need, so that the first piece does not wait for it. */
  warmUp(): void;
  /** Lets threads compile, one after the other, the code of learning and drawing; ends early where work comes. Never rejects. */
  rehearse(): Promise<void>;
  /** Gives back the memory that idle threads still hold; nothing while they work. */
  coolDown(): void;
  fitNodes(requests: readonly NodeFitRequest[], task: Task): Promise<readonly NodeFitResult[]>;
  /** Neighbours do not depend on how the queries were spread either. */
  findNeighbours(search: NeighbourSearch, task: Task): Promise<Neighbours>;
  /** All statements of an arena. @param onCompared Hears each as soon as it is there, in any order; twice where workers broke. */
  compareStatements(
    questions: ArenaQuestions,
    task: Task,
    onCompared: (index: number, compared: ComparedStatement) => void,
  ): Promise<readonly ComparedStatement[]>;
  /** Rows [from, from + rows) of a plan; `from` is a multiple of ROWS_PER_BLOCK. */
  drawRows(plan: GeneratorPlan, from: number, rows: number, task: Task): Promise<SyntheticRows>;
}

/** Name of the phase in which statements are compared, wherever that is done. */
export const COMPARING = 'Comparing dependences';

/** Rows drawn between two checkpoints: small enough to report and stop promptly. */
export const ROWS_PER_DRAW = 8 * ROWS_PER_BLOCK;

/** Does everything in the calling thread, pausing at checkpoints. */
export const inlineExecutor: Executor = {
  isParallel: false,
  warmUp() {},
  async rehearse() {},
  coolDown() {},
  async fitNodes(requests, task) {
    const results: NodeFitResult[] = [];
    for (const [i, request] of requests.entries()) {
      await task.checkpoint(i / requests.length, `Learning ${request.child.name}`);
      results.push(fitNode(request));
    }
    return results;
  },
  findNeighbours: nearestNeighbours,
  columnReaders: () => 0,
  readColumns: (request, shares, task) =>
    Promise.all(shares.map((positions) => importColumns(request, positions, task))),
  async compareStatements(questions, task, onCompared) {
    const results: ComparedStatement[] = [];
    const count = questions.statements.length;
    for (let i = 0; i < count; i++) {
      await task.checkpoint(i / count, COMPARING);
      const compared = compareStatement(questions, i);
      results.push(compared);
      onCompared(i, compared);
    }
    return results;
  },
  async drawRows(plan, from, rows, task) {
    const parts: SyntheticRows[] = [];
    const { draw } = generatorById(plan.generator);
    for (let done = 0; done < rows; done += ROWS_PER_DRAW) {
      await task.checkpoint(done / rows, 'Drawing rows');
      parts.push(draw(plan, from + done, Math.min(ROWS_PER_DRAW, rows - done)));
    }
    return joinRows(parts, from);
  },
};

/** Consecutive slices of a run as one. */
export function joinRows(parts: readonly SyntheticRows[], from: number): SyntheticRows {
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const join = <A extends Float64Array | Int32Array | Uint32Array | Uint8Array>(
    out: A,
    pick: (part: SyntheticRows) => A,
  ): A => {
    let at = 0;
    for (const part of parts) {
      out.set(pick(part), at);
      at += part.rows;
    }
    return out;
  };
  const width = parts[0]?.columns.length ?? 0;
  return {
    from,
    rows,
    columns: Array.from({ length: width }, (_, c) => join(new Float64Array(rows), (part) => part.columns[c]!)),
    donor: join(new Int32Array(rows), (part) => part.donor),
    partner: join(new Int32Array(rows), (part) => part.partner),
    proposals: join(new Uint32Array(rows), (part) => part.proposals),
    refusedByRules: join(new Uint32Array(rows), (part) => part.refusedByRules),
    refusalsByRule: addedUp(parts.map((part) => part.refusalsByRule)),
    moved: join(new Uint8Array(rows), (part) => part.moved),
  };
}

/** Counts of several slices, place by place. */
const addedUp = (counts: readonly Uint32Array[]): Uint32Array =>
  counts.reduce((sum, one) => one.map((count, i) => count + (sum[i] ?? 0)), new Uint32Array(0));
