import { transfer } from 'comlink';
import type { FinishedColumn } from '../engine/data/finishColumn';
import { type ColumnsRequest, importColumns } from '../engine/data/importFile';
import { type ArenaQuestions, type ComparedStatement, compareStatement } from '../engine/dependence/compareStatement';
import { generatorById } from '../engine/generators/catalogue';
import type { GeneratorPlan, SyntheticRows } from '../engine/generators/generator';
import { fitNode, type NodeFitRequest, type NodeFitResult } from '../engine/mechanisms/fitNode';
import {
  type IndexData,
  type NeighbourPart,
  type NeighbourSearch,
  type PreparedSearch,
  prepareSearch,
  searchPart,
} from '../engine/numeric/neighbours';
import { sharedCopy } from '../engine/numeric/sharedMemory';
import { silentTask } from '../engine/task';
import type { Outcome } from './api';
import { rehearse } from './rehearsal';
import { buffersOfColumns, buffersOfRows } from './runBuffers';
import { settle } from './settle';
import { createTasks } from './tasks';

/** What a pool worker does: pieces of work that need nothing but their request and a plan sent before. */
export interface BlockPieces {
  /** Compiles the code of the others by a run for nothing, between messages, until done or told to stop. */
  rehearse(): Promise<void>;
  stopRehearsal(): void;
  fitNode(request: NodeFitRequest): Promise<Outcome<NodeFitResult>>;
  readColumns(request: ColumnsRequest, positions: readonly number[]): Promise<Outcome<readonly FinishedColumn[]>>;
  /** A plan is sent once and asked for rows many times; jobs that run at the same time have plans of their own. */
  setPlan(job: number, plan: GeneratorPlan): void;
  dropPlan(job: number): void;
  draw(job: number, from: number, rows: number): Promise<Outcome<SyntheticRows>>;
  /** Statements with the rows they are put to are sent once too. */
  setQuestions(job: number, questions: ArenaQuestions): void;
  dropQuestions(job: number): void;
  compare(job: number, index: number): Promise<Outcome<ComparedStatement>>;
  /** A search is sent once too; what it needs is built with the first part asked for. */
  setSearch(job: number, search: NeighbourSearch): void;
  dropSearch(job: number): void;
  /** Builds the index of a search, for this worker and for those it is given to. */
  buildIndex(job: number): Promise<Outcome<IndexData>>;
  setIndex(job: number, index: IndexData): void;
  /** Answers the queries [from, to), counted in leaf order. */
  findNeighbours(job: number, from: number, to: number): Promise<Outcome<NeighbourPart>>;
}

const REHEARSAL = 'rehearsal';

export function createBlockPieces(): BlockPieces {
  const plans = new Map<number, GeneratorPlan>();
  const searches = new Map<number, { readonly search: NeighbourSearch; prepared: PreparedSearch | null }>();
  const searchOf = (job: number) => {
    const one = searches.get(job);
    if (!one) throw new Error(`Job ${job} has no search.`);
    return one;
  };
  const arenas = new Map<number, ArenaQuestions>();
  const tasks = createTasks();
  return {
    async rehearse() {
      await settle(() => tasks.run(REHEARSAL, () => {}, rehearse));
    },
    stopRehearsal() {
      tasks.cancel(REHEARSAL);
    },
    fitNode: (request) => settle(() => fitNode(request)),
    async readColumns(request, positions) {
      const outcome = await settle(() => importColumns(request, positions, silentTask));
      return outcome.ok ? transfer(outcome, buffersOfColumns(outcome.value)) : outcome;
    },
    setPlan(job, plan) {
      plans.set(job, plan);
    },
    dropPlan(job) {
      plans.delete(job);
    },
    async draw(job, from, rows) {
      const outcome = await settle(() => {
        const plan = plans.get(job);
        if (!plan) throw new Error(`Job ${job} has no plan.`);
        return generatorById(plan.generator).draw(plan, from, rows);
      });
      return outcome.ok ? transfer(outcome, buffersOfRows(outcome.value)) : outcome;
    },
    setQuestions(job, questions) {
      arenas.set(job, questions);
    },
    dropQuestions(job) {
      arenas.delete(job);
    },
    compare: (job, index) =>
      settle(() => {
        const questions = arenas.get(job);
        if (!questions) throw new Error(`Job ${job} has no statements.`);
        return compareStatement(questions, index);
      }),
    setSearch(job, search) {
      searches.set(job, { search, prepared: null });
    },
    dropSearch(job) {
      searches.delete(job);
    },
    buildIndex: (job) =>
      settle(() => {
        const one = searchOf(job);
        one.prepared = prepareSearch(one.search);
        return shared(one.prepared.index);
      }),
    setIndex(job, index) {
      const one = searchOf(job);
      one.prepared = prepareSearch(one.search, undefined, index);
    },
    findNeighbours: (job, from, to) =>
      settle(() => {
        const one = searchOf(job);
        one.prepared ??= prepareSearch(one.search);
        return searchPart(one.prepared, from, to, silentTask);
      }),
  };
}

/** The index without what belongs to its own thread, for other threads. */
function shared(index: IndexData): IndexData {
  if (index.kind === 'pairs') {
    const { kind, layout, words, slack } = index;
    return { kind, layout, words: sharedCopy(words), slack };
  }
  const { kind, layout, floats, order, position, scale, slack, growth } = index;
  return {
    kind,
    layout,
    floats: sharedCopy(floats.subarray(0, layout.length)),
    order: sharedCopy(order),
    position: sharedCopy(position),
    scale,
    slack,
    growth,
  };
}
