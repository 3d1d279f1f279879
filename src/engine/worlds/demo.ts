import type { Frame } from '../data/frame';
import { type CausalMap, createEdge, createNode } from '../graph/causalMap';
import { type DataReference, emptyProject, type Project } from '../project/project';
import { createRng } from '../rng';
import { mapDemos } from './mapDemos';
import { driftedWorld, mapOf, simulateWorld, worldById } from './simulate';
import type { FileExtras, FollowUp, World } from './world';

/** A table as a user would have brought it. */
interface DemoFile {
  readonly fileName: string;
  readonly csv: string;
}

/** A demo as a user would have brought it: a CSV file, and the project an expert would have made of it. */
interface Demo extends DemoFile {
  readonly project: Project;
  /** Numbers that few values could be taken for categories of: kinds as the expert would set them. */
  readonly kinds: DataReference['kinds'];
}

/** The project of a map demo: no table yet, exposure and outcome chosen. Null where no map demo has the id. */
export function mapDemoProject(id: string): Project | null {
  const demo = mapDemos.find((one) => one.id === id);
  if (!demo) return null;
  const { title, exposure, outcome, map } = demo;
  const target = { column: outcome, rareLevels: [] };
  return { ...emptyProject, name: `Demo: ${title}`, target, exposure, map };
}

const SEED = 20_260;
/** Numbers with no more values than this are read as categories by some importers. */
const FEW_VALUES = 20;
const DRIFT_SEED = 20_261;

/** The true map of a demo's file: that of its world, with the two days where one row in some has a later one. */
export function demoMap(world: World): CausalMap {
  const map = mapOf(world);
  const { day, followUp } = world.extras ?? {};
  if (!day || !followUp) return map;
  const { positions, facts } = followUp;
  const node = (name: string, part: 'day' | 'later') =>
    createNode(name, { ...facts[part], position: { x: positions[part][0], y: positions[part][1] } });
  return {
    nodes: [...map.nodes, node(day.column, 'day'), node(followUp.column, 'later')],
    edges: [...map.edges, createEdge(day.column, followUp.column), createEdge(followUp.when.column, followUp.column)],
  };
}

/**
 * The demo's file: the simulated columns plus what real tables have besides, an id, a constant, a day and a few empty cells,
 * more of them in one class in one column. The project has the true map, the target, the question and the rules, but no runs.
 * @throws EngineError `bad-parameter` for an id no world has.
 */
export function makeDemo(id: string): Demo {
  const world = worldById(id);
  const frame = simulateWorld(world, world.rows, SEED);
  return {
    fileName: `${world.id}.csv`,
    csv: csvOf(world, frame, world.extras?.day ?? null, SEED, 10_000),
    kinds: frame.specs.flatMap(({ name, kind, levels }, k) =>
      !levels && new Set(frame.columns[k]).size <= FEW_VALUES ? [{ column: name, kind }] : [],
    ),
    project: {
      ...emptyProject,
      name: `Demo: ${world.title}`,
      target: { column: world.target, rareLevels: [world.rareLevel] },
      exposure: world.exposure,
      map: demoMap(world),
      rules: [...world.rules, ...(world.extras?.followUp?.rules ?? [])],
      ...(world.extras?.day.isDesign ? { design: { groups: [], time: world.extras.day.column } } : {}),
    },
  };
}

/**
 * A later batch of the demo, with the columns of its file: some mechanisms have changed, as `world.drift` says.
 * @throws EngineError `bad-parameter` for an id no world has.
 */
export function makeDriftBatch(id: string): DemoFile {
  const world = worldById(id);
  const { drift, extras } = world;
  const frame = simulateWorld(driftedWorld(world), drift?.rows ?? world.rows, DRIFT_SEED);
  const day = extras && { ...extras.day, ...(drift && { from: drift.from, to: drift.to }) };
  return { fileName: `${world.id}-later.csv`, csv: csvOf(world, frame, day ?? null, DRIFT_SEED, 50_000) };
}

const DAY_MS = 86_400_000;

function csvOf(
  { extras, target, rareLevel }: World,
  frame: Frame,
  day: FileExtras['day'] | null,
  seed: number,
  firstId: number,
): string {
  const rng = createRng(seed, 'demo-missing');
  const targetAt = frame.specs.findIndex(({ name }) => name === target);
  const rareCode = frame.specs[targetAt]!.levels!.indexOf(rareLevel);
  const emptied = frame.specs.map(({ name }) => extras?.missing.find(({ column }) => column === name));
  const before = extras ? [extras.id.column, extras.constant.column] : [];
  const start = day ? Date.parse(day.from) : 0;
  const days = day ? (Date.parse(day.to) - start) / DAY_MS : 0;
  const followUp = day ? extras?.followUp : undefined;
  const later = followUp && laterDays(followUp, frame, seed);
  const after = followUp ? [followUp.column] : [];
  const lines = [[...before, ...(day ? [day.column] : []), ...frame.specs.map(({ name }) => name), ...after].join(',')];
  for (let i = 0; i < frame.rows; i++) {
    const isRare = frame.columns[targetAt]![i] === rareCode;
    const cells = frame.specs.map((spec, c) => {
      const missing = emptied[c];
      if (missing && rng.uniform() < (isRare ? missing.rare : missing.common)) return '';
      const value = frame.columns[c]![i]!;
      return spec.levels ? spec.levels[value]! : value.toFixed(spec.decimals);
    });
    const ms = start + Math.floor((days * i) / frame.rows) * DAY_MS;
    const wait = later?.[i];
    const last = followUp ? [wait ? dayText(ms + wait * DAY_MS) : ''] : [];
    const own = extras ? [`${extras.id.prefix}${firstId + i}`, extras.constant.value] : [];
    lines.push([...own, ...(day ? [dayText(ms)] : []), ...cells, ...last].join(','));
  }
  return `${lines.join('\n')}\n`;
}

const dayText = (ms: number) => new Date(ms).toISOString().slice(0, 10);

/** Days until the later date, shape (rows,); 0 where a row has none. */
function laterDays({ when, meanDays }: FollowUp, frame: Frame, seed: number): Int32Array {
  const rng = createRng(seed, 'demo-follow-up');
  const at = frame.specs.findIndex(({ name }) => name === when.column);
  const code = frame.specs[at]!.levels!.indexOf(when.level);
  return Int32Array.from(frame.columns[at]!, (value) =>
    value === code ? 1 + Math.floor(-meanDays * Math.log(rng.uniform())) : 0,
  );
}
