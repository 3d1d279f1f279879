import { describe, expect, it } from 'vitest';
import { claimValue, sampleWorld } from './claims';
import { worlds } from './simulate';
import type { World } from './world';

const ROWS = 40_000;

describe.each(worlds.map((world): [string, World] => [world.id, world]))('world %s', (_, world) => {
  const sample = sampleWorld(world, ROWS, 5);
  it.each(world.claims!.map((claim) => [claim.text, claim] as const))('%s', (__, claim) => {
    const { value, standardError } = claimValue(sample, claim);
    expect(Math.abs(value - claim.stated)).toBeLessThan(claim.precision + 4 * standardError + 1e-12);
    // A sample that could not tell the claim from its opposite proves nothing.
    if (Math.abs(claim.stated) > 0.005) expect(2 * standardError).toBeLessThan(Math.abs(claim.stated));
  });

  it('has mechanisms whose noise and quantile are inverse', () => {
    const { frame } = sample;
    const index = new Map(frame.specs.map(({ name }, k) => [name, k]));
    const rows = 400;
    const half = new Float64Array(rows).fill(0.5);
    for (const { spec, parents, mechanism } of world.nodes) {
      const given = parents.map((name) => frame.columns[index.get(name)!]!.slice(0, rows));
      const values = frame.columns[index.get(spec.name)!]!.slice(0, rows);
      const back = mechanism.quantile(given, mechanism.noise(given, values, half));
      const log = mechanism.logDensity(given, values);
      for (let i = 0; i < rows; i++) {
        // Values are recorded rounded, and a rounded value may lie half a step beyond where its law was cut.
        expect(Math.abs(back[i]! - values[i]!)).toBeLessThan(0.51 * 10 ** -spec.decimals + 1e-6);
        expect(log[i]!).toBeGreaterThan(-100);
      }
    }
  });
});
