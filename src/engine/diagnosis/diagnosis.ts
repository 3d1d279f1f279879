import type { AssociationNetwork } from './associationNetwork';
import type { NodeCases } from './casesPerParameter';
import type { ColumnDifference } from './columnDifferences';
import type { InteractionScreen } from './interactionScreen';
import type { Overlap } from './overlap';
import type { PeriodView } from './periods';
import type { RedundantCluster } from './redundancy';
import type { Strategy } from './strategy';

/** Adjusted p-values below this are findings. */
export const SURE = 0.05;

/** What the real rows say before anything is made: where rare rows differ, how, and what follows from it. */
export interface Diagnosis {
  readonly target: string;
  readonly rareRows: number;
  readonly commonRows: number;
  /** Rows of the table where it has more than are looked at: all rare ones (200,000 at the most), and others at random. */
  readonly sampledFrom: number | null;
  readonly columns: readonly ColumnDifference[];
  /** Null where no column says when. */
  readonly time: PeriodView | null;
  readonly network: AssociationNetwork;
  readonly interactions: InteractionScreen;
  readonly redundant: readonly RedundantCluster[];
  readonly cases: readonly NodeCases[];
  /** Null without an exposure that something could be held fixed for. */
  readonly overlap: Overlap | null;
  readonly strategy: Strategy;
}
