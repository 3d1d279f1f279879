import type { Condition } from '../constraints/rule';
import type { Frame } from '../data/frame';
import { drawNode, simulateModel, structureOf } from './simulate';
import type { Claim, World } from './world';

/** A number about the world from simulated rows; 95 % of the time it is off by less than two standard errors. */
export interface Estimate {
  readonly value: number;
  readonly standardError: number;
}

/** Rows of a world, latent variables included, with what is asked of them again and again. */
export interface WorldSample {
  readonly world: World;
  readonly seed: number;
  readonly frame: Frame;
  /** 1 where the row has the rare level, shape (rows,). */
  readonly isRare: Uint8Array;
  readonly target: number;
}

export function sampleWorld(world: World, rows: number, seed: number): WorldSample {
  const frame = simulateModel(structureOf(world), rows, seed);
  const target = columnOf(frame, world.target);
  return { world, seed, frame, isRare: rareFlags(world, frame), target };
}

export const columnOf = (frame: Frame, name: string): number => frame.specs.findIndex((spec) => spec.name === name);

function rareFlags(world: World, frame: Frame): Uint8Array {
  const target = columnOf(frame, world.target);
  const code = frame.specs[target]!.levels!.indexOf(world.rareLevel);
  return Uint8Array.from(frame.columns[target]!, (value) => (value === code ? 1 : 0));
}

/**
 * P(rare | do(exposure = to)) - P(rare | do(exposure = from)) on the same noises; the standard error is that of the mean of
 * the differences row by row.
 * @param isDirect Only the target itself sees the change: the effect along the one arrow, all other causes as under `from`.
 */
export function effectUnderDo(
  { world, seed, frame }: WorldSample,
  exposure: string,
  from: number,
  to: number,
  isDirect = false,
): Estimate & { readonly riskFrom: number; readonly riskTo: number } {
  const node = columnOf(frame, exposure);
  const before = intervene(world, frame, seed, node, from);
  const target = columnOf(frame, world.target);
  const after = isDirect
    ? { ...before, columns: drawNode(structureOf(world), target, replaced(before.columns, node, to), seed) }
    : intervene(world, frame, seed, node, to);
  const low = rareFlags(world, before);
  const high = rareFlags(world, after);
  const n = frame.rows;
  let [sum, squares, atFrom, atTo] = [0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    const difference = high[i]! - low[i]!;
    sum += difference;
    squares += difference * difference;
    atFrom += low[i]!;
    atTo += high[i]!;
  }
  const value = sum / n;
  return {
    value,
    standardError: Math.sqrt(Math.max(0, squares / n - value * value) / n),
    riskFrom: atFrom / n,
    riskTo: atTo / n,
  };
}

/** The rows under do(node = value), on their own noises; what does not lead on to the target stays as it was. */
function intervene(world: World, frame: Frame, seed: number, node: number, value: number): Frame {
  const model = structureOf(world);
  const leadsOn = new Set([columnOf(frame, world.target)]);
  for (const child of model.order.toReversed())
    if (leadsOn.has(child)) for (const parent of model.parents[child]!) leadsOn.add(parent);
  const moved = new Set([node]);
  let columns = replaced(frame.columns, node, value);
  for (const child of model.order)
    if (child !== node && leadsOn.has(child) && model.parents[child]!.some((parent) => moved.has(parent))) {
      columns = drawNode(model, child, columns, seed);
      moved.add(child);
    }
  return { ...frame, columns };
}

const replaced = (columns: readonly Float64Array[], at: number, value: number): readonly Float64Array[] =>
  columns.with(at, new Float64Array(columns[at]!.length).fill(value));

/** P(rare | kept rows); the standard error is binomial. */
function riskAmong({ isRare }: WorldSample, keep: (i: number) => boolean): Estimate {
  let n = 0;
  let cases = 0;
  for (let i = 0; i < isRare.length; i++)
    if (keep(i)) {
      n++;
      cases += isRare[i]!;
    }
  const value = cases / n;
  return { value, standardError: Math.sqrt((value * (1 - value)) / n) };
}

/** Difference in risk between the rows with code `to` and those with code `from`. */
export function contrastOf(
  sample: WorldSample,
  exposure: string,
  from: number,
  to: number,
  keep: (i: number) => boolean = () => true,
): Estimate {
  const column = sample.frame.columns[columnOf(sample.frame, exposure)]!;
  const [low, high] = [from, to].map((code) => riskAmong(sample, (i) => column[i] === code && keep(i)));
  return { value: high!.value - low!.value, standardError: Math.hypot(high!.standardError, low!.standardError) };
}

/**
 * Pearson correlation with weights; the standard error is that of independent rows with a normal law, (1 - r^2) / sqrt(n),
 * n the effective number of rows.
 */
export function correlationOf(x: Float64Array, y: Float64Array, weight: (i: number) => number): Estimate {
  let [n, squares, meanX, meanY, xx, yy, xy] = [0, 0, 0, 0, 0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    const w = weight(i);
    if (w === 0) continue;
    n += w;
    squares += w * w;
    const dx = x[i]! - meanX;
    const dy = y[i]! - meanY;
    meanX += (w * dx) / n;
    meanY += (w * dy) / n;
    xx += w * dx * (x[i]! - meanX);
    yy += w * dy * (y[i]! - meanY);
    xy += w * dx * (y[i]! - meanY);
  }
  // A constant column has no correlation; 0 / 0 would be handed on as one.
  const value = xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : 0;
  return { value, standardError: (1 - value * value) / Math.sqrt((n * n) / squares) };
}

/** Weights that give both classes the same total: what balancing does to a table. */
export function balancedWeight({ isRare }: WorldSample): (i: number) => number {
  const rare = isRare.reduce((sum, flag) => sum + flag, 0);
  const forRare = 0.5 / rare;
  const forCommon = 0.5 / (isRare.length - rare);
  return (i) => (isRare[i] === 1 ? forRare : forCommon);
}

function conditionOn(frame: Frame, condition: Condition | undefined): (i: number) => boolean {
  if (!condition) return () => true;
  const at = columnOf(frame, condition.column);
  const column = frame.columns[at]!;
  if ('levels' in condition) {
    const codes = condition.levels.map((level) => frame.specs[at]!.levels!.indexOf(level));
    return (i) => codes.includes(column[i]!) === (condition.op === 'in');
  }
  if (!('value' in condition)) return (i) => Number.isNaN(column[i]!) === (condition.op === 'missing');
  const { op, value } = condition;
  const holds = {
    '<': (v: number) => v < value,
    '<=': (v: number) => v <= value,
    '>': (v: number) => v > value,
    '>=': (v: number) => v >= value,
    '=': (v: number) => v === value,
    '!=': (v: number) => v !== value,
  }[op];
  return (i) => holds(column[i]!);
}

/** What the sample says of the claim. */
export function claimValue(sample: WorldSample, claim: Claim): Estimate {
  const { frame } = sample;
  switch (claim.kind) {
    case 'prevalence':
      return riskAmong(sample, () => true);
    case 'effect':
      return effectUnderDo(sample, claim.exposure, 0, 1, claim.direct);
    case 'contrast':
      return contrastOf(sample, claim.exposure, 0, 1, conditionOn(frame, claim.within));
    case 'risk': {
      const at = columnOf(frame, claim.exposure);
      const code = frame.specs[at]!.levels!.indexOf(claim.level);
      const within = conditionOn(frame, claim.within);
      return riskAmong(sample, (i) => frame.columns[at]![i] === code && within(i));
    }
    case 'correlation': {
      const within = conditionOn(frame, claim.within);
      const weight = claim.balanced ? balancedWeight(sample) : () => 1;
      const [x, y] = [claim.x, claim.y].map((name) => frame.columns[columnOf(frame, name)]!);
      return correlationOf(x!, y!, (i) => (within(i) ? weight(i) : 0));
    }
  }
}
