import type { ValueSpec } from '../data/frame';
import type { TriedFamily } from '../mechanisms/chooseFamily';
import type { EffectShape } from '../mechanisms/effects';
import type { Mechanism, MechanismCard } from '../mechanisms/mechanism';
import type { NoiseChecks } from '../mechanisms/noiseChecks';
import type { ClassDifference } from './classDifference';

/** How well a node's mechanism predicts rows it was not fitted on. */
export interface NodeFit {
  readonly node: string;
  readonly family: string;
  readonly parents: readonly string[];
  readonly rows: number;
  /** Mean out-of-fold score of the chosen family, see `FamilyFit`: nats a row for categories; higher is better. */
  readonly score: number;
  /** The same score without any parents. */
  readonly baselineScore: number;
  /** Every family tried, best first. */
  readonly tried: readonly TriedFamily[];
  readonly card: MechanismCard;
  /** How the child depends on each parent. */
  readonly effects: readonly EffectShape[];
  /** What the out-of-fold noise says of the mechanism's shape. */
  readonly checks: NoiseChecks;
  /** Whether the rare class has another law here than the map allows; null where that is no question or cannot be told. */
  readonly classDifference: ClassDifference | null;
  readonly messages: readonly string[];
  /** Those of them that offer a rule for the column, for as long as no rule calculates it. */
  readonly offers: readonly string[];
}

/** The causal model learned from real rows: one mechanism per observed node of the (projected) map. */
export interface FittedModel {
  /** Node specs in frame order. */
  readonly specs: readonly ValueSpec[];
  /** A topological order of node indices. */
  readonly order: readonly number[];
  /** Parent node indices of each node, in the order its mechanism expects them. */
  readonly parents: readonly (readonly number[])[];
  /** Pairs of nodes joined by `<->` after projection of latent nodes. */
  readonly bidirected: readonly (readonly [number, number])[];
  readonly mechanisms: readonly Mechanism[];
  /** Correlation of the Gaussianised noises z, row-major (d, d); identity outside districts. */
  readonly noiseCorrelation: Float64Array;
  readonly fits: readonly NodeFit[];
}
