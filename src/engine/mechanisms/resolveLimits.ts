import type { ValueSpec } from '../data/frame';
import type { EffectLimit } from '../project/nodeSettings';
import { designColumns, fitDesign } from './design';
import type { FitInput, ParentLimit } from './mechanism';
import { ridgeRegression } from './ridge';

/** What is asked of effects, told apart from what cannot be held; each of the latter as a sentence. */
export function speakableLimits(
  child: ValueSpec,
  parents: readonly ValueSpec[],
  limits: readonly EffectLimit[],
): { limits: readonly EffectLimit[]; refused: readonly string[] } {
  const refused: string[] = [];
  const kept = limits.filter(({ parent, sign, monotone, most }) => {
    const spec = parents.find(({ name }) => name === parent);
    const ordered = (one: ValueSpec) => !one.levels || one.levels.length === 2 || one.kind === 'ordinal';
    if (!spec) return false; // the arrow is gone, and its demand with it
    if (!ordered(child)) {
      refused.push(
        `The effect of "${parent}" on "${child.name}" cannot be held to a direction or bound: the levels of "${child.name}" have no order. Make it ordinal if they have one.`,
      );
      return false;
    }
    if ((sign !== null || monotone) && !ordered(spec)) {
      refused.push(
        `The effect of "${parent}" on "${child.name}" cannot be held to a direction: the levels of "${parent}" have no order. Make it ordinal if they have one.`,
      );
      return false;
    }
    return sign !== null || monotone || most !== null;
  });
  return { limits: kept, refused };
}

/** Demands by name as demands by place; where an effect may not turn round but has no sign, the sign is that of the straight fit. */
export function resolveLimits(
  input: Pick<FitInput, 'parents' | 'parentColumns' | 'values' | 'weights'>,
  limits: readonly EffectLimit[],
): readonly ParentLimit[] {
  if (limits.length === 0) return [];
  const { parents, parentColumns, values, weights } = input;
  const design = fitDesign(parents, parentColumns, weights, -1);
  const beta = ridgeRegression(designColumns(design, parentColumns, values.length), values, weights, design.penalties);
  return limits.map(({ parent: name, sign, monotone, most }) => {
    const parent = parents.findIndex((spec) => spec.name === name);
    // The last of a category's terms is its highest level against the first.
    const own = design.terms.findLastIndex(
      (term) => (term.kind === 'numeric' || term.kind === 'level') && term.parent === parent,
    );
    const said = sign === '+' ? 1 : sign === '-' ? -1 : 0;
    const seen = own >= 0 && beta[own + 1]! < 0 ? -1 : 1;
    return { parent, sign: said, direction: monotone ? said || seen : 0, most: most ?? Infinity };
  });
}
