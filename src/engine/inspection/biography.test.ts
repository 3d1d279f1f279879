import { describe, expect, it } from 'vitest';
import { importFile } from '../data/importFile';
import { guessAll } from '../data/importOptions';
import type { ColumnKind } from '../data/table';
import { inlineExecutor } from '../executor';
import { generateRun, type Run } from '../generation/generateRun';
import { runInput } from '../generation/runInput';
import { dagOf } from '../graph/dag';
import type { GenerationSettings } from '../project/project';
import { rememberFits } from '../rememberFits';
import { fitModel } from '../scm/fitModel';
import { silentTask } from '../task';
import { categoricalSpec, numericSpec } from '../testing/generatorInput';
import { makeDemo } from '../worlds/demo';
import { type Biography, biographyOf } from './biography';
import { habitsOf, oddities } from './oddities';

/** 800 rows of the demo, its rare ones among them, so that fits take a moment only. */
async function world() {
  const executor = rememberFits(inlineExecutor);
  const { csv, project } = makeDemo('rare-disease');
  const [header, ...lines] = csv.trimEnd().split('\n');
  const at = header!.split(',').indexOf('disease');
  const rare = lines.filter((line) => line.split(',')[at] === 'yes');
  const kept = [...new Set([...rare, ...lines.slice(0, 600)])];
  const bytes = new TextEncoder().encode(`${[header, ...kept].join('\n')}\n`);
  const kinds: { column: string; kind: ColumnKind }[] = [];
  const { imported } = await importFile('demo.csv', bytes, guessAll, kinds, silentTask);
  const { table } = imported;
  const input = runInput(table, project);
  const model = await fitModel(input.frame, dagOf(input.map), input.target, 1, executor, silentTask);
  const make = (patch: Partial<GenerationSettings>) => {
    const settings: GenerationSettings = { ...project.generation, amount: { kind: 'rows', rows: 300 }, ...patch };
    return generateRun(table, project, settings, executor, silentTask);
  };
  const account = (run: Run, row: number, usesMap: boolean): Biography =>
    biographyOf({
      table,
      run: input,
      habits: habitsOf(input.frame),
      rules: project.rules,
      model,
      layer: 'synthetic',
      row,
      made: {
        values: new Map(run.columnNames.map((name, c) => [name, run.columns[c]![row]!])),
        donor: run.donor[row]!,
        partner: run.partner[row]! < 0 ? null : run.partner[row]!,
        proposals: run.proposals[row]!,
        refusedByRules: run.refusedByRules[row]!,
        redrawn: run.redrawn,
        usesMap,
        trace: null,
      },
      format: (_, value) => String(value),
      descendants: null,
      messages: [],
    });
  return { make, account };
}

describe('the biography of a row', async () => {
  const { make, account } = await world();

  it('tells of a twin what was redrawn, what follows and what stayed', async () => {
    const run = await make({ redraw: ['severity'] });
    const told = account(run, 0, true);
    const part = (name: string) => told.stories.find(({ column }) => column === name)!;
    expect(part('disease').part).toBe('held');
    expect(part('severity').part).toBe('redrawn');
    expect(part('age').part).toBe('kept');
    expect(part('age').noiseBefore).toEqual(part('age').noiseAfter);
    expect(part('crp').part).toBe('recomputed');
    expect(part('crp').why).toContain('severity');
    expect(told.rules.every(({ state }) => state !== 'broken')).toBe(true);
    expect(told.oddities).toEqual([]);
    expect(told.nearest).toHaveLength(3);
    expect(told.nearest[0]!.distance).toBeLessThanOrEqual(told.nearest[1]!.distance);
  });

  it('puts the noise of a redrawn number where its prediction says', async () => {
    const run = await make({});
    for (let row = 0; row < 20; row++) {
      const { prediction, value, noiseAfter } = account(run, row, true).stories.find(
        ({ column }) => column === 'severity',
      )!;
      if (prediction.kind !== 'numbers') throw new Error('severity is a number');
      const [low, , median, , high] = prediction.quantiles;
      const u = (noiseAfter![0] + noiseAfter![1]) / 2;
      expect(value >= median!).toBe(u >= 0.5);
      expect(value >= low! && value <= high!).toBe(u >= 0.025 && u <= 0.975);
    }
  });

  it('finds both parents of a SMOTE row, its place between them and what no real row has', async () => {
    const run = await make({ generator: 'smote' });
    const all = Array.from({ length: 300 }, (_, row) => account(run, row, false));
    for (const { mixingShare, partner } of all) {
      expect(partner).not.toBeNull();
      if (mixingShare !== null) expect(mixingShare).toBeGreaterThanOrEqual(0);
      if (mixingShare !== null) expect(mixingShare).toBeLessThanOrEqual(1);
    }
    const offGrid = all.filter(({ oddities }) =>
      oddities.some(({ kind, columns }) => kind === 'off-grid' && columns[0] === 'dose'),
    );
    expect(offGrid.length).toBeGreaterThan(4);
    for (const { oddities, texts, columns } of offGrid) {
      const dose = texts[columns.indexOf('dose')]!;
      expect(['0', '10', '20', '30', '40', '50']).not.toContain(dose);
      expect(oddities.find(({ columns: named }) => named[0] === 'dose')!.text).toContain('0, 10, 20, 30, 40, 50');
    }
    const broken = all.filter(({ rules }) => rules.some(({ state }) => state === 'broken'));
    expect(broken.length).toBeGreaterThan(4);
  });
});

describe('what no real row has', () => {
  // 200 rows: dose 0 wherever untreated, 10 or 20 wherever treated.
  const treated = Float64Array.from({ length: 200 }, (_, i) => i % 2);
  const dose = Float64Array.from({ length: 200 }, (_, i) => (i % 2 === 0 ? 0 : i % 4 === 1 ? 10 : 20));
  const habits = habitsOf({
    rows: 200,
    specs: [categoricalSpec('treated', ['no', 'yes']), numericSpec('dose', 0, 'integer')],
    columns: [treated, dose],
  });
  const kinds = (values: number[]) =>
    oddities(habits, values, [], (_, value) => String(value)).map(
      ({ kind, columns }) => `${kind} ${columns.join('+')}`,
    );

  it('is a pair of values that never meet, or a number off the grid', () => {
    expect(kinds([1, 10])).toEqual([]);
    expect(kinds([0, 10])).toEqual(['unseen-pair treated+dose']);
    expect(kinds([0, 7])).toEqual(['off-grid dose']);
    expect(kinds([1, Number.NaN])).toEqual([]);
  });

  it('says nothing where independence would give hardly any row either', () => {
    const few = habitsOf({ ...habits.frame, rows: 8, columns: [treated.slice(0, 8), dose.slice(0, 8)] });
    expect(oddities(few, [0, 10], [], (_, value) => String(value))).toEqual([]);
  });
});
