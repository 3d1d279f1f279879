import type { Frame } from '../data/frame';
import { EngineError } from '../errors';
import { type CausalMap, createEdge, createNode } from '../graph/causalMap';
import { createRng, ROWS_PER_BLOCK } from '../rng';
import { evaluateNode, type StructuralModel } from '../scm/structuralModel';
import * as catalogue from './catalogue';
import type { World } from './world';

const worlds: readonly World[] = Object.values(catalogue);

/** @throws EngineError `bad-parameter` for an id no world has. */
export function worldById(id: string): World {
  const found = worlds.find((world) => world.id === id);
  if (!found)
    throw new EngineError(
      'bad-parameter',
      `There is no demo "${id}"; choose one of ${worlds.map((world) => world.id).join(', ')}.`,
    );
  return found;
}

/** The world's true mechanisms as a model that samplers can run on; `decimals` overrides the recorded precision. */
export function structureOf(world: World, decimals?: number): StructuralModel {
  const index = new Map(world.nodes.map(({ spec }, i) => [spec.name, i]));
  const d = world.nodes.length;
  const noiseCorrelation = new Float64Array(d * d);
  for (let k = 0; k < d; k++) noiseCorrelation[k * d + k] = 1;
  return {
    specs: world.nodes.map(({ spec }) => (decimals === undefined || spec.levels ? spec : { ...spec, decimals })),
    order: world.nodes.map((_, i) => i),
    parents: world.nodes.map(({ parents }) => parents.map((name) => index.get(name)!)),
    bidirected: [],
    mechanisms: world.nodes.map(({ mechanism }) => mechanism),
    noiseCorrelation,
  };
}

/**
 * Draws rows from a model in causal order. Values are rounded to the recorded precision as they are drawn, so that
 * children see their parents as the table shows them.
 * @param held Columns with a fixed value instead of their mechanism, as under an intervention do(column = value).
 */
export function simulateModel(
  model: StructuralModel,
  rows: number,
  seed: number,
  held: ReadonlyMap<number, number> = new Map(),
): Frame {
  const columns = model.specs.map(() => new Float64Array(rows));
  for (const node of model.order) {
    const value = held.get(node);
    if (value !== undefined) {
      columns[node]!.fill(value);
      continue;
    }
    const noise = new Float64Array(rows);
    for (let block = 0; block * ROWS_PER_BLOCK < rows; block++) {
      const rng = createRng(seed, `simulate/${node}`, block);
      const end = Math.min(rows, (block + 1) * ROWS_PER_BLOCK);
      for (let i = block * ROWS_PER_BLOCK; i < end; i++) noise[i] = rng.uniform();
    }
    columns[node]!.set(evaluateNode(model, node, columns, noise));
  }
  return { rows, specs: model.specs, columns };
}

export const simulateWorld = (world: World, rows: number, seed: number): Frame =>
  simulateModel(structureOf(world), rows, seed);

/** The map the world was simulated from. */
export function mapOf(world: World): CausalMap {
  return {
    nodes: world.nodes.map(({ spec: { name } }) => {
      const position = world.positions[name];
      return createNode(name, position ? { position: { x: position[0], y: position[1] } } : {});
    }),
    edges: world.nodes.flatMap(({ spec, parents }) => parents.map((parent) => createEdge(parent, spec.name))),
  };
}
