import { suggestArrows } from '../src/engine/discovery/suggestArrows';
import { falsifyMap } from '../src/engine/falsification/falsifyMap';
import { silentTask } from '../src/engine/task';
import { rareDisease } from '../src/engine/worlds/rareDisease';
import { mapOf, simulateWorld } from '../src/engine/worlds/simulate';

/** Seconds for the questions that a map is asked about data: is it better than chance, what else would the data allow. */
export async function run() {
  const lines = ['| question | rows | seconds |', '|---|---|---|'];
  const figures: Record<string, number> = {};
  const time = async (what: string, rows: number, work: () => Promise<unknown>) => {
    const start = performance.now();
    await work();
    const seconds = (performance.now() - start) / 1000;
    lines.push(`| ${what} | ${rows.toLocaleString('en')} | ${seconds.toFixed(2)} |`);
    figures[`${what}/${rows}`] = seconds;
  };
  const map = mapOf(rareDisease);
  for (const rows of [500, 6000, 20_000]) {
    const frame = simulateWorld(rareDisease, rows, 3);
    for (const permutations of [20, 1000])
      await time(`map against ${permutations} permutations, 12 nodes`, rows, () =>
        falsifyMap(frame, map, { permutations }, silentTask),
      );
    for (const method of ['boss', 'pc-stable'] as const)
      await time(`hints by ${method}, 12 nodes`, rows, () => suggestArrows(frame, map, { method }, silentTask));
  }
  return { lines, figures };
}
