import { dependenceTests } from '../src/engine/dependence/catalogue';
import type { DependenceTestDefinition, Variable } from '../src/engine/dependence/dependenceTest';
import { createRng, type Rng } from '../src/engine/rng';

/**
 * How often the dependence tests reject at 5 % where x and y are independent given z, and where they are not: the worlds in
 * which classical tests break. The default test must stay within [3, 8] % at 300 rows and below 10 % at 3,000.
 */

interface Row {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

interface Case {
  readonly name: string;
  readonly isNull: boolean;
  readonly xIs?: 'binary' | 'ordinal' | 'count';
  draw(rng: Rng): Row;
}

const curve = (z: number) => Math.sin(2 * z) + z * z;
const sigma = (x: number) => 1 / (1 + Math.exp(-x));
const t3 = (rng: Rng) => rng.normal() / Math.sqrt((rng.normal() ** 2 + rng.normal() ** 2 + rng.normal() ** 2) / 3);
const yesNo = (rng: Rng, p: number) => Number(rng.uniform() < p);
function poisson(rng: Rng, mean: number): number {
  let product = rng.uniform();
  let k = 0;
  for (const limit = Math.exp(-mean); product > limit; k++) product *= rng.uniform();
  return k;
}

const cases: readonly Case[] = [
  {
    name: 'null, linear',
    isNull: true,
    draw(rng) {
      const z = rng.normal();
      return { z, x: z + rng.normal(), y: z + rng.normal() };
    },
  },
  {
    name: 'null, curved confounder',
    isNull: true,
    draw(rng) {
      const z = rng.normal();
      return { z, x: curve(z) + rng.normal(), y: curve(z) + rng.normal() };
    },
  },
  {
    name: 'null, heteroscedastic',
    isNull: true,
    draw(rng) {
      const z = rng.normal();
      return { z, x: z + Math.exp(z / 2) * rng.normal(), y: z + Math.exp(z / 2) * rng.normal() };
    },
  },
  {
    name: 'null, t3 tails',
    isNull: true,
    draw(rng) {
      const z = rng.normal();
      return { z, x: z + t3(rng), y: z + t3(rng) };
    },
  },
  {
    name: 'null, x binary 3 %',
    isNull: true,
    xIs: 'binary',
    draw(rng) {
      const z = rng.normal();
      return { z, x: yesNo(rng, sigma(z - 3.9)), y: z + rng.normal() };
    },
  },
  {
    name: 'null, x binary, curved logit',
    isNull: true,
    xIs: 'binary',
    draw(rng) {
      const z = rng.normal();
      return { z, x: yesNo(rng, sigma(1.5 * curve(z) - 1.5)), y: curve(z) + rng.normal() };
    },
  },
  {
    name: 'null, x ordered, curved',
    isNull: true,
    xIs: 'ordinal',
    draw(rng) {
      const z = rng.normal();
      const latent = curve(z) + rng.normal();
      return { z, x: Number(latent > 0) + Number(latent > 1) + Number(latent > 2.5), y: curve(z) + rng.normal() };
    },
  },
  {
    name: 'null, x a count, curved',
    isNull: true,
    xIs: 'count',
    draw(rng) {
      const z = rng.normal();
      return { z, x: poisson(rng, Math.exp(0.4 * Math.sin(2 * z) + 0.3)), y: curve(z) + rng.normal() };
    },
  },
  {
    name: 'alternative, r = 0.1',
    isNull: false,
    draw(rng) {
      const [z, e] = [rng.normal(), rng.normal()];
      return { z, x: z + e, y: z + 0.1 * e + rng.normal() };
    },
  },
  {
    name: 'alternative, r = 0.25',
    isNull: false,
    draw(rng) {
      const [z, e] = [rng.normal(), rng.normal()];
      return { z, x: z + e, y: z + 0.258 * e + rng.normal() };
    },
  },
  {
    name: 'alternative, x²',
    isNull: false,
    draw(rng) {
      const [z, e] = [rng.normal(), rng.normal()];
      return { z, x: z + e, y: z + 0.5 * (e * e - 1) + rng.normal() };
    },
  },
  {
    name: 'alternative, x z interaction',
    isNull: false,
    draw(rng) {
      const [z, e] = [rng.normal(), rng.normal()];
      return { z, x: z + e, y: z + 0.4 * e * z + rng.normal() };
    },
  },
];

function variablesOf(one: Case, rows: number, seed: number): readonly [Variable, Variable, Variable] {
  const rng = createRng(seed, `calibration/${one.name}/${rows}`);
  const [x, y, z] = [new Float64Array(rows), new Float64Array(rows), new Float64Array(rows)];
  for (let i = 0; i < rows; i++) ({ x: x[i], y: y[i], z: z[i] } = one.draw(rng));
  const levels = { binary: 2, ordinal: 4 } as const;
  const left: Variable =
    one.xIs === 'binary' || one.xIs === 'ordinal'
      ? { kind: one.xIs === 'binary' ? 'categorical' : 'ordinal', codes: x, levels: levels[one.xIs] }
      : { kind: 'numeric', values: x, isCount: one.xIs === 'count' };
  return [left, { kind: 'numeric', values: y }, { kind: 'numeric', values: z }];
}

function rate(test: DependenceTestDefinition, one: Case, rows: number, runs: number): number {
  let rejected = 0;
  for (let seed = 0; seed < runs; seed++) {
    const [x, y, z] = variablesOf(one, rows, seed);
    if (test.run(x, y, [z]).pValue < 0.05) rejected++;
  }
  return rejected / runs;
}

const OTHERS = ['gcm', 'pillai-law', 'partial-correlation', 'residual-permutation', 'boosted-gcm', 'kci'];
const RUNS = { default: { 300: 2000, 3000: 2000 }, other: { 300: 200, 3000: 100 } };
/** Costly ones are asked at 300 rows only. */
const COSTLY = new Set(['residual-permutation', 'boosted-gcm', 'kci']);

export async function run(): Promise<{ name: string; lines: string[]; figures: Record<string, number> }> {
  const [main, ...rest] = dependenceTests;
  const others = rest.filter(({ id }) => OTHERS.includes(id));
  const lines = [
    `Share of runs rejected at 5 %: ${RUNS.default[300]} runs of the default test at 300 rows, ${RUNS.default[3000]} at 3,000 (standard error 0.5 points at 5 %); ${RUNS.other[300]} and ${RUNS.other[3000]} of the others.`,
    `| case | rows | **${main!.id}** | ${others.map(({ id }) => id).join(' | ')} |`,
    `| --- | --- | --- |${others.map(() => ' --- |').join('')}`,
  ];
  const figures: Record<string, number> = {};
  const outside: string[] = [];
  for (const one of cases) {
    for (const rows of [300, 3000] as const) {
      const own = rate(main!, one, rows, RUNS.default[rows]);
      figures[`${one.name}, ${rows}`] = own;
      const isIn = rows === 300 ? own >= 0.03 && own <= 0.08 : own <= 0.1;
      if (one.isNull && !isIn) outside.push(`${one.name}, ${rows} rows: ${own.toFixed(3)}`);
      const cells = others.map((test) =>
        rows === 3000 && COSTLY.has(test.id) ? '-' : rate(test, one, rows, RUNS.other[rows]).toFixed(2),
      );
      lines.push(`| ${one.name} | ${rows} | **${own.toFixed(3)}** | ${cells.join(' | ')} |`);
    }
  }
  lines.push(
    '',
    outside.length === 0
      ? 'The default test is within its bounds in every null case.'
      : `Outside the bounds: ${outside.join('; ')}.`,
  );
  figures.outside = outside.length;
  return { name: 'calibration', lines, figures };
}
