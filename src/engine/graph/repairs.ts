import { type CausalMap, createEdge } from './causalMap';
import { dagOf } from './dag';
import { isDSeparated } from './dSeparation';
import { applyEdit, type MapEdit } from './mapEdit';

/** An independence that the map claims, and whether the data bear it out. */
export interface JudgedClaim {
  readonly x: string;
  readonly y: string;
  readonly given: readonly string[];
  readonly verdict: 'agrees' | 'refuted' | 'cannot-tell';
}

export interface Repair {
  readonly edit: MapEdit;
  /** Refuted claims that the map no longer makes after the edit, the one asked about included. */
  readonly resolved: number;
  /** Claims the data agree with that the map no longer makes: tested knowledge given up. */
  readonly givenUp: number;
}

/**
 * The single edits after which the map no longer claims a refuted independence x _||_ y | given, best first: most refuted
 * claims resolved, then fewest agreed claims given up, then drawing before reversing. Edits considered: an arrow between x
 * and y either way, a `<->` between them, and reversing an arrow at x, y or a member of `given` that is not marked certain.
 * Any single edit that helps must touch a path between x and y that `given` blocks; drawing x - y always does, unless
 * cycles, tiers and forbidden arrows rule it out. None is applied here: whether it is true is for the expert to say.
 * @throws EngineError as `dagOf`.
 */
export function repairsOf(map: CausalMap, refuted: JudgedClaim, claims: readonly JudgedClaim[], limit = 4): Repair[] {
  const { x, y, given } = refuted;
  const touched = new Set([x, y, ...given]);
  const edits: MapEdit[] = [
    { kind: 'draw', edge: createEdge(x, y) },
    { kind: 'draw', edge: createEdge(y, x) },
    { kind: 'draw', edge: createEdge(x, y, '<->') },
    ...map.edges
      .filter(
        ({ kind, confidence, from, to }) =>
          kind === '->' && confidence !== 'certain' && (touched.has(from) || touched.has(to)),
      )
      .map((edge): MapEdit => ({ kind: 'reverse', edge })),
  ];
  return edits
    .flatMap((edit): Repair[] => {
      const edited = applyEdit(map, edit);
      if (!edited) return [];
      const dag = dagOf(edited);
      const isGone = (claim: JudgedClaim) => !isDSeparated(dag, [claim.x], [claim.y], claim.given);
      if (!isGone(refuted)) return [];
      const gone = claims.filter(isGone);
      const count = (verdict: JudgedClaim['verdict']) => gone.filter((claim) => claim.verdict === verdict).length;
      return [{ edit, resolved: Math.max(1, count('refuted')), givenUp: count('agrees') }];
    })
    .sort((a, b) => b.resolved - a.resolved || a.givenUp - b.givenUp)
    .slice(0, limit);
}
