import { listed, shownName } from './path';

/** A quantity made of the law of the observed variables, as a tree. Values of variables are written by their names. */
export type Estimand =
  /** P(of | given). */
  | { readonly kind: 'law'; readonly of: readonly string[]; readonly given: readonly string[] }
  | { readonly kind: 'product'; readonly factors: readonly Estimand[] }
  /** The sum of `term` over all values of `over`. */
  | { readonly kind: 'sum'; readonly over: readonly string[]; readonly term: Estimand }
  | { readonly kind: 'ratio'; readonly top: Estimand; readonly bottom: Estimand };

export const one: Estimand = { kind: 'product', factors: [] };

/** A product without factors that are products or 1. */
export function product(factors: readonly Estimand[]): Estimand {
  const flat = factors.flatMap((factor) => (factor.kind === 'product' ? factor.factors : [factor]));
  return flat.length === 1 ? flat[0]! : { kind: 'product', factors: flat };
}

/** Variables whose values the quantity depends on. */
export function freeVariables(estimand: Estimand): ReadonlySet<string> {
  switch (estimand.kind) {
    case 'law':
      return new Set([...estimand.of, ...estimand.given]);
    case 'product':
      return new Set(estimand.factors.flatMap((factor) => [...freeVariables(factor)]));
    case 'ratio':
      return new Set([...freeVariables(estimand.top), ...freeVariables(estimand.bottom)]);
    case 'sum': {
      const inner = new Set(freeVariables(estimand.term));
      for (const name of estimand.over) inner.delete(name);
      return inner;
    }
  }
}

/**
 * The sum of `term` over `over`, made shorter where that is exact: a law that alone holds a summed variable, before its bar
 * and nowhere else, sums to 1 over it or loses it; factors without summed variables stand before the sum; sums in sums join.
 */
export function sumOver(over: readonly string[], term: Estimand): Estimand {
  if (over.length === 0) return term;
  if (term.kind === 'sum' && !term.over.some((name) => over.includes(name)))
    return sumOver([...over, ...term.over], term.term);
  let factors = term.kind === 'product' ? [...term.factors] : [term];
  let left = [...over];
  for (let changed = true; changed; ) {
    changed = false;
    for (const name of left) {
      const holders = factors.filter((factor) => freeVariables(factor).has(name));
      const [only] = holders;
      if (holders.length !== 1 || only!.kind !== 'law' || !only!.of.includes(name)) continue;
      const of = only!.of.filter((other) => other !== name);
      factors = factors.flatMap((factor) => (factor !== only ? [factor] : of.length > 0 ? [{ ...only!, of }] : []));
      left = left.filter((other) => other !== name);
      changed = true;
      break;
    }
  }
  if (left.length === 0) return product(factors);
  const isInside = (factor: Estimand) => left.some((name) => freeVariables(factor).has(name));
  const outside = factors.filter((factor) => !isInside(factor));
  return product([...outside, { kind: 'sum', over: left, term: product(factors.filter(isInside)) }]);
}

/** The ratio, or the top alone when the bottom is 1. */
export const ratio = (top: Estimand, bottom: Estimand): Estimand =>
  bottom.kind === 'product' && bottom.factors.length === 0 ? top : { kind: 'ratio', top, bottom };

/** The adjustment formula sum_z P(y | x, z) P(z) for a set z that is enough to hold fixed. */
export function adjustmentEstimand(x: string, y: string, set: readonly string[]): Estimand {
  const within: Estimand = { kind: 'law', of: [y], given: [x, ...set] };
  return set.length === 0
    ? within
    : { kind: 'sum', over: set, term: product([within, { kind: 'law', of: set, given: [] }]) };
}

/** The front-door formula sum_z P(z | x) sum_x' P(y | x', z) P(x') for a front-door set z. */
export function frontDoorEstimand(x: string, y: string, set: readonly string[]): Estimand {
  const inner: Estimand = {
    kind: 'sum',
    over: [x],
    term: product([
      { kind: 'law', of: [y], given: [x, ...set] },
      { kind: 'law', of: [x], given: [] },
    ]),
  };
  return { kind: 'sum', over: set, term: product([{ kind: 'law', of: set, given: [x] }, inner]) };
}

interface Notation {
  name(name: string): string;
  bar: string;
  sum(over: string): string;
  ratio(top: string, bottom: string): string;
  one: string;
  between: string;
  open: string;
  close: string;
}

/** A name with the primes of a summed variable kept outside of it. */
const withPrimes = (write: (name: string) => string) => (name: string) => {
  const base = name.replace(/'+$/, '') || name;
  return write(base) + name.slice(base.length);
};

const plain: Notation = {
  name: withPrimes(shownName),
  bar: ' | ',
  sum: (over) => `sum over ${over} of `,
  ratio: (top, bottom) => `[${top}] / [${bottom}]`,
  one: '1',
  between: ' · ',
  open: '(',
  close: ')',
};

const latexSpecial: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '^': '\\textasciicircum{}',
  '~': '\\textasciitilde{}',
};
/** A name as LaTeX text. */
export const latexText = (name: string): string =>
  name.replace(/[\\^~]|[#$%&_{}]/g, (character) => latexSpecial[character] ?? `\\${character}`).replace(/\s+/g, ' ');

const latex: Notation = {
  name: withPrimes((name) => `\\text{${latexText(name)}}`),
  bar: ' \\mid ',
  sum: (over) => `\\sum_{${over}} `,
  ratio: (top, bottom) => `\\frac{${top}}{${bottom}}`,
  one: '1',
  between: '\\,',
  open: '\\left(',
  close: '\\right)',
};

function write(estimand: Estimand, notation: Notation): string {
  const names = (list: readonly string[]) => list.map(notation.name).join(', ');
  switch (estimand.kind) {
    case 'law':
      return `P(${names(estimand.of)}${estimand.given.length > 0 ? `${notation.bar}${names(estimand.given)}` : ''})`;
    case 'product':
      return estimand.factors.length === 0
        ? notation.one
        : estimand.factors
            .map((factor, i) => {
              const text = write(factor, notation);
              const reachesOn = factor.kind === 'sum' && i < estimand.factors.length - 1;
              return reachesOn ? `${notation.open}${text}${notation.close}` : text;
            })
            .join(notation.between);
    case 'ratio':
      return notation.ratio(write(estimand.top, notation), write(estimand.bottom, notation));
    case 'sum':
      return `${notation.sum(names(estimand.over))}${write(estimand.term, notation)}`;
  }
}

/** The quantity on one line of plain text. A summed variable that also stands outside its sum is primed. */
export const estimandText = (estimand: Estimand): string => write(primed(estimand), plain);

/** The quantity as LaTeX mathematics; needs amsmath. */
export const estimandLatex = (estimand: Estimand): string => write(primed(estimand), latex);

/** Renames the variables summed over inside a quantity that also depends on their outer values: z becomes z'. */
function primed(estimand: Estimand, outer: ReadonlySet<string> = freeVariables(estimand)): Estimand {
  switch (estimand.kind) {
    case 'law':
      return estimand;
    case 'product':
      return { ...estimand, factors: estimand.factors.map((factor) => primed(factor, outer)) };
    case 'ratio':
      return { ...estimand, top: primed(estimand.top, outer), bottom: primed(estimand.bottom, outer) };
    case 'sum': {
      const fresh = new Map<string, string>();
      const taken = new Set([...outer, ...freeVariables(estimand.term)]);
      for (const name of estimand.over) {
        let next = name;
        if (outer.has(name)) while (taken.has(next)) next += "'";
        taken.add(next);
        fresh.set(name, next);
      }
      const term = renameFree(estimand.term, fresh);
      const over = estimand.over.map((name) => fresh.get(name)!);
      return { kind: 'sum', over, term: primed(term, new Set([...outer, ...over])) };
    }
  }
}

function renameFree(estimand: Estimand, fresh: ReadonlyMap<string, string>): Estimand {
  const name = (old: string) => fresh.get(old) ?? old;
  switch (estimand.kind) {
    case 'law':
      return { kind: 'law', of: estimand.of.map(name), given: estimand.given.map(name) };
    case 'product':
      return { ...estimand, factors: estimand.factors.map((factor) => renameFree(factor, fresh)) };
    case 'ratio':
      return { kind: 'ratio', top: renameFree(estimand.top, fresh), bottom: renameFree(estimand.bottom, fresh) };
    case 'sum': {
      const inner = new Map([...fresh].filter(([old]) => !estimand.over.includes(old)));
      return { ...estimand, term: renameFree(estimand.term, inner) };
    }
  }
}

/** `P(y | do(x))` in plain text. */
export const effectText = (exposures: readonly string[], outcomes: readonly string[]): string =>
  `P(${listed(outcomes.map(shownName))} | do(${exposures.map(shownName).join(', ')}))`;
