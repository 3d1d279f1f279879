/**
 * What a long computation owes its caller: progress, and a chance to be stopped.
 * `checkpoint` reports the share done (0 to 1) and a short phase name, lets the host breathe, and throws
 * EngineError `cancelled` once the caller has asked to stop. Call it every few milliseconds of work;
 * the host decides how often it really yields.
 */
export interface Task {
  checkpoint(share: number, phase: string): Promise<void>;
}

/** A task nobody watches: never yields, never stops. */
export const silentTask: Task = { checkpoint: async () => {} };

/** Maps the progress of a part onto the stretch [from, to] of the whole. */
export function subtask(task: Task, from: number, to: number): Task {
  return { checkpoint: (share, phase) => task.checkpoint(from + (to - from) * Math.min(1, Math.max(0, share)), phase) };
}

/** Tasks for parts that are under way at the same time, whose progress adds up. @param shares Of the whole work, by part. */
export function sideBySide<const S extends readonly number[]>(task: Task, shares: S): { [K in keyof S]: Task } {
  const done = shares.map(() => 0);
  return shares.map((share, part): Task => {
    return {
      checkpoint(shareOfPart, phase) {
        done[part] = Math.max(done[part]!, share * Math.min(1, Math.max(0, shareOfPart)));
        return task.checkpoint(
          done.reduce((sum, one) => sum + one, 0),
          phase,
        );
      },
    };
  }) as unknown as { [K in keyof S]: Task };
}
