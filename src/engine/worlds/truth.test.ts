import { expect, it } from 'vitest';
import { sampleWorld } from './claims';
import { worldById, worlds } from './simulate';
import { trueStrengths } from './trueStrengths';
import { truthOf } from './truth';
import { truthTable } from './truthTable';

it('knows the truth of every world, from a million rows, with what its design says', () => {
  for (const world of worlds) {
    const truth = truthTable(world.id)!;
    expect([truth.id, truth.rows, truth.target]).toEqual([world.id, 1_000_000, world.target]);
    expect(truth.claims.map(({ text }) => text)).toEqual(world.claims!.map(({ text }) => text));
    truth.claims.forEach(({ value, standardError, stated }, k) => {
      const { precision } = world.claims![k]!;
      expect(Math.abs(value - stated)).toBeLessThan(precision + 3 * standardError + 1e-12);
    });
    expect(truth.effects.some(({ exposure }) => exposure === world.exposure)).toBe(true);
  }
});

it('a smaller sample says what the table says, within its error', () => {
  const stored = truthTable('rare-disease')!;
  const now = truthOf(worlds.find((world) => world.id === 'rare-disease')!, 20_000, 9);
  expect(now.effects.map(({ exposure }) => exposure)).toEqual(stored.effects.map(({ exposure }) => exposure));
  expect(now.effects.some(({ exposure }) => exposure === 'hospital')).toBe(false);
  expect(now.effects.find(({ exposure }) => exposure === 'sex')!.direct.value).toBe(0);
  now.separations.forEach(({ column, effect }, k) => {
    expect(column).toBe(stored.separations[k]!.column);
    expect(Math.abs(effect - stored.separations[k]!.effect)).toBeLessThan(0.1);
  });
  now.effects.forEach(({ from, to, total, direct, crude }, k) => {
    const known = stored.effects[k]!;
    // Quartiles of a smaller sample are other questions where they differ.
    if (from !== known.from || to !== known.to) return;
    expect(Math.abs(total.value - known.total.value)).toBeLessThan(5 * total.standardError + 0.001);
    expect(Math.abs(direct.value - known.direct.value)).toBeLessThan(5 * direct.standardError + 0.001);
    if (crude) expect(Math.abs(crude.value - known.crude!.value)).toBeLessThan(5 * crude.standardError);
  });
  // All rows and the common class: the rare class of 20,000 rows is too small for a sharp comparison.
  now.correlations.forEach(({ all, common }, k) => {
    expect(Math.abs(all - stored.correlations[k]!.all)).toBeLessThan(0.05);
    expect(Math.abs(common - stored.correlations[k]!.common)).toBeLessThan(0.05);
  });
});

it('measures dependences as a smaller sample does, within its error', () => {
  const stored = truthTable('card-fraud')!;
  const now = trueStrengths(sampleWorld(worldById('card-fraud'), 20_000, 9));
  expect(now.map(({ x, y, given }) => [x, y, given])).toEqual(stored.strengths.map(({ x, y, given }) => [x, y, given]));
  now.forEach(({ all, rare, hasSign }, k) => {
    const known = stored.strengths[k]!;
    expect([all === null, rare === null, hasSign]).toEqual([known.all === null, known.rare === null, known.hasSign]);
    expect(Math.abs((all ?? 0) - (known.all ?? 0))).toBeLessThan(0.04);
    // About 380 rare rows: four standard errors.
    expect(Math.abs((rare ?? 0) - (known.rare ?? 0))).toBeLessThan(0.22);
  });
  const find = (x: string, y: string) => stored.strengths.find((one) => one.x === x && one.y === y)!;
  expect(find('night', 'new_device').all).toBe(0);
  expect(find('night', 'new_device').rare).toBeLessThan(-0.05);
});
