import { type Endpoint, type Remote, releaseProxy, wrap } from 'comlink';
import type { BlockPieces } from './blockPieces';

export type WorkerLike = Endpoint & Pick<Worker, 'terminate'>;

/** One worker of a pool. */
export interface PoolMember {
  /** The answer, or a rejection once the worker is dead: by itself a call to a dead worker is never answered. */
  ask<T>(question: (pieces: Remote<BlockPieces>) => Promise<T>): Promise<T>;
  end(reason: string): void;
}

export function startMember(start: () => WorkerLike): PoolMember {
  const worker = start();
  const pieces = wrap<BlockPieces>(worker);
  let isDead = false;
  let die!: (reason: Error) => void;
  const dead = new Promise<never>((_, reject) => {
    die = reject;
  });
  // Looked at while a question is open only; a death in between shows at the next question.
  dead.catch(() => {});
  worker.addEventListener('error', (event) => {
    // Unhandled here it would climb to the page, which would take it for a death of the whole engine.
    event.preventDefault();
    die(new Error((event as ErrorEvent).message || 'A worker stopped.'));
  });
  return {
    ask: async (question) => (isDead ? dead : Promise.race([question(pieces), dead])),
    end(reason) {
      if (isDead) return;
      isDead = true;
      die(new Error(reason));
      pieces[releaseProxy]();
      worker.terminate();
    },
  };
}
