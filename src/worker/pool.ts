import { type Remote, releaseProxy, wrap } from 'comlink';
import { type Executor, inlineExecutor, joinRows, ROWS_PER_DRAW } from '../engine/executor';
import type { SyntheticRows } from '../engine/generators/generator';
import type { NodeFitResult } from '../engine/mechanisms/fitNode';
import type { Task } from '../engine/task';
import type { PoolPieces } from './block.worker';

/** More threads than this only add copies of the plan. */
const MOST_WORKERS = 8;
/** Below this many rows starting threads costs more than it saves. */
const LEAST_ROWS = 2 * ROWS_PER_DRAW;

interface Member {
  readonly worker: Worker;
  readonly pieces: Remote<PoolPieces>;
  /** Rejects when the worker dies, which a call to it would never notice. */
  readonly failed: Promise<never>;
}

/**
 * Spreads node fits and blocks of rows over workers of its own. Which worker does a piece never changes the piece, so the
 * rows are those of `inlineExecutor`. Workers start with the first piece of work; where the host has none inside workers,
 * or one fails, the work is done in the calling thread.
 */
export function createPool(size = Math.min(MOST_WORKERS, navigator.hardwareConcurrency || 1)): Executor {
  if (size < 2 || typeof Worker === 'undefined') return inlineExecutor;
  let members: Member[] = [];

  const start = (): Member[] => {
    if (members.length === 0)
      members = Array.from({ length: size }, () => {
        const worker = new Worker(new URL('./block.worker.ts', import.meta.url), { type: 'module' });
        return { worker, pieces: wrap<PoolPieces>(worker), failed: failureOf(worker) };
      });
    return members;
  };
  const stop = () => {
    for (const { worker, pieces } of members) {
      pieces[releaseProxy]();
      worker.terminate();
    }
    members = [];
  };

  /** Deals pieces to whoever is free; a stop or a failure ends the workers, since a started piece cannot be called back. */
  async function spread<T>(
    count: number,
    task: Task,
    phase: string,
    work: (member: Member, piece: number) => Promise<T>,
  ): Promise<T[]> {
    const results = new Array<T>(count);
    let next = 0;
    let done = 0;
    const serve = async (member: Member) => {
      while (next < count) {
        const piece = next++;
        results[piece] = await Promise.race([work(member, piece), member.failed]);
        await task.checkpoint(++done / count, phase);
      }
    };
    try {
      await Promise.all(start().map(serve));
    } catch (error) {
      stop();
      throw error;
    }
    return results;
  }

  return {
    fitNodes: (requests, task) =>
      requests.length < 2
        ? inlineExecutor.fitNodes(requests, task)
        : spread<NodeFitResult>(requests.length, task, 'Learning mechanisms', ({ pieces }, i) =>
            pieces.fitNode(requests[i]!),
          ),
    async drawRows(plan, from, rows, task) {
      if (rows < LEAST_ROWS) return inlineExecutor.drawRows(plan, from, rows, task);
      await Promise.all(start().map(({ pieces }) => pieces.setPlan(plan)));
      const count = Math.ceil(rows / ROWS_PER_DRAW);
      const parts = await spread<SyntheticRows>(count, task, 'Drawing rows', ({ pieces }, i) =>
        pieces.draw(from + i * ROWS_PER_DRAW, Math.min(ROWS_PER_DRAW, rows - i * ROWS_PER_DRAW)),
      );
      return joinRows(parts, from);
    },
  };
}

function failureOf(worker: Worker): Promise<never> {
  const failed = new Promise<never>((_, reject) => {
    worker.addEventListener('error', (event) => reject(new Error(event.message || 'A worker stopped.')), {
      once: true,
    });
  });
  // It is only looked at while a piece is under way; a death in between shows at the next piece.
  failed.catch(() => {});
  return failed;
}
