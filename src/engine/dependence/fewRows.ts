import { EngineError } from '../errors';

/** @throws EngineError `too-few-rows` unless there are `fewest` rows. */
export function refuseFewRows(what: string, rows: number, fewest: number): void {
  if (rows < fewest)
    throw new EngineError('too-few-rows', `${what} needs at least ${fewest} rows, got ${rows}.`, { rows, fewest });
}
