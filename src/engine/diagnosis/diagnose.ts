import { type Frame, selectRows } from '../data/frame';
import type { RowUnits } from '../data/rowUnits';
import { EngineError } from '../errors';
import type { CausalMap } from '../graph/causalMap';
import { answerEffect } from '../graph/effectAnswer';
import { subtask, type Task } from '../task';
import { associationNetwork } from './associationNetwork';
import { casesPerParameter } from './casesPerParameter';
import { columnDifferences } from './columnDifferences';
import type { Diagnosis } from './diagnosis';
import { interactionScreen } from './interactionScreen';
import { overlapOf } from './overlap';
import { periodView } from './periods';
import { redundantClusters } from './redundancy';
import { rowsByClass } from './rowsByClass';
import { strategyFor } from './strategy';

export interface DiagnosisInput {
  /** Every column that can be learned from, of the rows whose target is known. */
  readonly frame: Frame;
  /** Unit of each row, which no cross-fitting may tear apart; absent or null where every row stands alone. */
  readonly units?: RowUnits | null;
  readonly target: string;
  readonly rareCodes: readonly number[];
  readonly map: CausalMap;
  readonly exposure: string | null;
  /** The column that orders rows in time; null takes the first date there is. */
  readonly time: string | null;
  /** Claims of the map that the data refute, as far as they have been tested. */
  readonly refutedClaims: number;
}

const MOST_ROWS = 200_000;

/**
 * Looks at the real rows before anything is made of them: laws by class, missing cells by class, the rare class over time,
 * associations by class, interactions, redundancy, cases per parameter, overlap, and what all that recommends.
 * @throws EngineError `unknown-column`; `single-class` unless there are rare and common rows; `cancelled`.
 */
export async function diagnose(input: DiagnosisInput, task: Task): Promise<Diagnosis> {
  const { target, map, exposure, refutedClaims } = input;
  const { frame, units, isRare, sampledFrom } = drawn(input);
  const rareRows = isRare.reduce((sum, is) => sum + is, 0);
  const commonRows = frame.rows - rareRows;
  if (rareRows === 0 || commonRows === 0)
    throw new EngineError('single-class', `All rows have the same class of "${target}": there is nothing to compare.`);
  await task.checkpoint(0, 'Comparing the classes');
  const columns = columnDifferences(frame, isRare, target);
  await task.checkpoint(0.1, 'Looking along time');
  const time = timeOf(input, frame);
  const found = {
    target,
    rareRows,
    commonRows,
    sampledFrom,
    columns,
    time: time && periodView(frame, isRare, target, time),
    network: await associationNetwork(frame, isRare, target, subtask(task, 0.15, 0.6)),
    interactions: await interactionScreen(frame, isRare, columns, subtask(task, 0.6, 0.9), units),
    cases: casesPerParameter(frame, map, target, isRare),
    overlap: exposure === null ? null : overlapOfEffect(frame, units, map, exposure, target),
  };
  await task.checkpoint(1, 'Drawing conclusions');
  const whole = { ...found, redundant: redundantClusters(found.network) };
  return { ...whole, strategy: strategyFor(whole, map, refutedClaims) };
}

function drawn({ frame, units = null, target, rareCodes }: DiagnosisInput) {
  const c = frame.specs.findIndex(({ name }) => name === target);
  if (c < 0) throw new EngineError('unknown-column', `The table has no column "${target}".`, { column: target });
  const codes = new Set(rareCodes);
  const rareOf = (used: Frame) => Uint8Array.from(used.columns[c]!, (code) => Number(codes.has(code)));
  if (frame.rows <= MOST_ROWS) return { frame, units, isRare: rareOf(frame), sampledFrom: null };
  const all = rareOf(frame);
  const kept = rowsByClass(all, MOST_ROWS, 'diagnosis-sample');
  const used = selectRows(frame, kept);
  return {
    frame: used,
    units: units && kept.map((row) => units[row]!),
    isRare: rareOf(used),
    sampledFrom: frame.rows,
  };
}

function timeOf({ time }: DiagnosisInput, frame: Frame) {
  const c = frame.specs.findIndex(({ name, kind }) => (time === null ? kind === 'datetime' : name === time));
  const spec = frame.specs[c];
  if (!spec || spec.levels) return null;
  return { column: spec.name, values: frame.columns[c]!, datePattern: spec.datePattern };
}

/** Overlap given the smallest set that is enough for the total effect; null where there is none, or nothing to hold fixed. */
function overlapOfEffect(frame: Frame, units: RowUnits | null, map: CausalMap, exposure: string, outcome: string) {
  const names = new Set(map.nodes.map(({ name }) => name));
  if (!names.has(exposure) || !names.has(outcome) || exposure === outcome) return null;
  const { sets, optimalSet } = answerEffect(
    map,
    { exposure, outcome, effect: 'total', held: [] },
    { sets: 20, paths: 0 },
  );
  const set = optimalSet ?? sets.toSorted((a, b) => a.length - b.length)[0];
  return set ? overlapOf(frame, exposure, set, units) : null;
}
