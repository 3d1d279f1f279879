import { categoricalMechanism } from '../mechanisms/classifier';
import type { Mechanism } from '../mechanisms/mechanism';
import type { StructuralModel } from '../scm/structuralModel';
import { simulateModel } from '../worlds/simulate';

/** A network of categories with given tables, as the golden files hold it. */
export interface GivenNetwork {
  readonly nodes: readonly {
    readonly name: string;
    readonly levels: readonly string[];
    readonly parents: readonly string[];
    /** Rows by the parents' levels, first parent slowest. */
    readonly cpt: readonly (readonly number[])[];
  }[];
}

/** Real rare rows: forward draws whose target came out rare, so donors are themselves draws of P(V | Y = m). */
export function donorsOf(
  model: StructuralModel,
  target: number,
  code: number,
  wanted: number,
  seed: number,
): Float64Array[] {
  const kept: number[][] = model.specs.map(() => []);
  for (let round = 0; kept[0]!.length < wanted; round++) {
    const drawn = simulateModel(model, 40_000, seed + 1000 * round);
    drawn.columns[target]!.forEach((v, i) => {
      if (v === code && kept[0]!.length < wanted)
        drawn.columns.forEach((column, c) => {
          kept[c]!.push(column[i]!);
        });
    });
  }
  return kept.map((column) => Float64Array.from(column));
}

/** The network with its own tables as mechanisms. */
export function networkModel(network: GivenNetwork): StructuralModel {
  const index = new Map(network.nodes.map(({ name }, i) => [name, i]));
  const d = network.nodes.length;
  const noiseCorrelation = new Float64Array(d * d);
  for (let k = 0; k < d; k++) noiseCorrelation[k * d + k] = 1;
  const parents = network.nodes.map((node) => node.parents.map((name) => index.get(name)!));
  const mechanisms: Mechanism[] = network.nodes.map(({ name, levels, cpt }, k) =>
    categoricalMechanism(
      'given-table',
      {
        levels: levels.length,
        probabilities: (columns, rows) => {
          const out = new Float64Array(rows * levels.length);
          for (let i = 0; i < rows; i++) {
            let cell = 0;
            columns.forEach((column, p) => {
              cell = cell * network.nodes[parents[k]![p]!]!.levels.length + column[i]!;
            });
            out.set(cpt[cell]!, i * levels.length);
          }
          return out;
        },
      },
      () => ({ family: 'given-table', label: name, equation: name, terms: [] }),
      () => ({ family: 'given-table' }),
    ),
  );
  return {
    specs: network.nodes.map(({ name, levels }) => ({ name, kind: 'nominal', levels, decimals: 0, datePattern: null })),
    order: network.nodes.map((_, i) => i),
    parents,
    bidirected: [],
    mechanisms,
    noiseCorrelation,
  };
}
