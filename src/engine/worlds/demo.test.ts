import { describe, expect, it } from 'vitest';
import { compileRules } from '../constraints/compileRules';
import { frameOf } from '../data/frame';
import { importFile } from '../data/importFile';
import { guessAll } from '../data/importOptions';
import { dagOf } from '../graph/dag';
import { silentTask } from '../task';
import { makeDemo, makeDriftBatch } from './demo';
import { worlds } from './simulate';
import type { World } from './world';

const read = (csv: string) => {
  const [header, ...rows] = csv
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));
  return { header: header!, rows };
};
const emptyShare = (rows: readonly string[][], at: number) =>
  rows.filter((row) => row[at] === '').length / Math.max(1, rows.length);

describe.each(worlds.map((world): [string, World] => [world.id, world]))('demo %s', (id, world) => {
  const demo = makeDemo(id);
  const { header, rows } = read(demo.csv);
  const at = (name: string) => header.indexOf(name);

  it('is the same every time, with its true map, an id, a constant and rising days', () => {
    expect(makeDemo(id).csv).toBe(demo.csv);
    expect(rows.length).toBe(world.rows);
    dagOf(demo.project.map);
    for (const { name, latent } of demo.project.map.nodes)
      expect([name, header.includes(name)]).toEqual([name, !latent]);
    const { id: key, constant, day } = world.extras!;
    expect(new Set(rows.map((row) => row[at(key.column)])).size).toBe(rows.length);
    expect(new Set(rows.map((row) => row[at(constant.column)]))).toEqual(new Set([constant.value]));
    const days = rows.map((row) => row[at(day.column)]!);
    expect([...days].sort()).toEqual(days);
  });

  it('has empty cells, more of them in one class in one column', () => {
    const isRare = (row: readonly string[]) => row[at(world.target)] === world.rareLevel;
    for (const { column, common, rare } of world.extras!.missing) {
      // Four standard errors.
      for (const [share, part] of [
        [common, rows.filter((row) => !isRare(row))],
        [rare, rows.filter(isRare)],
      ] as const)
        expect(Math.abs(emptyShare(part, at(column)) - share)).toBeLessThan(
          4 * Math.sqrt((share * (1 - share)) / part.length),
        );
      const overall = emptyShare(rows, at(column));
      expect(overall).toBeGreaterThan(0.015);
      expect(overall).toBeLessThan(0.045);
    }
    expect(world.extras!.missing.some(({ common, rare }) => common !== rare)).toBe(true);
  });

  it('has a later batch with the same columns in which only the stated mechanisms moved', () => {
    const later = read(makeDriftBatch(id).csv);
    expect(later.header).toEqual(header);
    expect(later.rows.length).toBe(world.drift!.rows);
    const day = at(world.extras!.day.column);
    expect(later.rows[0]![day]! > rows.at(-1)![day]!).toBe(true);
    for (const moved of world.drift!.nodes) {
      const before = world.nodes.find(({ spec }) => spec.name === moved.spec.name)!;
      expect(moved.parents).toEqual(before.parents);
    }
  });

  it('breaks none of its rules and is read with its target', async () => {
    const bytes = new TextEncoder().encode(demo.csv);
    const { imported, summary } = await importFile(demo.fileName, bytes, guessAll, demo.kinds, silentTask);
    const levels = summary.columns.find(({ name }) => name === world.target)!.levels;
    const rare = levels.find(({ text }) => text === world.rareLevel)!.count / world.rows;
    expect(rare).toBeGreaterThan(0.015);
    expect(rare).toBeLessThan(0.085);
    expect(summary.columns.find(({ name }) => name === world.extras!.id.column)!.kind).toBe('id');
    const recorded = world.nodes.flatMap(({ spec, isLatent }) => (isLatent ? [] : [spec.name]));
    const frame = frameOf(imported.table, recorded);
    // Numbers are read as numbers and levels in their order, so that the true mechanisms can be held against the file.
    const levelsOf = (name: string) => world.nodes.find(({ spec }) => spec.name === name)!.spec.levels;
    for (const { name, levels } of frame.specs) expect([name, levels]).toEqual([name, levelsOf(name)]);
    const broken = compileRules(world.rules, frame.specs).countViolations(frame);
    expect(broken.filter(({ count }) => count > 0)).toEqual([]);
  });
});
