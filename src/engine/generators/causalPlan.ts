import { compileRules } from '../constraints/compileRules';
import type { Rule } from '../constraints/rule';
import type { ValueSpec } from '../data/frame';
import { EngineError } from '../errors';
import { createRng, shuffleInPlace } from '../rng';
import type { ModelJson } from '../scm/modelJson';
import type { RuleCheck } from '../scm/twinSampler';
import type { GeneratorInput, GeneratorPlan } from './generator';
import { countOf, rareLevelOf } from './rareRows';

/** What the plans of all generators that follow the map say. */
export interface CausalPlan extends GeneratorPlan {
  readonly model: ModelJson;
  readonly target: number;
  readonly rareCode: number;
  readonly rules: readonly Rule[];
}

/** A plan whose rows start from real rare rows. */
export interface DonorPlan extends CausalPlan {
  /** Frame rows of the donors, and their cells by frame column. */
  readonly donorRows: Int32Array;
  readonly donors: readonly Float64Array[];
}

export const rareLabelOf = (input: GeneratorInput): string =>
  `${input.frame.specs[input.target]!.name} = ${rareLevelOf(input)}`;

/**
 * Frame rows that can start a row: all of the rare class, without those that break a rule themselves, since a chain
 * that never breaks a rule cannot start there.
 * @throws EngineError `too-few-rows` without any rare row, `rule-conflict` where all of them break a rule.
 */
export function findDonors(input: GeneratorInput, messages: string[]): Int32Array {
  const { frame, target, rareCode, rules } = input;
  const rows: number[] = [];
  frame.columns[target]!.forEach((code, i) => {
    if (code === rareCode) rows.push(i);
  });
  if (rows.length === 0)
    throw new EngineError('too-few-rows', `No real row has ${rareLabelOf(input)}: there is nothing to start from.`);
  if (!rules.some(({ enabled }) => enabled)) return Int32Array.from(rows);
  const broken = compileRules(rules, frame.specs).check(frame.columns, 0, frame.rows);
  const fine = rows.filter((row) => broken[row]! < 0);
  if (fine.length === 0)
    throw new EngineError(
      'rule-conflict',
      `All ${rows.length} real rows with ${rareLabelOf(input)} break a rule: relax the rules or check the data.`,
    );
  if (fine.length < rows.length)
    messages.push(
      `${countOf(rows.length - fine.length, 'real rare row')} breaking a rule ${rows.length - fine.length === 1 ? 'is' : 'are'} not used as donors.`,
    );
  return Int32Array.from(fine);
}

/** What to say of so few donors that nothing can be validated; nothing to say otherwise. */
export const fewDonorsMessage = (input: GeneratorInput, donors: number): string[] =>
  donors < 10
    ? [`Only ${countOf(donors, 'real row')} with ${rareLabelOf(input)}: twins of so few rows cannot be validated.`]
    : [];

/**
 * Nodes whose noise moves, in frame order: those asked for, never the target.
 * @throws EngineError `unknown-column` for a name off the map, `bad-map` where none is left.
 */
export function redrawNodes({ frame, redraw, target }: GeneratorInput): number[] {
  const names = frame.specs.map(({ name }) => name);
  const unknown = redraw?.find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new EngineError('unknown-column', `The redraw set names "${unknown}", which is not on the map.`, {
      column: unknown,
    });
  const nodes = names.flatMap((name, node) => (node !== target && (redraw?.includes(name) ?? true) ? [node] : []));
  if (nodes.length === 0)
    throw new EngineError(
      'bad-map',
      'There is nothing to redraw: put at least one column besides the target on the map, or widen the redraw set.',
    );
  return nodes;
}

/** The rules as a sampler asks them, and the columns they look at; null where none is enabled. */
export function bindRules(
  rules: readonly Rule[],
  specs: readonly ValueSpec[],
): { readonly check: RuleCheck | null; readonly ruleColumns: readonly number[]; readonly rules: number } {
  if (!rules.some(({ enabled }) => enabled)) return { check: null, ruleColumns: [], rules: 0 };
  const compiled = compileRules(rules, specs);
  return {
    check: (columns) => compiled.check(columns, 0, columns[0]!.length).map((first) => first + 1),
    rules: compiled.rules.length,
    ruleColumns: compiled.rules.flatMap(({ columns }) => [...columns]),
  };
}

/** Donor positions of rows [from, from + rows): every donor once per cycle, each cycle in an order of its own. */
export function dealDonors(seed: number, donors: number, from: number, rows: number): Int32Array {
  const out = new Int32Array(rows);
  let cycle = -1;
  let order = new Int32Array(0);
  for (let i = 0; i < rows; i++) {
    const now = Math.floor((from + i) / donors);
    if (now !== cycle) {
      cycle = now;
      order = shuffleInPlace(
        Int32Array.from({ length: donors }, (_, k) => k),
        createRng(seed, 'donors', cycle),
      );
    }
    out[i] = order[(from + i) % donors]!;
  }
  return out;
}

/** `make(plan)`, done once per plan and thread. */
export function oncePerPlan<P extends GeneratorPlan, T>(make: (plan: P) => T): (plan: GeneratorPlan) => T {
  const made = new WeakMap<GeneratorPlan, T>();
  return (plan) => {
    const known = made.get(plan) ?? make(plan as P);
    made.set(plan, known);
    return known;
  };
}
