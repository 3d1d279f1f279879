import type { Frame } from '../data/frame';
import type { RowUnits } from '../data/rowUnits';
import type { RowWeights } from '../generation/exposureWeights';
import type { AdjustmentId } from './adjustments/catalogue';
import type { ComparisonKind, Statement } from './comparison';

/** A statement of the map with what the graph says becomes of it. */
export interface StatementFacts {
  readonly statement: Statement;
  /** Whether it must hold (or keep its strength) in a table balanced by the target: rule 1 of the method. */
  readonly survivesBalancing: boolean;
  /** For an independence: whether it also holds given the target. */
  readonly withinClassIndependent: boolean;
  /** True for a claim that is only made with the target held fixed: it is not put to the whole population. */
  readonly insideClassOnly?: boolean;
}

export interface ComparisonInput {
  /** All real rows whose target is known; columns of the map, target included. */
  readonly original: Frame;
  /** Unit of each row of `original`, drawn as a whole by the bootstrap; absent or null where every row stands alone. */
  readonly units?: RowUnits | null;
  /** Synthetic rows, same columns. */
  readonly synthetic: Frame;
  /** Row of `original` each synthetic row started from; -1 where it is not known. */
  readonly donor: Int32Array;
  readonly target: string;
  /** Codes of the rare levels. */
  readonly rareCodes: readonly number[];
  readonly statements: readonly StatementFacts[];
  /** Largest change of effect that does not matter; `DEFAULT_MARGIN` where absent. */
  readonly margin?: number;
  /** How p-values of one comparison are adjusted; Holm where absent. */
  readonly adjustment?: AdjustmentId;
  /** The ways to compare that are wanted; all where absent. */
  readonly comparisons?: readonly ComparisonKind[];
  /** False where p-values, which cost as much as the effects, are not looked at; true where absent. */
  readonly wantsPValues?: boolean;
  /** Weights that give the augmented table its original law back, by row of both frames; by class where absent. */
  readonly rowWeights?: RowWeights | null;
  readonly seed: number;
}

export const DEFAULT_MARGIN = 0.1;
