import type { Rule } from '../constraints/rule';
import { type CausalMap, createEdge, type MapEdge } from '../graph/causalMap';
import { ancestors, dagOf } from '../graph/dag';
import { defaultNodeSettings, type EffectLimit, isDefaultSettings, type NodeSettings } from '../project/nodeSettings';

/**
 * How each node is to be learned: the settings, then the rules about effects, then the signs and monotone flags of the map's arrows
 * as demands on the effects. Of several that speak of one arrow, rules are added to each other and the first of the three kinds is
 * taken. Nodes without a demand have no entry.
 */
export function nodeDemands(
  map: CausalMap,
  settings: readonly NodeSettings[],
  rules: readonly Rule[],
): readonly NodeSettings[] {
  return map.nodes.flatMap(({ name, latent }) => {
    if (latent) return [];
    const own = settings.find(({ node }) => node === name) ?? defaultNodeSettings(name);
    const ruled = limitsOfRules(name, rules).filter(
      ({ parent }) => !own.limits.some((limit) => limit.parent === parent),
    );
    const said = new Set([...own.limits, ...ruled].map(({ parent }) => parent));
    const drawn = map.edges.flatMap((edge): EffectLimit[] =>
      edge.kind === '->' && edge.to === name && !said.has(edge.from) && (edge.sign !== null || edge.monotone)
        ? [{ parent: edge.from, sign: edge.sign, monotone: edge.monotone, most: null }]
        : [],
    );
    const all = { ...own, limits: [...own.limits, ...ruled, ...drawn] };
    return isDefaultSettings(all) ? [] : [all];
  });
}

/** One demand for each cause that enabled rules speak of; the smallest of several bounds. */
function limitsOfRules(node: string, rules: readonly Rule[]): readonly EffectLimit[] {
  const limits = new Map<string, EffectLimit>();
  for (const rule of rules) {
    if (!rule.enabled || (rule.kind !== 'monotone' && rule.kind !== 'bounded-effect') || rule.effect !== node) continue;
    const before = limits.get(rule.cause) ?? { parent: rule.cause, sign: null, monotone: false, most: null };
    limits.set(
      rule.cause,
      rule.kind === 'monotone'
        ? { ...before, sign: rule.direction === 'rises' ? '+' : '-', monotone: true }
        : { ...before, most: Math.min(before.most ?? Infinity, rule.most) },
    );
  }
  return [...limits.values()];
}

/**
 * Arrows from the target to the nodes that are to be learned within each of its classes. A law that obeys the map obeys the map with
 * such an arrow too, so P(V | target) stays exact; the arrow only stops the classes from lending each other strength in that node.
 * For a cause of the target it would close a cycle: such nodes are told in `refused`.
 */
export function classArrows(
  map: CausalMap,
  settings: readonly NodeSettings[],
  target: string,
): { readonly arrows: readonly MapEdge[]; readonly refused: readonly string[] } {
  const wanted = settings.filter(
    ({ node, byClass }) => byClass && node !== target && map.nodes.some(({ name, latent }) => name === node && !latent),
  );
  if (wanted.length === 0) return { arrows: [], refused: [] };
  const causes = new Set(ancestors(dagOf(map), target));
  return {
    arrows: wanted
      .filter(
        ({ node }) =>
          !causes.has(node) && !map.edges.some((e) => e.kind === '->' && e.from === target && e.to === node),
      )
      .map(({ node }) => createEdge(target, node)),
    refused: wanted
      .filter(({ node }) => causes.has(node))
      .map(
        ({ node }) =>
          `"${node}" cannot be learned within each class of "${target}": it is a cause of it. If its effect on "${target}" is not the whole story, draw what is missing on the map.`,
      ),
  };
}
