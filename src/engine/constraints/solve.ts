import type { ValueSpec } from '../data/frame';
import { columnsOf, narrowTo, rangeOf } from './calculation';
import type { Calculated, Constraint } from './feasibility';

/** What is left possible for one column: an interval, and a list of values where there are few. */
interface Domain {
  readonly min: number;
  readonly max: number;
  readonly minIsOpen: boolean;
  readonly maxIsOpen: boolean;
  readonly values: readonly number[] | null;
}
type Domains = ReadonlyMap<string, Domain>;
type Linear = Extract<Constraint, { type: 'linear' }>;

/** Ways tried before it is left open whether there is a row. */
const MOST_BRANCHES = 2000;
/** Halvings of intervals, for calculations that intervals as they are do not decide. */
const MOST_HALVINGS = 600;
/** Rounds of tightening: intervals that creep towards each other for ever say nothing. */
const MOST_ROUNDS = 60;

/**
 * Whether some complete row can satisfy all constraints. False is a proof; true means that none was found within the
 * effort granted, or that part of the rules cannot be judged this way.
 */
export function isPossible(constraints: readonly Constraint[], specs: readonly ValueSpec[]): boolean {
  const domains: Domains = new Map(
    specs.map(({ name, levels }) => [
      name,
      levels ? { ...everything, min: 0, max: levels.length - 1, values: levels.map((_, code) => code) } : everything,
    ]),
  );
  const steps = new Map(
    specs.map((spec) => [spec.name, spec.levels || spec.kind === 'datetime' ? 1 : 10 ** -spec.decimals]),
  );
  const left: Effort = { branches: MOST_BRANCHES, halvings: MOST_HALVINGS };
  return search(constraints, domains, steps, left);
}

/** What may still be tried. */
interface Effort {
  branches: number;
  halvings: number;
}

const everything: Domain = { min: -Infinity, max: Infinity, minIsOpen: false, maxIsOpen: false, values: null };

function search(
  constraints: readonly Constraint[],
  start: Domains,
  steps: ReadonlyMap<string, number>,
  left: Effort,
): boolean {
  const simple: Constraint[] = [];
  const choices: Extract<Constraint, { type: 'any' | 'all' }>[] = [];
  const sort = (constraint: Constraint): void => {
    if (constraint.type === 'all') constraint.parts.forEach(sort);
    else if (constraint.type === 'any' && constraint.parts.length === 1) sort(constraint.parts[0]!);
    else if (constraint.type === 'any') choices.push(constraint);
    else if (constraint.type !== 'open') simple.push(constraint);
  };
  constraints.forEach(sort);
  const domains = tighten(simple, start, steps);
  if (!domains || hasNegativeCycle(simple, domains, steps)) return false;
  const undecided = choices
    .filter(({ parts }) => !parts.some((part) => part.type === 'open'))
    .map((choice) => ({
      choice,
      ways: choice.parts.filter(
        (part) => part.type === 'any' || part.type === 'all' || tighten([part], domains, steps),
      ),
    }))
    .sort((a, b) => a.ways.length - b.ways.length);
  const next = undecided[0];
  if (!next) return halved(simple, domains, steps, left);
  const rest = undecided.slice(1).map(({ choice }) => choice);
  return next.ways.some((way) => {
    if (--left.branches < 0) return true;
    return search([...simple, ...rest, way], domains, steps, left);
  });
}

/** Looks at either half of an interval by itself, until every calculation is decided or the effort is spent. */
function halved(
  simple: readonly Constraint[],
  domains: Domains,
  steps: ReadonlyMap<string, number>,
  left: Effort,
): boolean {
  const names = simple
    .filter((one): one is Calculated => one.type === 'calculated' && !isCertain(one, domains))
    .flatMap(({ calculation }) => columnsOf(calculation));
  const widths = [...new Set(names)].flatMap((name) => {
    const domain = domains.get(name);
    return domain ? [{ name, domain, width: (domain.max - domain.min) / steps.get(name)! }] : [];
  });
  const widest = widths
    .filter(({ width }) => Number.isFinite(width) && width > 1e-6)
    .sort((a, b) => b.width - a.width)[0];
  // A column without bounds could not be looked at to the end.
  if (!widest || widths.some(({ width }) => !Number.isFinite(width)) || --left.halvings < 0) return true;
  const { name, domain } = widest;
  const middle = (domain.min + domain.max) / 2;
  return [
    { ...domain, max: middle },
    { ...domain, min: middle, minIsOpen: true },
  ].some((half) => {
    const settledHalf = settled(half, steps.get(name)!);
    return settledHalf !== null && search(simple, new Map(domains).set(name, settledHalf), steps, left);
  });
}

/** Whether all rows in the intervals have a result that is wanted. */
function isCertain({ calculation, wanted }: Calculated, domains: Domains): boolean {
  const range = rangeOf(calculation, boxesOf(domains));
  return range !== null && range.low >= wanted.low && range.high <= wanted.high;
}

const boxesOf = (domains: ReadonlyMap<string, Domain>) =>
  new Map([...domains].map(([name, { min, max }]) => [name, { low: min, high: max }]));

/** Domains after all simple constraints have had their say, again and again; null where one of them is empty. */
function tighten(simple: readonly Constraint[], start: Domains, steps: ReadonlyMap<string, number>): Domains | null {
  const domains = new Map(start);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    let hasChanged = false;
    const put = (name: string, domain: Domain): boolean => {
      const before = domains.get(name)!;
      const after = settled(domain, steps.get(name)!);
      if (!after) return false;
      const isSame =
        after.min === before.min &&
        after.max === before.max &&
        after.minIsOpen === before.minIsOpen &&
        after.maxIsOpen === before.maxIsOpen &&
        after.values?.length === before.values?.length;
      if (!isSame) {
        domains.set(name, after);
        hasChanged = true;
      }
      return true;
    };
    for (const constraint of simple) {
      if (constraint.type === 'listed') {
        const before = domains.get(constraint.column);
        if (!before) continue;
        const { values, isNegated } = constraint;
        const after = before.values
          ? { ...before, values: before.values.filter((value) => values.has(value) !== isNegated) }
          : isNegated
            ? withoutEnds(before, values, steps.get(constraint.column)!)
            : { ...before, values: [...values].sort((a, b) => a - b) };
        if (!put(constraint.column, after)) return null;
      } else if (constraint.type === 'linear') {
        if (!tightenLinear(constraint, domains, put)) return null;
      } else if (constraint.type === 'calculated' && !tightenCalculated(constraint, domains, put)) return null;
    }
    if (!hasChanged) return domains;
  }
  return domains;
}

/** The interval with its ends moved off the values it may not take. */
function withoutEnds(domain: Domain, excluded: ReadonlySet<number>, step: number): Domain {
  const isExcluded = (end: number) => [...excluded].some((value) => Math.abs(value - end) <= step * 1e-6);
  let { min, max } = domain;
  while (min <= max && isExcluded(min)) min += step;
  while (max >= min && isExcluded(max)) max -= step;
  return { ...domain, min, max };
}

/** Drops listed values outside the interval, pulls open ends to the next recorded value; null where nothing is left. */
function settled(domain: Domain, step: number): Domain | null {
  let { min, max, minIsOpen, maxIsOpen, values } = domain;
  if (Number.isFinite(min)) {
    const at = Math.ceil(min / step - 1e-6) * step;
    min = minIsOpen && at <= min + step * 1e-6 ? at + step : at;
    minIsOpen = false;
  }
  if (Number.isFinite(max)) {
    const at = Math.floor(max / step + 1e-6) * step;
    max = maxIsOpen && at >= max - step * 1e-6 ? at - step : at;
    maxIsOpen = false;
  }
  const slack = step * 1e-6;
  if (min > max + slack) return null;
  if (values) {
    values = values.filter((value) => value >= min - slack && value <= max + slack);
    if (values.length === 0) return null;
    min = Math.max(min, values[0]!);
    max = Math.min(max, values.at(-1)!);
  }
  return { min, max, minIsOpen, maxIsOpen, values };
}

/** Bounds each column of sum c x + constant <= 0 by what the others leave; false where nothing is left. */
function tightenLinear(
  { terms, constant, isStrict }: Linear,
  domains: ReadonlyMap<string, Domain>,
  put: (name: string, domain: Domain) => boolean,
): boolean {
  if (terms.size === 0) return isStrict ? constant < 0 : constant <= 0;
  for (const [name, c] of terms) {
    let least = constant;
    for (const [other, weight] of terms) {
      if (other === name) continue;
      const domain = domains.get(other);
      if (!domain) return true;
      least += weight > 0 ? weight * domain.min : weight * domain.max;
    }
    const domain = domains.get(name);
    if (!domain) return true;
    if (!Number.isFinite(least)) continue;
    const bound = -least / c;
    const isTighter = c > 0 ? bound < domain.max : bound > domain.min;
    const isSharper = isStrict && (c > 0 ? bound === domain.max : bound === domain.min);
    if (!isTighter && !isSharper) continue;
    const after =
      c > 0 ? { ...domain, max: bound, maxIsOpen: isStrict } : { ...domain, min: bound, minIsOpen: isStrict };
    if (!put(name, after)) return false;
  }
  return true;
}

/** Narrows each column of a calculation to what lets it have a result that is wanted; false where nothing does. */
function tightenCalculated(
  { calculation, wanted }: Calculated,
  domains: ReadonlyMap<string, Domain>,
  put: (name: string, domain: Domain) => boolean,
): boolean {
  return narrowTo(calculation, wanted, boxesOf(domains), (name, { low, high }) => {
    const before = domains.get(name);
    if (!before || (low <= before.min && high >= before.max)) return true;
    const isHigher = low > before.min;
    const isLower = high < before.max;
    return put(name, {
      ...before,
      ...(isHigher ? { min: low, minIsOpen: false } : {}),
      ...(isLower ? { max: high, maxIsOpen: false } : {}),
    });
  });
}

/**
 * Differences a - b <= w that add up to less than nothing around a ring, as in a < b, b < c, c <= a.
 * @see On a Routing Problem, Quarterly of Applied Mathematics 16 (1958).
 */
function hasNegativeCycle(
  simple: readonly Constraint[],
  domains: Domains,
  steps: ReadonlyMap<string, number>,
): boolean {
  const links = simple.flatMap((constraint) => {
    if (constraint.type !== 'linear' || constraint.terms.size !== 2) return [];
    const [[a, ca], [b, cb]] = [...constraint.terms] as [[string, number], [string, number]];
    if (Math.abs(ca + cb) > 1e-12 * Math.abs(ca)) return [];
    const [upper, lower] = ca > 0 ? [a, b] : [b, a];
    // upper - lower <= weight; between recorded values "less" is less by a step at least.
    const step = Math.min(steps.get(a) ?? 0, steps.get(b) ?? 0);
    const weight = -constraint.constant / Math.abs(ca) - (constraint.isStrict ? step : 0);
    return [{ from: lower, to: upper, weight, slack: step * 1e-3 }];
  });
  const distance = new Map([...domains.keys()].map((name) => [name, 0]));
  for (let round = 0; round <= distance.size; round++) {
    let hasChanged = false;
    for (const { from, to, weight, slack } of links) {
      const through = distance.get(from)! + weight;
      if (through >= distance.get(to)! - slack) continue;
      distance.set(to, through);
      hasChanged = true;
    }
    if (!hasChanged) return false;
  }
  return true;
}
