import { describe, expect, it } from 'vitest';
import { frameOf } from '../../data/frame';
import { importFile } from '../../data/importFile';
import { guessAll } from '../../data/importOptions';
import type { Table } from '../../data/table';
import { createRng } from '../../rng';
import { silentTask } from '../../task';
import { makeDemo } from '../../worlds/demo';
import { printRule, readRules } from '../ruleText';
import { type FoundRule, findRules } from './findRules';

const tableOf = async (csv: string): Promise<Table> =>
  (await importFile('t.csv', new TextEncoder().encode(csv), guessAll, [], silentTask)).imported.table;
const specsOf = (table: Table) =>
  frameOf(
    table,
    table.columns.filter(({ kind }) => kind !== 'id').map(({ name }) => name),
    [],
  ).specs;
const texts = (found: readonly FoundRule[], table: Table) => found.map(({ rule }) => printRule(rule, specsOf(table)));

describe('rules found in the demo', () => {
  it('are the ones it was made with, with their support, and none that is known already', async () => {
    const demo = makeDemo('rare-disease');
    const table = await tableOf(demo.csv);
    const found = await findRules(table, [], 'disease', silentTask);
    const telling = found.filter(({ tier }) => tier === 1);
    expect(texts(telling, table).slice(0, 3)).toEqual([
      'if treated = "yes" then dose > 0',
      'if treated = "no" then dose = 0',
      'if pregnant = "yes" then sex = "female"',
    ]);
    expect(texts(telling, table)).toContain('dose in 0 .. 50 step 10');
    const pregnant = telling[2]!;
    expect(pregnant).toMatchObject({ counterexamples: 0, examples: [] });
    // The rule of three, and about half of the pregnant would be male if the two had nothing to do with each other.
    expect(pregnant.mayBreakShare).toBeCloseTo(3 / pregnant.support, 12);
    expect(pregnant.expected! / pregnant.support).toBeCloseTo(0.5, 1);
    const rest = await findRules(table, demo.project.rules, 'disease', silentTask);
    expect(rest.filter(({ tier }) => tier === 1)).toEqual([]);
  });
});

describe('rules found in a table made for it', () => {
  const rng = createRng(4, 'found');
  const lines = ['price,count,total,start,end,town,region,smoker,packs,noise'];
  for (let i = 0; i < 800; i++) {
    const price = 5 + Math.round(rng.uniform() * 400) / 10;
    const count = 1 + rng.integer(12);
    const day = Date.UTC(2020, 0, 1 + rng.integer(300));
    const town = rng.integer(6);
    const smoker = rng.uniform() < 0.4;
    lines.push(
      [
        price.toFixed(1),
        count,
        (price * count + (i === 7 ? 1 : 0)).toFixed(1),
        new Date(day).toISOString().slice(0, 10),
        new Date(day + rng.integer(60) * 86_400_000).toISOString().slice(0, 10),
        `town ${town}`,
        ['north', 'south', 'west'][town % 3],
        smoker ? 'yes' : 'no',
        smoker ? 1 + rng.integer(30) : '',
        (rng.normal() * 10).toFixed(2),
      ].join(','),
    );
  }

  it('name formulas, orders, dependencies and missing cells, with what speaks against them', async () => {
    const table = await tableOf(lines.join('\n'));
    const found = await findRules(table, [], null, silentTask);
    const told = texts(found, table);
    expect(told).toContain('total = price * count');
    expect(found[told.indexOf('total = price * count')]).toMatchObject({ counterexamples: 1, examples: [8] });
    expect(told).toContain('start <= end');
    expect(told).toContain('if smoker = "no" then missing(packs)');
    expect(told).toContain('if smoker = "yes" then known(packs)');
    expect(told.find((text) => text.includes('region') && text.includes('town'))).toBe(
      '(if town in ("town 0", "town 3") then region = "north") and (if town in ("town 1", "town 4") then region = "south") and (if town in ("town 2", "town 5") then region = "west")',
    );
    // The region of a town is told once, and noise has no rules but its reach.
    expect(found.filter(({ rule, tier }) => tier === 1 && printRule(rule, specsOf(table)).includes('noise'))).toEqual(
      [],
    );
  });

  it('are few where nothing is to be found', async () => {
    const random = createRng(9, 'nothing');
    const rows = Array.from({ length: 600 }, () =>
      [
        random.normal().toFixed(3),
        random.normal().toFixed(3),
        'abc'[random.integer(3)],
        'xy'[random.integer(2)],
      ].join(),
    );
    const table = await tableOf(['a,b,c,d', ...rows].join('\n'));
    const found = await findRules(table, [], null, silentTask);
    expect(found.filter(({ tier }) => tier === 1)).toEqual([]);
  });

  it('leave out what the rules imply', async () => {
    const table = await tableOf(lines.join('\n'));
    const known = readRules('count in 1 .. 12\nstart < end # strictly', specsOf(table), (line) => `r${line}`).rules;
    const told = texts(await findRules(table, known, null, silentTask), table);
    expect(told.some((text) => text.startsWith('count in') || text.startsWith('start <'))).toBe(false);
  });
});
