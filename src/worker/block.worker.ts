import { expose } from 'comlink';
import { generatorById } from '../engine/generators/catalogue';
import type { GeneratorPlan, SyntheticRows } from '../engine/generators/generator';
import { fitNode, type NodeFitRequest, type NodeFitResult } from '../engine/mechanisms/fitNode';

let plan: GeneratorPlan | null = null;

/** What a pool worker does: pieces of work that need nothing but their request. */
const pieces = {
  fitNode: (request: NodeFitRequest): NodeFitResult => fitNode(request),
  /** The plan is sent once, then rows are asked for. */
  setPlan(given: GeneratorPlan): void {
    plan = given;
  },
  draw(from: number, rows: number): SyntheticRows {
    return generatorById(plan!.generator).draw(plan!, from, rows);
  },
};

export type PoolPieces = typeof pieces;

expose(pieces);
