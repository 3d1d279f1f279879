import { describe, expect, it } from 'vitest';
import { guessAll } from '../data/importOptions';
import { readTable } from '../data/readCsv';
import { type RowUnits, rowUnits } from '../data/rowUnits';
import type { NumericColumn, Table } from '../data/table';
import { boostedResiduals } from '../dependence/boostedFit';
import { checkMapAgainstData } from '../dependence/mapCheck';
import { columnIndex } from '../dependence/statementRows';
import { boostedGcm } from '../dependence/tests/boostedGcm';
import { gcm } from '../dependence/tests/gcm';
import { residualGcm } from '../dependence/tests/residualGcm';
import { variableOf } from '../dependence/variable';
import { interactionScreen } from '../diagnosis/interactionScreen';
import { inlineExecutor } from '../executor';
import { createEdge, createNode } from '../graph/causalMap';
import { fitNode } from '../mechanisms/fitNode';
import { emptyProject, type Project, type StudyDesign } from '../project/project';
import { createRng } from '../rng';
import { silentTask } from '../task';
import { classifierTest } from '../validation/classifierTest';
import { checkMechanisms } from './checkMechanisms';
import { heldOutRare } from './heldOutRare';
import { runInput } from './runInput';

const PATIENTS = 160;
const VISITS = 6;

/** Every patient is written down six times: a, b, c and the outcome of different patients are unrelated, rows of one are copies. */
async function copiedWorld(): Promise<Table> {
  const rng = createRng(11, 'copied-world');
  const lines = ['patient,site,day,a,b,c,y'];
  const patients = Array.from({ length: PATIENTS }, (_, p) => {
    const [a, b, c] = [rng.normal(), rng.normal(), rng.normal()].map((value) => value.toFixed(3));
    return `P${String(p).padStart(4, '0')},s${p % 4},${'#'},${a},${b},${c},${rng.uniform() < 0.3 ? 'yes' : 'no'}`;
  });
  for (let visit = 0; visit < VISITS; visit++)
    lines.push(...patients.map((row, p) => row.replace('#', String(10 * visit + (p % 10)))));
  return (await readTable(lines.join('\n'), guessAll, [{ column: 'patient', kind: 'id' }], silentTask)).table;
}
const world = copiedWorld();

const projectOf = (design?: StudyDesign): Project => ({
  ...emptyProject,
  target: { column: 'y', rareLevels: ['yes'] },
  map: {
    nodes: ['a', 'b', 'c', 'y'].map((name) => createNode(name)),
    edges: [createEdge('a', 'c'), createEdge('b', 'c'), createEdge('a', 'y')],
  },
  ...(design ? { design } : {}),
});
const byPatient: StudyDesign = { groups: ['patient'], time: null };

describe('units of rows', () => {
  it('are those of an id, of a category and of both taken together', async () => {
    const table = await world;
    const rows = Int32Array.from({ length: table.rows }, (_, i) => i);
    const count = (groups: readonly string[]) => new Set(rowUnits(table, groups, rows)).size;
    expect(count(['patient'])).toBe(PATIENTS);
    expect(count(['site'])).toBe(4);
    expect(count(['patient', 'site'])).toBe(4);
    expect(rowUnits(table, [], rows)).toBeNull();
    expect(rowUnits(table, ['nowhere'], rows)).toBeNull();
    // Of the first visit alone every patient has one row.
    expect(rowUnits(table, ['patient'], rows.subarray(0, PATIENTS))).toBeNull();
  });
  it('are told, as is that nothing can be kept together', async () => {
    const table = await world;
    expect(runInput(table, projectOf(byPatient)).messages.join()).toContain('160 groups');
    const few = { ...table, setAside: Uint8Array.from({ length: table.rows }, (_, row) => Number(row >= PATIENTS)) };
    expect(runInput(few, projectOf(byPatient)).messages.join()).toContain('cannot respect the groups of "patient"');
  });
});

describe('where rows of a group are copies', () => {
  it('a split of rows learns the copies by heart, a split of groups finds nothing', async () => {
    const { frame, units } = runInput(await world, projectOf(byPatient));
    const gain = (own: Int32Array | null) => {
      const { score, baselineScore } = fitNode({
        child: frame.specs[2]!,
        parents: [frame.specs[0]!, frame.specs[1]!],
        values: frame.columns[2]!,
        parentColumns: [frame.columns[0]!, frame.columns[1]!],
        weights: new Float64Array(frame.rows).fill(1),
        targetParent: -1,
        seed: 1,
        ...(own ? { units: own } : {}),
      }).fit;
      return score - baselineScore;
    };
    expect(gain(null)).toBeGreaterThan(0.03);
    expect(gain(units)).toBeLessThan(0.01);
  });

  it('real rows are told from their like only by a split of rows', async () => {
    const { frame, units } = runInput(await world, projectOf(byPatient));
    // "Synthetic" rows that are the next patient's: the same law, another person.
    const from = Int32Array.from(
      { length: frame.rows / 2 },
      (_, i) => Math.floor(i / PATIENTS) * 2 * PATIENTS + (i % PATIENTS),
    );
    const half = (side: number) => from.filter((row) => units![row]! % 2 === side);
    const [real, other] = [half(0), half(1)].map((rows) => ({
      rows: rows.length,
      specs: frame.specs.slice(0, 3),
      columns: frame.columns.slice(0, 3).map((column) => Float64Array.from(rows, (row) => column[row]!)),
    }));
    const own = Int32Array.from(half(0), (row) => units![row]!);
    // The copies of the other person have one donor each among the copies of this one, as rows of a generator would.
    const donor = Int32Array.from({ length: other!.rows }, (_, i) => i);
    const told = (groups: Int32Array | null) =>
      classifierTest(real!, other!, donor, groups, createRng(2, 'told-test'))!;
    expect(told(null).boosted.auc).toBeGreaterThan(0.7);
    expect(Math.abs(told(own).boosted.auc - 0.5)).toBeLessThan(0.15);
    const width = ({ low, high }: { low: number; high: number }) => high - low;
    expect(width(told(own).boosted)).toBeGreaterThan(1.4 * width(told(null).boosted));
  });

  it('an interaction is found by a split of rows alone', async () => {
    const { frame, units } = runInput(await world, projectOf(byPatient));
    const isRare = Uint8Array.from(frame.columns[3]!);
    const differences = ['a', 'b', 'c'].map((column) => ({ column, effect: 0.5 }) as never);
    const best = async (own: Int32Array | null) =>
      (await interactionScreen(frame, isRare, differences, silentTask, own)).pairs[0]!.pValue;
    expect(await best(null)).toBeLessThan(0.01);
    expect(await best(units)).toBeGreaterThan(0.05);
  });

  it('intervals are those of the groups, not of the rows', async () => {
    const { frame, units } = runInput(await world, projectOf(byPatient));
    const statement = { id: 's', kind: 'independence', x: 'a', y: 'b', given: [] } as const;
    const width = async (own: Int32Array | null) => {
      const { independences } = await checkMapAgainstData(frame, [statement], silentTask, own);
      return independences[0]!.high - independences[0]!.effect;
    };
    const ratio = (await width(units)) / (await width(null));
    // Six copies say as much as one row: sqrt(6) = 2.4 times as wide.
    expect(ratio).toBeGreaterThan(1.9);
    expect(ratio).toBeLessThan(3);
  });
});

describe('rare rows held out', () => {
  it('share no group with what is learned from, common rows included', async () => {
    const table = await world;
    const input = runInput(table, projectOf(byPatient));
    const { parts, said } = heldOutRare(table, input, byPatient, 1);
    const codes = input.frame.columns[input.target]!;
    expect(parts).toHaveLength(2);
    expect(said).toContain('whole groups together');
    for (const { learned, rare } of parts) {
      const own = new Set(Array.from(learned, (row) => input.units![row]!));
      expect(Array.from(rare).some((row) => own.has(input.units![row]!))).toBe(false);
      expect(Array.from(rare).every((row) => codes[row] === 1)).toBe(true);
    }
    const all = parts.flatMap(({ rare }) => [...rare]).sort((a, b) => a - b);
    expect(all).toEqual([...codes.keys()].filter((row) => codes[row] === 1));
  });

  it('come later than what is learned from where a time is named', async () => {
    const table = await world;
    const design: StudyDesign = { groups: [], time: 'day' };
    const input = runInput(table, projectOf(design));
    const { parts, said } = heldOutRare(table, input, design, 1);
    const { values: day } = table.columns.find(({ name }) => name === 'day') as NumericColumn;
    const times = (rows: Int32Array) => Array.from(rows, (row) => day[input.rows[row]!]!);
    expect(parts).toHaveLength(1);
    expect(said).toContain('later half');
    expect(Math.max(...times(parts[0]!.learned))).toBeLessThan(Math.min(...times(parts[0]!.rare)));
    expect(Math.min(...times(parts[0]!.common!))).toBeGreaterThanOrEqual(Math.min(...times(parts[0]!.rare)));
  });

  it('give a report that says how', async () => {
    const project = projectOf(byPatient);
    const report = await checkMechanisms(
      await world,
      project,
      { ...project.generation, generator: 'random' },
      inlineExecutor,
      silentTask,
    );
    expect(report.messages[0]).toMatch(/^Learned from half of the \d+ rare rows at a time, whole groups together/);
    expect(report.checks.map(({ node }) => node)).toEqual(['a', 'b', 'c', 'y']);
  });
});

describe('dependence tests that respect units', () => {
  const columnsOf = async () => {
    const { frame, units } = runInput(await world, projectOf(byPatient));
    const every = Int32Array.from({ length: frame.rows }, (_, i) => i);
    const [a, b, c] = ['a', 'b', 'c'].map((name) => variableOf(frame, columnIndex(frame, name), every));
    return { a: a!, b: b!, c: c!, units: units! };
  };
  it('take copies of a row for one row', async () => {
    const { a, b, c, units } = await columnsOf();
    for (const test of [gcm, residualGcm, boostedGcm]) {
      expect(test.respectsUnits).toBe(true);
      expect(test.run(a, b, [c], units).pValue).toBeGreaterThan(0.01);
    }
    const [rows, patients] = [gcm.run(a, b, [c]), gcm.run(a, b, [c], units)];
    expect(patients.statistic).toBeCloseTo(rows.statistic / Math.sqrt(VISITS), 1);
    expect(patients.effect).toBe(rows.effect);
  });
  it('do not predict a row from its copy', async () => {
    const { a, b, c, units } = await columnsOf();
    const left = (of: RowUnits | null) => boostedResiduals([b, c], a, of)[0]!.reduce((sum, v) => sum + v * v, 0);
    expect(left(units)).toBeGreaterThan(left(null));
  });
});
