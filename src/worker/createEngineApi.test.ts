import { describe, expect, it } from 'vitest';
import { importColumns } from '../engine/data/importFile';
import { guessAll } from '../engine/data/importOptions';
import { compareStatement } from '../engine/dependence/compareStatement';
import { type Executor, inlineExecutor, joinRows } from '../engine/executor';
import { generatorById } from '../engine/generators/catalogue';
import { fitNode } from '../engine/mechanisms/fitNode';
import { joinParts, prepareSearch, searchPart } from '../engine/numeric/neighbours';
import type { Project } from '../engine/project/project';
import { ROWS_PER_BLOCK } from '../engine/rng';
import { silentTask } from '../engine/task';
import type { EngineApi, Outcome } from './api';
import { createEngineApi } from './createEngineApi';

const nobody = () => {};

function unwrap<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.message);
  return outcome.value;
}

async function openDemo(engine: EngineApi): Promise<Project> {
  const { source, project } = unwrap(await engine.simulateDemo('rare-disease'));
  if (!source) throw new Error('The demo has no table.');
  const summary = unwrap(await engine.importTable('import', source, guessAll, [], nobody));
  const { fileName, bytes, hash, rows, options } = summary;
  return { ...project, data: { fileName, bytes, hash, rows, options, kinds: [] } };
}

const fewRows = (project: Project, rows: number): Project => ({
  ...project,
  generation: { ...project.generation, amount: { kind: 'rows', rows } },
});

async function exportText(engine: EngineApi, project: Project, runId: string): Promise<string> {
  return unwrap(await engine.exportCsv('export', project, runId, project.export, nobody)).blob.text();
}

/** Work spread as over two workers: pieces cross as structured clones, and the last piece is done first. */
const scattered: Executor = {
  isParallel: true,
  warmUp() {},
  async rehearse() {},
  coolDown() {},
  columnReaders: () => 2,
  async readColumns(request, shares) {
    const given = structuredClone(request);
    const read = [...shares.keys()]
      .reverse()
      .map(async (i) => structuredClone(await importColumns(given, shares[i]!, silentTask)));
    return (await Promise.all(read)).reverse();
  },
  async compareStatements(questions, _task, onCompared) {
    const given = structuredClone(questions);
    const last = given.statements.length - 1;
    const results = given.statements
      .map((_, i) => {
        const compared = structuredClone(compareStatement(given, last - i));
        onCompared(last - i, compared);
        return compared;
      })
      .reverse();
    return results;
  },
  async fitNodes(requests) {
    return requests
      .map((_, i) => requests.length - 1 - i)
      .map((i) => [i, structuredClone(fitNode(structuredClone(requests[i]!)))] as const)
      .sort(([a], [b]) => a - b)
      .map(([, result]) => result);
  },
  async findNeighbours(search) {
    const prepared = prepareSearch(structuredClone(search));
    const cut = prepared.rows.length >> 1;
    const last = await searchPart(prepared, cut, prepared.rows.length, silentTask);
    return joinParts(prepared.k, [structuredClone(last), await searchPart(prepared, 0, cut, silentTask)]);
  },
  async drawRows(plan, from, rows) {
    const given = structuredClone(plan);
    const starts = Array.from(
      { length: Math.ceil(rows / ROWS_PER_BLOCK) },
      (_, i) => from + i * ROWS_PER_BLOCK,
    ).reverse();
    const parts = starts.map((start) =>
      generatorById(plan.generator).draw(given, start, Math.min(ROWS_PER_BLOCK, from + rows - start)),
    );
    return joinRows(parts.reverse(), from);
  },
};

describe('the engine behind its contract', () => {
  it('takes a demo from a file to an augmented file whose real rows are untouched', async () => {
    const engine = createEngineApi();
    const project = await openDemo(engine);
    const request = { runId: 'r1', project, settings: project.generation };
    const phases = new Set<string>();
    const summary = unwrap(await engine.generate('g', request, (_, phase) => phases.add(phase)));
    expect(summary.ruleViolations.every(({ count }) => count === 0)).toBe(true);
    expect(summary.copies).toBe(0);
    expect(phases.size).toBeGreaterThan(1);

    const source = await unwrap(await engine.simulateDemo('rare-disease')).source!.blob.text();
    const lines = (await exportText(engine, project, 'r1')).trimEnd().split('\n');
    const real = source.trimEnd().split('\n');
    real.forEach((line, i) => {
      if (i > 0) expect(lines[i]!.startsWith(`${line},0,`)).toBe(true);
    });
    const header = lines[0]!.split(',');
    const cells = lines.slice(1).map((line) => line.split(','));
    const at = (name: string) => header.indexOf(name);
    expect(cells.length).toBe(6000 + summary.rows);
    const total = (keep: (row: string[]) => boolean) =>
      cells.filter(keep).reduce((sum, row) => sum + Number(row[at('weight')]), 0);
    const prevalence = real.filter((line) => line.split(',')[at('disease')] === 'yes').length / 6000;
    expect(total((row) => row[at('disease')] === 'yes') / total(() => true)).toBeCloseTo(prevalence, 6);
    for (const row of cells.slice(6000)) {
      expect(row[at('disease')]).toBe('yes');
      expect(row[at('treated')] === 'no').toBe(row[at('dose')] === '0');
      expect(row[at('pregnant')] === 'yes' && (row[at('sex')] === 'male' || Number(row[at('age')]) >= 48)).toBe(false);
    }
    expect(new Set(cells.map((row) => row[at('patient_no')])).size).toBe(cells.length);
  });

  it.each(['twins', 'smote', 'smote-nc', 'adasyn', 'random'])(
    '%s gives the same bytes however the work is spread',
    async (generator) => {
      const texts = await Promise.all(
        [inlineExecutor, scattered].map(async (executor) => {
          const engine = createEngineApi(executor);
          const project = fewRows(await openDemo(engine), 700);
          const settings = { ...project.generation, generator };
          unwrap(await engine.generate('g', { runId: 'r', project, settings }, nobody));
          return exportText(engine, project, 'r');
        }),
      );
      expect(texts[0]).toBe(texts[1]);
    },
  );

  it('stops when asked, says so, and goes on working', async () => {
    const engine = createEngineApi();
    const project = await openDemo(engine);
    const running = engine.generate('long', { runId: 'r', project, settings: project.generation }, () =>
      engine.cancel('long'),
    );
    expect(await running).toMatchObject({ ok: false, code: 'cancelled' });
    expect(await engine.readSlice(0, 2)).toMatchObject({ ok: true });
  });

  it('gives a run back to a fresh engine, and tests it there', async () => {
    const engine = createEngineApi();
    const project = fewRows(await openDemo(engine), 900);
    unwrap(await engine.generate('g', { runId: 'r', project, settings: project.generation }, nobody));
    const rows = unwrap(await engine.exportRun('r'));
    const fresh = createEngineApi();
    await openDemo(fresh);
    unwrap(await fresh.restoreRun(rows));
    expect(await exportText(fresh, project, 'r')).toBe(await exportText(engine, project, 'r'));
    const report = unwrap(await fresh.test('t', project, 'r', nobody, nobody));
    expect(report.results.length).toBeGreaterThan(20);
    expect(report.counts.damaged).toBeLessThanOrEqual(0.05 * report.results.length);
    const view = { target: project.target!, runs: { synthetic: 'r' } };
    const plane = { kind: 'columns', x: { column: 'age', isLog: false }, y: { column: 'crp', isLog: true } } as const;
    const scatter = unwrap(await fresh.scatter('s', view, plane, 1000, nobody));
    expect(scatter.layers.map(({ layer }) => layer)).toEqual(['common', 'rare', 'synthetic']);
    const detail = unwrap(await fresh.rowDetail(view, 'synthetic', 0, project.rules));
    expect(detail.brokenRules).toEqual([]);
    expect(detail.cells.some(({ changed }) => changed)).toBe(true);
  });

  it('refuses rows that were made from the table as it was read before', async () => {
    const engine = createEngineApi();
    const project = fewRows(await openDemo(engine), 300);
    const settings = { ...project.generation, generator: 'smote' };
    unwrap(await engine.generate('g', { runId: 'r', project, settings }, nobody));
    const rows = unwrap(await engine.exportRun('r'));
    const source = unwrap(await engine.simulateDemo('rare-disease')).source!;
    unwrap(await engine.importTable('again', source, guessAll, [{ column: 'dose', kind: 'ordinal' }], nobody));
    expect(await engine.restoreRun(rows)).toMatchObject({ ok: false, code: 'no-run' });
    unwrap(await engine.importTable('back', source, guessAll, [], nobody));
    expect(await engine.restoreRun(rows)).toMatchObject({ ok: true, value: { runId: 'r' } });
  });

  it('drops the rows of a table that was closed meanwhile', async () => {
    const engine = createEngineApi();
    const project = fewRows(await openDemo(engine), 300);
    const running = engine.generate('g', { runId: 'r', project, settings: project.generation }, nobody);
    const source = unwrap(await engine.simulateDemo('rare-disease')).source!;
    unwrap(await engine.importTable('other', source, guessAll, [], nobody));
    expect(await running).toMatchObject({ ok: false, code: 'cancelled' });
    expect(await engine.exportRun('r')).toMatchObject({ ok: false, code: 'no-run' });
  });

  it('says which column a run lacks once the map has grown', async () => {
    const engine = createEngineApi();
    const whole = fewRows(await openDemo(engine), 300);
    const name = whole.map.nodes.find((node) => node.name !== whole.target!.column)!.name;
    const map = {
      nodes: whole.map.nodes.filter((node) => node.name !== name),
      edges: whole.map.edges.filter(({ from, to }) => from !== name && to !== name),
    };
    const settings = { ...whole.generation, generator: 'random' };
    unwrap(await engine.generate('g', { runId: 'r', project: { ...whole, map, rules: [] }, settings }, nobody));
    const outcome = await engine.test('t', whole, 'r', nobody, nobody);
    expect(outcome).toMatchObject({ ok: false, code: 'bad-map' });
    expect(!outcome.ok && outcome.message).toContain(`"${name}"`);
  });

  it('says in a sentence what is missing', async () => {
    const engine = createEngineApi();
    expect(await engine.readSlice(0, 1)).toMatchObject({ ok: false, code: 'no-table' });
    const project = await openDemo(engine);
    const without = { ...project, map: { nodes: [], edges: [] } };
    expect(
      await engine.generate('g', { runId: 'r', project: without, settings: project.generation }, nobody),
    ).toMatchObject({ ok: false, code: 'bad-map' });
    expect(await engine.test('t', project, 'nowhere', nobody, nobody)).toMatchObject({ ok: false, code: 'no-run' });
  });
});

describe.each([
  ['an empty file', '', 'empty-file'],
  ['a header alone', 'a,b\n', 'no-rows'],
])('%s', (_, text, code) => {
  it('is refused with its code and keeps the open table', async () => {
    const engine = createEngineApi();
    await openDemo(engine);
    const outcome = await engine.importTable('i', { fileName: 'x.csv', blob: new Blob([text]) }, guessAll, [], nobody);
    expect(outcome).toMatchObject({ ok: false, code });
    expect(await engine.readSlice(0, 1)).toMatchObject({ ok: true });
  });
});
