import { beforeAll, describe, expect, it } from 'vitest';
import { independentCheck } from '../constraints/checker/independentCheck';
import { readRules } from '../constraints/ruleText';
import { type Frame, frameOf, selectRows } from '../data/frame';
import { importFile } from '../data/importFile';
import { guessAll } from '../data/importOptions';
import type { Table } from '../data/table';
import { inlineExecutor } from '../executor';
import { createEdge, createNode } from '../graph/causalMap';
import { emptyProject, type Project } from '../project/project';
import { createRng } from '../rng';
import { silentTask } from '../task';
import { supportReference } from '../validation/supportScore';
import { generateRun, type Run } from './generateRun';

/** sex -> price -> y <- count; price in steps of 2.5, total = price * count, and an off-map double of price. */
function shopCsv(): string {
  const rng = createRng(3, 'shop');
  const lines = ['sex,price,count,total,double,y'];
  for (let i = 0; i < 900; i++) {
    const sex = rng.uniform() < 0.5 ? 'f' : 'm';
    const price = Math.round((60 + 15 * rng.normal() + (sex === 'm' ? 9 : 0)) / 2.5) * 2.5;
    const count = 1 + rng.integer(9);
    const y = rng.uniform() < 1 / (1 + Math.exp(4.5 - price / 40 - count / 8)) ? 'yes' : 'no';
    lines.push([sex, price.toFixed(1), count, (price * count).toFixed(1), (2 * price).toFixed(1), y].join(','));
  }
  return lines.join('\n');
}

describe('rules inside the mechanisms', () => {
  let table: Table;
  let all: Frame;
  const project = (rules: string): Project => ({
    ...emptyProject,
    target: { column: 'y', rareLevels: ['yes'] },
    map: {
      nodes: ['sex', 'price', 'count', 'total', 'y'].map((name) => createNode(name)),
      edges: [createEdge('sex', 'price'), createEdge('price', 'y'), createEdge('count', 'y'), createEdge('y', 'total')],
    },
    rules: readRules(rules, all.specs, (line) => `line ${line}`).rules,
  });
  const generate = (of: Project): Promise<Run> =>
    generateRun(table, of, { ...of.generation, amount: { kind: 'rows', rows: 400 } }, inlineExecutor, silentTask);
  const broken = (run: Run, of: Project) => {
    const { specs } = frameOf(table, run.columnNames, []);
    const donors = selectRows(frameOf(table, run.columnNames), run.donor).columns;
    return independentCheck(of.rules, { rows: run.donor.length, specs, columns: run.columns }, donors);
  };

  beforeAll(async () => {
    const opened = await importFile('shop.csv', new TextEncoder().encode(shopCsv()), guessAll, [], silentTask);
    table = opened.imported.table;
    all = frameOf(table, ['sex', 'price', 'count', 'total', 'double', 'y']);
  });

  it('a calculated column is calculated anew and grids are kept, without turning rows down', async () => {
    const of = project('total = price * count # a sum\ndouble = 2 * price # off the map\nprice step 2.5 # tariff');
    expect(of.rules).toHaveLength(3);
    const run = await generate(of);
    expect(run.columnNames).toEqual(['sex', 'price', 'count', 'total', 'y', 'double']);
    expect(broken(run, of)).toEqual(of.rules.map(({ id }) => ({ ruleId: id, broken: 0, firstRow: null })));
    expect(run.refusalsByRule.map(({ count }) => count)).toEqual([0, 0, 0]);
    // Prices moved away from their donors, and totals with them.
    const prices = run.columns[1]!;
    const moved = prices.filter((price, i) => price !== all.columns[1]![run.donor[i]!]!).length;
    expect(moved).toBeGreaterThan(200);
    expect(run.fits.find(({ node }) => node === 'total')?.family).toBe('calculated');
  });

  it('a formula is offered only where no rule states it', async () => {
    // A few common rows break it, so that it is not learned as a formula.
    const lines = shopCsv().split('\n');
    const bent = lines.map((line, i) =>
      i % 40 === 1 && line.endsWith(',no') ? line.replace(/,\d+\.\d,/, ',1.5,') : line,
    );
    const opened = await importFile('b.csv', new TextEncoder().encode(bent.join('\n')), guessAll, [], silentTask);
    const saidWith = async (rules: string) => {
      const of = project(rules);
      const edges = [...of.map.edges, createEdge('price', 'total'), createEdge('count', 'total')];
      const settings = { ...of.generation, amount: { kind: 'rows', rows: 20 } } as const;
      const drawn = {
        ...of,
        map: { ...of.map, edges: edges.filter(({ from, to }) => from !== 'y' || to !== 'total') },
      };
      return (await generateRun(opened.imported.table, drawn, settings, inlineExecutor, silentTask)).messages.join(' ');
    };
    expect(await saidWith('')).toMatch(/"total" = .* if that is a rule, add it/);
    expect(await saidWith('total = price * count # a sum')).not.toMatch(/if that is a rule/);
  });

  it('a fixed column stays as in the donor, and so does what would change it', async () => {
    const of = project('fixed price # set by law\ncount rises with sex # no such arrow');
    const run = await generate(of);
    expect(broken(run, of).every((count) => count.broken === 0)).toBe(true);
    expect(run.messages.join(' ')).toMatch(/nothing to act on: the map has no arrow sex -> count/);
    expect(run.redrawn).toEqual(['count', 'total']);
    expect(run.messages.join(' ')).toMatch(/price stays as in the real row, and so does sex/);
  });

  it('no row lies farther out than the rule allows', async () => {
    const free = await generate(project(''));
    const of = project('support at least 0.2 # stay close');
    const run = await generate(of);
    const rare = Int32Array.from(Array.from(all.columns[5]!.keys()).filter((row) => all.columns[5]![row] === 1));
    const scores = ({ columnNames, columns, donor }: Run) => {
      const real = selectRows(frameOf(table, columnNames), rare);
      return supportReference(real).score(columns, 0, donor.length);
    };
    expect(scores(run).every((score) => score >= 0.2)).toBe(true);
    expect(scores(free).some((score) => score < 0.2)).toBe(true);
    expect(run.refusalsByRule[0]!.count).toBeGreaterThan(0);
  });

  it.each([
    ['time y | price # no', 'bad-map', /price -> y goes back in time/],
    ['total = price + count # a\noff dose # b\ntotal = price # c', 'bad-rule', /Two rules calculate "total"/],
  ])('refuses %s', async (rules, code, message) => {
    await expect(generate(project(rules))).rejects.toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(message) }),
    );
  });
});
