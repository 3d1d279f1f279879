import { beforeAll, describe, expect, it } from 'vitest';
import type { Table } from '../data/table';
import { createDonorBootstrap } from '../dependence/donorBootstrap';
import { labelEffect } from '../dependence/labelTest';
import { inlineExecutor } from '../executor';
import { type CausalMap, createEdge, createNode } from '../graph/causalMap';
import { defaultNodeSettings } from '../project/nodeSettings';
import { emptyProject, type Project } from '../project/project';
import { changedProject, noChange } from '../project/projectChange';
import { rememberFits } from '../rememberFits';
import { createRng } from '../rng';
import { silentTask } from '../task';
import { numericSpec } from '../testing/generatorInput';
import { checkMechanisms } from './checkMechanisms';
import { generateRun, type Run } from './generateRun';
import { findRemedies } from './remedies';
import { secondOpinions } from './secondOpinions';
import { testArms } from './testArms';
import { type DependenceReport, testRun } from './testRun';

/** a -> c, a -> y <- b, c -> d: two causes of the target that are unrelated in the population, and a link beside it. */
function worldTable(rows: number): Table {
  const rng = createRng(3, 'test-run-world');
  const [a, b, c, d] = [0, 1, 2, 3].map(() => new Float64Array(rows));
  const y = new Int32Array(rows);
  const round = (value: number) => Math.round(value * 1000) / 1000;
  for (let i = 0; i < rows; i++) {
    a![i] = round(rng.normal());
    b![i] = round(rng.normal());
    c![i] = round(0.9 * a![i]! + rng.normal());
    d![i] = round(0.8 * c![i]! + rng.normal());
    // Either cause is enough: among the rare rows a low a comes with a high b.
    y[i] = Number(rng.uniform() < 1 / (1 + Math.exp(5 - 4 * Math.max(a![i]!, b![i]!))));
  }
  const numeric = (name: string, values: Float64Array) => ({
    name,
    kind: 'continuous' as const,
    values,
    decimals: 3,
    datePattern: null,
  });
  return {
    rows,
    columns: [
      numeric('a', a!),
      numeric('b', b!),
      numeric('c', c!),
      numeric('d', d!),
      { name: 'y', kind: 'binary', codes: y, levels: ['no', 'yes'] },
    ],
    source: {
      text: '',
      delimiter: ',',
      quote: '"',
      newline: '\n',
      start: new Uint32Array(rows),
      end: new Uint32Array(rows),
      header: null,
    },
  };
}

const mapOf = (arrows: readonly (readonly [string, string])[]): CausalMap => ({
  nodes: ['a', 'b', 'c', 'd', 'y'].map((name) => createNode(name)),
  edges: arrows.map(([from, to]) => createEdge(from, to)),
});
const right = mapOf([
  ['a', 'c'],
  ['a', 'y'],
  ['b', 'y'],
  ['c', 'd'],
]);
const withoutAtoC = mapOf([
  ['a', 'y'],
  ['b', 'y'],
  ['c', 'd'],
]);
const projectOf = (map: CausalMap): Project => ({
  ...emptyProject,
  target: { column: 'y', rareLevels: ['yes'] },
  map,
  exposure: 'a',
  generation: {
    ...emptyProject.generation,
    parameters: { twins: { step: 1 } },
    amount: { kind: 'rows', rows: 800 },
  },
});

describe('a run is tested', () => {
  const table = worldTable(1500);
  const executor = rememberFits(inlineExecutor);
  const make = (project: Project) => generateRun(table, project, project.generation, executor, silentTask);
  let run: Run;
  let report: DependenceReport;
  const heard: string[] = [];
  beforeAll(async () => {
    run = await make(projectOf(right));
    report = await testRun(table, projectOf(right), run, 1, inlineExecutor, silentTask, (results) => {
      heard.push(...results.map(({ statement, comparison }) => `${comparison}/${statement.id}`));
    });
  }, 120_000);

  it('twins by the right map damage nothing, and every verdict is heard as it falls', () => {
    expect(report.counts.damaged).toBe(0);
    expect(report.counts.kept).toBeGreaterThan(5);
    expect(heard).toHaveLength(report.results.length);
  });

  it('says the same where the work is spread', async () => {
    const spread = { ...inlineExecutor, isParallel: true };
    expect(await testRun(table, projectOf(right), run, 1, spread, silentTask)).toEqual(report);
  });

  it('two causes of the target look linked after balancing, which is expected and told in words', () => {
    const found = report.results.find(
      ({ statement, comparison }) => comparison === 'unweighted' && statement.id === 'independent/a/b',
    )!;
    expect(found.verdict).toBe('expected-from-balancing');
    expect(found.sentence).toMatch(/a and b look linked after balancing .*that is expected: both lead to y/);
    const link = report.newLinks.find(({ x, y }) => x === 'a' && y === 'b');
    expect(link?.cause).not.toBe('made');
  });

  it('follows the one path from the exposure, and keeps its strength', () => {
    expect(report.paths.map(({ nodes }) => nodes.join('>'))).toEqual(['a>y']);
    expect(report.paths[0]!.before).toBeGreaterThan(0.2);
    expect(report.paths[0]!.isTurned).toBe(false);
    expect(report.paths[0]!.verdict).not.toBe('damaged');
  });

  it('rows whose c is dealt out at random: the arrow is damaged, the links gone, the fidelity worse', async () => {
    const c = run.columnNames.indexOf('c');
    const columns = run.columns.map((column, i) => (i === c ? column.toReversed() : column));
    const broken = await testRun(table, projectOf(right), { ...run, columns }, 1, inlineExecutor, silentTask);
    const damaged = broken.results.filter(({ verdict }) => verdict === 'damaged').map(({ statement }) => statement.id);
    expect(damaged).toContain('arrow/a/c');
    expect(damaged).toContain('arrow/c/d');
    const measure = (of: DependenceReport, id: string) => of.fidelity.measures.find((one) => one.id === id)!.value!;
    expect(measure(broken, 'association-difference')).toBeGreaterThan(measure(report, 'association-difference') + 0.1);
    expect(measure(broken, 'auc-boosted')).toBeGreaterThan(0.6);
    expect(broken.fidelity.pairs[0]!.real).toBeGreaterThan(0.3);
    expect(Math.abs(broken.fidelity.pairs[0]!.synthetic)).toBeLessThan(0.15);
  });

  it('a wider margin forgives, and adjustments only raise p-values', async () => {
    const wide = { ...projectOf(right), tests: { margin: 0.5, adjustment: 'by' as const } };
    const other = await testRun(table, wide, run, 1, inlineExecutor, silentTask);
    expect(other.counts.kept).toBeGreaterThan(report.counts.kept);
    other.results.forEach((result, i) => {
      expect(result.margin).toBe(0.5);
      expect(result.before).toBe(report.results[i]!.before);
    });
  });

  it('SMOTE leaves rows on lines between real ones, twins do not', async () => {
    const smote = { ...projectOf(right).generation, generator: 'smote' };
    const made = await generateRun(table, projectOf(right), smote, executor, silentTask);
    const { fidelity } = await testRun(table, projectOf(right), made, 1, inlineExecutor, silentTask);
    const lines = (of: DependenceReport['fidelity']) => of.measures.find(({ id }) => id === 'interpolation-lines')!;
    expect(lines(fidelity).value).toBeGreaterThan(0.9);
    expect(lines(report.fidelity).value).toBeLessThan(0.05);
    expect(lines(fidelity).reference).toBeLessThan(0.05);
  });

  it('mechanisms hold on rows held out from learning', async () => {
    const { checks } = await checkMechanisms(
      table,
      projectOf(right),
      projectOf(right).generation,
      executor,
      silentTask,
    );
    expect(checks.map(({ node, test }) => [node, test])).toEqual([
      ['a', 'label'],
      ['b', 'label'],
      ['c', 'label'],
      ['d', 'label'],
      ['y', 'slopes'],
    ]);
    expect(checks.filter(({ verdict }) => verdict === 'damaged')).toEqual([]);
  });

  it('a missing arrow is found as the remedy, by trying it', async () => {
    const project = projectOf(withoutAtoC);
    const wrong = await make(project);
    const { results } = await testRun(table, project, wrong, 1, inlineExecutor, silentTask);
    const damaged = results.filter(({ verdict }) => verdict === 'damaged');
    expect(damaged.map(({ statement }) => statement.id)).toContain('independent/a/c');
    const found = await findRemedies(table, project, project.generation, damaged, executor, silentTask);
    expect(found.present.damaged).toBeGreaterThan(0);
    const [best] = found.remedies;
    expect(best!.predicted.damaged).toBeLessThan(found.present.damaged);
    const arrow = found.remedies.find(({ change }) => change.arrow !== null)!;
    expect([arrow.change.arrow!.from, arrow.change.arrow!.to].sort()).toEqual(['a', 'c']);
    expect(arrow.predicted.damaged).toBe(0);
    expect(found.conclusion).toContain(best!.label);
  });

  it('a wrong demand on a mechanism is found as the remedy; a tighter rule and smaller steps are tried too', async () => {
    const wrongWay = { parent: 'a', sign: '-', monotone: false, most: null } as const;
    const pinned = { ...defaultNodeSettings('c'), limits: [wrongWay] };
    const project = { ...projectOf(right), mechanisms: [pinned] };
    const { results } = await testRun(table, project, await make(project), 1, inlineExecutor, silentTask);
    const damaged = results.filter(({ verdict }) => verdict === 'damaged');
    expect(damaged.map(({ statement }) => statement.id)).toContain('arrow/a/c');
    const found = await findRemedies(table, project, project.generation, damaged, executor, silentTask);
    const given = found.remedies.find(({ change }) => change.mechanism?.node === 'c')!;
    expect(given.label).toBe('Let the data choose how c is learned');
    expect(given.predicted.damaged).toBe(0);
    const labels = [...found.remedies, ...found.tried].map(({ label }) => label);
    expect(labels).toContainEqual(expect.stringMatching(/^Add a rule: no row farther out than 95 %/));
    expect(labels).toContainEqual(expect.stringMatching(/^Trust the map less/));
    const mended = changedProject(project, given.change);
    expect(mended.mechanisms).toEqual([]);
    const after = await testRun(table, mended, await make(mended), 1, inlineExecutor, silentTask);
    expect(after.counts.damaged).toBe(0);
  });

  it('with weights only, the unweighted table is not judged, and nothing else changes', async () => {
    const project = changedProject(projectOf(right), { ...noChange(projectOf(right).generation), withWeights: true });
    const judged = await testRun(table, project, run, 1, inlineExecutor, silentTask);
    expect(judged.results).toEqual(report.results.filter(({ comparison }) => comparison !== 'unweighted'));
    expect(judged.newLinks).toEqual(report.newLinks);
  });

  it('tilted rows are judged by the weights they carry, which give the table its law back', async () => {
    const tilted = { ...projectOf(right).generation, generator: 'tilt', amount: { kind: 'rows', rows: 1500 } as const };
    const made = await generateRun(table, projectOf(right), tilted, executor, silentTask);
    const judge = async (one: Run | Omit<Run, 'rowWeights'>) =>
      (await testRun(table, projectOf(right), one, 1, inlineExecutor, silentTask)).results;
    const results = await judge(made);
    const of = (all: typeof results, comparison: string, id: string) =>
      all.find((one) => one.comparison === comparison && one.statement.id === id)!;
    expect(results.filter(({ verdict }) => verdict === 'damaged')).toEqual([]);
    // The tilt ties the causes together; the weights untie them.
    const tied = of(results, 'unweighted', 'independent/a/b');
    const untied = of(results, 'weighted', 'independent/a/b');
    expect(Math.abs(tied.difference)).toBeGreaterThan(2 * Math.abs(untied.difference));
    expect(untied.syntheticRows).toBe(1500);
    const withoutWeights = await judge({ ...made, rowWeights: null });
    expect(of(withoutWeights, 'weighted', 'independent/a/b').syntheticRows).toBeLessThan(1500);
  });

  it('every test that fits has an opinion, and the change is tested on disjoint rows', async () => {
    const { statement } = report.results.find(({ statement: one }) => one.id === 'arrow/a/c')!;
    const asked = await secondOpinions(table, projectOf(right), run, statement, 'within-class', silentTask);
    expect(asked.opinions.length).toBeGreaterThan(8);
    expect(asked.opinions.every(({ before }) => before !== null && before.pValue < 0.01)).toBe(true);
    const same = asked.changes.find(({ label }) => label.startsWith('Equivalence'))!;
    expect(same.pValue).toBeGreaterThan(0);
  });

  it('arms that cannot work say why, the others are judged alike', async () => {
    const few = { ...projectOf(right), exposure: null };
    const arms = await testArms(table, few, ['random', 'smote-n'], executor, silentTask);
    expect(arms[0]!.problem).toBeNull();
    expect(arms[0]!.measures.find(({ id }) => id === 'copies')!.value).toBe(1);
    expect(arms[0]!.mechanisms.map(({ node }) => node)).toEqual(['a', 'b', 'c', 'd', 'y']);
    expect(arms[1]!.problem).toMatch(/\w/);
    expect(arms[1]!.results).toEqual([]);
  });
});

describe('the label test', () => {
  const rows = 600;
  const rng = createRng(9, 'label-test');
  const parent = Float64Array.from({ length: rows }, () => rng.normal());
  const group = Int32Array.from({ length: rows }, (_, i) => i % 150);
  const ask = (noise: (row: number) => number) =>
    labelEffect(
      {
        frame: {
          rows,
          specs: [numericSpec('x'), numericSpec('v')],
          columns: [parent, parent.map((x, row) => x + noise(row))],
        },
        realRows: rows / 2,
        group,
      },
      'v',
      ['x'],
      createDonorBootstrap(150, createRng(9, 'label-bootstrap')),
    )!;

  it('sees no difference where there is none, a shift, and a spread that shrank', () => {
    expect(ask(() => rng.normal()).interval.low).toBe(0);
    const shifted = ask((row) => rng.normal() + Number(row >= rows / 2));
    expect(shifted.interval.low).toBeGreaterThan(0.2);
    const shrunk = ask((row) => rng.normal() * (row >= rows / 2 ? 0.4 : 1));
    expect(shrunk.interval.low).toBeGreaterThan(0.1);
  });
});
