import { generatorById } from '../engine/generators/catalogue';
import type { GeneratorPlan, SyntheticRows } from '../engine/generators/generator';
import { fitNode, type NodeFitRequest, type NodeFitResult } from '../engine/mechanisms/fitNode';
import type { Outcome } from './api';
import { settle } from './settle';

/** What a pool worker does: pieces of work that need nothing but their request and a plan sent before. */
export interface BlockPieces {
  fitNode(request: NodeFitRequest): Promise<Outcome<NodeFitResult>>;
  /** A plan is sent once and asked for rows many times; jobs that run at the same time have plans of their own. */
  setPlan(job: number, plan: GeneratorPlan): void;
  dropPlan(job: number): void;
  draw(job: number, from: number, rows: number): Promise<Outcome<SyntheticRows>>;
}

export function createBlockPieces(): BlockPieces {
  const plans = new Map<number, GeneratorPlan>();
  return {
    fitNode: (request) => settle(() => fitNode(request)),
    setPlan(job, plan) {
      plans.set(job, plan);
    },
    dropPlan(job) {
      plans.delete(job);
    },
    draw: (job, from, rows) =>
      settle(() => {
        const plan = plans.get(job);
        if (!plan) throw new Error(`Job ${job} has no plan.`);
        return generatorById(plan.generator).draw(plan, from, rows);
      }),
  };
}
