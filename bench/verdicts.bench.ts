import type { Verdict } from '../src/engine/dependence/comparison';
import { inlineExecutor } from '../src/engine/executor';
import { generateRun } from '../src/engine/generation/generateRun';
import { testStatements } from '../src/engine/generation/testRun';
import { emptyProject, type Project } from '../src/engine/project/project';
import { rememberFits } from '../src/engine/rememberFits';
import { silentTask } from '../src/engine/task';
import * as catalogue from '../src/engine/worlds/catalogue';
import { mapOf, simulateWorld } from '../src/engine/worlds/simulate';
import type { World } from '../src/engine/worlds/world';
import { tableOf } from './frameTable';

/**
 * Verdicts on simulated worlds whose law is known. With the right map and causal twins at most 5 % of the statements may be
 * called damaged. What SMOTE truly breaks is known by asking a large sample: a statement of the map whose within-class effect
 * among very many SMOTE rows is off the true one by more than the margin. Those must be found.
 */

const SEEDS = 3;
const SYNTHETIC_ROWS = 3000;

const projectOf = (world: World, seed: number, generator: string): Project => ({
  ...emptyProject,
  target: { column: world.target, rareLevels: [world.rareLevel] },
  map: mapOf(world),
  exposure: world.exposure,
  generation: { ...emptyProject.generation, generator, seed, amount: { kind: 'rows', rows: SYNTHETIC_ROWS } },
});

type Counts = Record<Verdict, number>;

async function judged(world: World, rows: number, seed: number, generator: string) {
  const table = tableOf(simulateWorld(world, rows, seed));
  const project = projectOf(world, seed, generator);
  const executor = rememberFits(inlineExecutor);
  const run = await generateRun(table, project, project.generation, executor, silentTask);
  return testStatements(table, project, run, seed, inlineExecutor, silentTask);
}

/** Statements that SMOTE breaks in truth, with the change: by the verdicts of a table so large that chance has no say. */
async function trulyBroken(world: World): Promise<Map<string, number>> {
  const results = await judged(world, Math.min(400_000, 20 * world.rows), 4711, 'smote-nc');
  return new Map(
    results
      .filter(({ comparison, verdict }) => comparison !== 'unweighted' && verdict === 'damaged')
      .map(({ statement, comparison, difference }) => [`${comparison}/${statement.id}`, difference]),
  );
}

export async function run(): Promise<{ name: string; lines: string[]; figures: Record<string, number> }> {
  const lines = [
    `${SEEDS} tables a world, ${SYNTHETIC_ROWS} synthetic rows, margin 0.1. "Damaged" counts within-class, weighted and unweighted results together.`,
    '| world | rows | arm | kept | cannot tell | expected | damaged | share damaged | truly broken found |',
    '| --- | --- | --- | --- | --- | --- | --- | --- | --- |',
  ];
  const figures: Record<string, number> = {};
  const wanted = process.env.BENCH_WORLDS?.split(',');
  for (const world of Object.values(catalogue)) {
    if (wanted && !wanted.includes(world.id)) continue;
    const broken = await trulyBroken(world);
    for (const arm of ['twins', 'smote-nc'] as const) {
      const counts: Counts = { kept: 0, damaged: 0, 'cannot-tell': 0, 'expected-from-balancing': 0 };
      let found = 0;
      const damagedIds = new Map<string, number>();
      const said = new Map([...broken.keys()].map((key) => [key, [] as string[]]));
      for (let seed = 1; seed <= SEEDS; seed++) {
        const results = await judged(world, world.rows, seed, arm);
        for (const { verdict, statement, comparison, differenceInterval } of results) {
          counts[verdict]++;
          const key = `${comparison}/${statement.id}`;
          if (verdict === 'damaged') damagedIds.set(key, (damagedIds.get(key) ?? 0) + 1);
          if (verdict === 'damaged' && broken.has(key)) found++;
          const { low, high } = differenceInterval;
          said.get(key)?.push(`${verdict} (${low.toFixed(2)} to ${high.toFixed(2)})`);
        }
      }
      const total = Object.values(counts).reduce((a, b) => a + b, 0);
      const share = counts.damaged / total;
      figures[`${world.id}, ${arm}, share damaged`] = share;
      const hits = arm === 'twins' ? '' : `${found} of ${SEEDS * broken.size}`;
      if (arm !== 'twins')
        figures[`${world.id}, share of the truly broken found`] = broken.size ? found / SEEDS / broken.size : 1;
      lines.push(
        `| ${world.id} | ${world.rows} | ${arm} | ${counts.kept} | ${counts['cannot-tell']} | ${counts['expected-from-balancing']} | ${counts.damaged} | ${(100 * share).toFixed(1)} % | ${hits} |`,
      );
      if (arm !== 'twins')
        for (const [key, change] of broken)
          lines.push(`|  |  |  |  |  |  |  |  | ${key}, truly ${change.toFixed(2)}: ${said.get(key)!.join(', ')} |`);
      if (arm === 'twins')
        for (const [id, times] of damagedIds) lines.push(`|  |  |  |  |  |  | ${id} (${times}) |  |  |`);
    }
  }
  return { name: 'verdicts', lines, figures };
}
