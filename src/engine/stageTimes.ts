import type { Task } from './task';

export interface StageTime {
  readonly stage: string;
  readonly milliseconds: number;
}

export const learningStage = 'Learning mechanisms';

/** What a phase of the work belongs to, as a person thinks of a run. */
const stageOf = (phase: string): string => {
  if (/^Learn/.test(phase)) return learningStage;
  if (/^(Judging|Looking for what|Trying|Looking at|Finding)/.test(phase)) return 'Choosing the step';
  if (/^Drawing/.test(phase)) return 'Drawing rows';
  return 'Checking rows';
};

/**
 * The same task, with the time between its checkpoints booked to the stage that was announced last.
 * @param now Milliseconds from any origin: the engine has no clock of its own.
 */
export function timedTask(task: Task, now: () => number): { readonly task: Task; stages(): StageTime[] } {
  const times = new Map<string, number>();
  let last = now();
  let stage = learningStage;
  const book = () => {
    const time = now();
    times.set(stage, (times.get(stage) ?? 0) + time - last);
    last = time;
  };
  return {
    task: {
      checkpoint(share, phase) {
        book();
        stage = stageOf(phase);
        return task.checkpoint(share, phase);
      },
    },
    stages() {
      book();
      return [...times].map(([name, milliseconds]) => ({ stage: name, milliseconds: Math.round(milliseconds) }));
    },
  };
}
