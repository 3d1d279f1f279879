import type { CausalMap } from '../graph/causalMap';
import { demoMap } from './demo';
import { mapDemos } from './mapDemos';
import { worlds } from './simulate';
import { truthTable } from './truthTable';

/** What the gallery shows of a demo. */
export interface DemoCard {
  readonly id: string;
  readonly title: string;
  readonly story: string;
  /** The mistake it is built to catch. */
  readonly trap: string;
  /** Positions, arrows and the target, for a small picture. */
  readonly map: CausalMap;
  readonly target: string;
  /** Null for a map without a table. */
  readonly table: {
    readonly rows: number;
    readonly columns: number;
    /** Share of rare rows in the world, from 1,000,000 rows; null where it was not computed. */
    readonly prevalence: number | null;
  } | null;
}

/** Columns that every demo file has beside those of its world: id, constant, day. */
const EXTRA_COLUMNS = 3;
const order = ['rare-disease', 'credit-default', 'card-fraud', 'machine-failure', 'birth-weight', 'hiring'];

/** Every demo: the simulated worlds first, then the maps without a table. */
export function demoCards(): readonly DemoCard[] {
  const simulated = worlds
    .toSorted((a, b) => order.indexOf(a.id) - order.indexOf(b.id))
    .map((world): DemoCard => {
      const map = demoMap(world);
      const recorded = world.nodes.filter(({ isLatent }) => !isLatent).length;
      const columns = recorded + EXTRA_COLUMNS + (world.extras?.followUp ? 1 : 0);
      const prevalence = truthTable(world.id)?.prevalence.value ?? null;
      return {
        id: world.id,
        title: world.title,
        story: world.story,
        trap: world.trap ?? '',
        map,
        target: world.target,
        table: { rows: world.rows, columns, prevalence },
      };
    });
  const maps = mapDemos.map(({ id, title, story, trap, map, outcome }): DemoCard => {
    return { id, title, story, trap, map, target: outcome, table: null };
  });
  return [...simulated, ...maps];
}
