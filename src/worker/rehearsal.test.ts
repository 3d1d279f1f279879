import { expect, it } from 'vitest';
import { EngineError } from '../engine/errors';
import type { Task } from '../engine/task';
import { rehearse } from './rehearsal';

/** A task that is stopped at its nth checkpoint. */
const stoppedAt = (n: number): Task & { seen: string[] } => {
  const seen: string[] = [];
  return {
    seen,
    async checkpoint(_, phase) {
      seen.push(phase);
      if (seen.length === n) throw new EngineError('cancelled', 'Stopped.');
    },
  };
};

it('goes through learning and drawing to the end', async () => {
  const task = stoppedAt(Infinity);
  await rehearse(task, 200, 1);
  expect(task.seen).toContain('Learned');
  expect(task.seen.at(-1)).toBe('Drawing rows');
});

it('stops when told to', async () => {
  const task = stoppedAt(2);
  await expect(rehearse(task)).rejects.toMatchObject({ code: 'cancelled' });
  expect(task.seen.length).toBe(2);
});
