import type { Frame } from '../data/frame';
import { EngineError } from '../errors';
import { type CausalMap, createEdge, createNode } from '../graph/causalMap';
import { createRng, ROWS_PER_BLOCK } from '../rng';
import { evaluateNode, type StructuralModel } from '../scm/structuralModel';
import * as catalogue from './catalogue';
import type { World } from './world';

/** Every demo world. */
export const worlds: readonly World[] = Object.values(catalogue);

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
  let columns: readonly Float64Array[] = model.specs.map(() => new Float64Array(0));
  for (const node of model.order) {
    const value = held.get(node);
    columns =
      value === undefined
        ? drawNode(model, node, columns, seed, rows)
        : columns.with(node, new Float64Array(rows).fill(value));
  }
  return { rows, specs: model.specs, columns };
}

/** The columns with that of `node` drawn anew from its parents, on the noises that the seed gives it. */
export function drawNode(
  model: StructuralModel,
  node: number,
  columns: readonly Float64Array[],
  seed: number,
  rows = columns[0]!.length,
): readonly Float64Array[] {
  const noise = new Float64Array(rows);
  for (let block = 0; block * ROWS_PER_BLOCK < rows; block++) {
    const rng = createRng(seed, `simulate/${node}`, block);
    const end = Math.min(rows, (block + 1) * ROWS_PER_BLOCK);
    for (let i = block * ROWS_PER_BLOCK; i < end; i++) noise[i] = rng.uniform();
  }
  return columns.with(node, evaluateNode(model, node, columns, noise));
}

/** Rows of the world as a table would hold them: without its latent variables. */
export function simulateWorld(world: World, rows: number, seed: number): Frame {
  const { specs, columns } = simulateModel(structureOf(world), rows, seed);
  const recorded = (_: unknown, k: number) => !world.nodes[k]!.isLatent;
  return { rows, specs: specs.filter(recorded), columns: columns.filter(recorded) };
}

/** The world after its drift: the mechanisms that changed in place of those they were. */
export const driftedWorld = (world: World): World => ({
  ...world,
  nodes: world.nodes.map((node) => world.drift?.nodes.find(({ spec }) => spec.name === node.spec.name) ?? node),
});

/** The map the world was simulated from, with what an expert would say of its nodes and arrows. */
export function mapOf(world: World): CausalMap {
  return {
    nodes: world.nodes.map(({ spec: { name }, isLatent }) => {
      const position = world.positions[name];
      return createNode(name, {
        ...world.facts?.[name],
        latent: isLatent ?? false,
        ...(position ? { position: { x: position[0], y: position[1] } } : {}),
      });
    }),
    edges: world.nodes.flatMap(({ spec, parents }) =>
      parents.map((parent) => {
        const stated = world.monotone?.find(([from, to]) => from === parent && to === spec.name);
        return createEdge(parent, spec.name, '->', stated ? { sign: stated[2], monotone: true } : {});
      }),
    ),
  };
}
