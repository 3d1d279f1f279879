import { type Arguments, badArgument } from './options';
import { coresToUse } from './threads';

/** What --threads asks for, or one a core. @throws EngineError `bad-parameter` for anything but 1 to 64. */
export function threadCount(given: Arguments): number {
  const count = given.number('threads') ?? coresToUse();
  if (!(Number.isInteger(count) && count >= 1 && count <= 64))
    throw badArgument(`--threads ${count}: expected a whole number from 1 to 64.`);
  return count;
}
