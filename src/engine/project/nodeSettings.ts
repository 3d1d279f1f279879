/** What the expert demands of the effect of one parent; checked inside the fit, never repaired afterwards. */
export interface EffectLimit {
  readonly parent: string;
  /** `+`: the child rises on average with the parent (for a category: its last level grows likelier, or its order is higher). */
  readonly sign: '+' | '-' | null;
  /** The effect never turns round; without a sign, the data say which way it goes. */
  readonly monotone: boolean;
  /**
   * The most the child's centre may differ between two values of the parent, all else equal: in units of the child for numbers,
   * in log odds for categories. Null for no bound.
   */
  readonly most: number | null;
}

/** What the expert overrides in how one node is learned. Without an entry a node is learned by cross-validation alone. */
export interface NodeSettings {
  readonly node: string;
  /** Id of the family to use; null lets the families compete. */
  readonly family: string | null;
  /** Ids of families that may not be used. */
  readonly forbidden: readonly string[];
  readonly limits: readonly EffectLimit[];
  /** Learned within each class of the target, although the map has no arrow from it: see `classArrows`. */
  readonly byClass: boolean;
}

export const defaultNodeSettings = (node: string): NodeSettings => ({
  node,
  family: null,
  forbidden: [],
  limits: [],
  byClass: false,
});

/** True where an entry changes nothing, so that it need not be kept. */
export const isDefaultSettings = ({ family, forbidden, limits, byClass }: NodeSettings): boolean =>
  family === null && forbidden.length === 0 && limits.length === 0 && !byClass;
