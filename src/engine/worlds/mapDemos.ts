import { type CausalMap, createEdge, createNode } from '../graph/causalMap';

/** A demo without a table: a map from the literature to ask questions of. */
export interface MapDemo {
  readonly id: string;
  readonly title: string;
  readonly story: string;
  readonly trap: string;
  readonly exposure: string;
  readonly outcome: string;
  readonly map: CausalMap;
}

const mapFrom = (
  arrows: readonly (readonly [from: string, to: string])[],
  positions: Readonly<Record<string, readonly [x: number, y: number]>>,
  source: string,
): CausalMap => ({
  nodes: Object.entries(positions).map(([name, [x, y]]) => createNode(name, { position: { x, y } })),
  edges: arrows.map(([from, to]) => createEdge(from, to, '->', { source })),
});

const asiaSource = 'Lauritzen and Spiegelhalter, JRSS B 50 (1988), figure 2';
const sachsSource = 'Sachs et al., Science 308 (2005), figure 3';

/**
 * Asia and Sachs, two maps that every textbook of causal graphs knows.
 * @see Local Computations with Probabilities on Graphical Structures and Their Application to Expert Systems, Journal of the
 * Royal Statistical Society B 50 (1988), figure 2.
 * @see Causal Protein-Signaling Networks Derived from Multiparameter Single-Cell Data, Science 308 (2005), figure 3.
 */
export const mapDemos: readonly MapDemo[] = [
  {
    id: 'asia',
    title: 'Asia',
    story: 'A visit to Asia, smoking and three diseases behind one X-ray: the map of a chest clinic.',
    trap: 'Knowing the X-ray makes two unrelated diseases compete.',
    exposure: 'smoking',
    outcome: 'dyspnoea',
    map: mapFrom(
      [
        ['asia', 'tuberculosis'],
        ['smoking', 'lung_cancer'],
        ['smoking', 'bronchitis'],
        ['tuberculosis', 'either'],
        ['lung_cancer', 'either'],
        ['either', 'xray'],
        ['either', 'dyspnoea'],
        ['bronchitis', 'dyspnoea'],
      ],
      {
        asia: [0, 0],
        smoking: [0, 220],
        tuberculosis: [220, 0],
        lung_cancer: [220, 130],
        bronchitis: [220, 280],
        either: [440, 60],
        xray: [660, 0],
        dyspnoea: [660, 200],
      },
      asiaSource,
    ),
  },
  {
    id: 'sachs',
    title: 'Sachs',
    story: 'Eleven proteins in one cell and the seventeen signals between them, found by intervening on them.',
    trap: 'Two kinases act on nearly everything: almost every pair is confounded.',
    exposure: 'Mek',
    outcome: 'Akt',
    map: mapFrom(
      [
        ['PKC', 'PKA'],
        ['PKC', 'Raf'],
        ['PKC', 'Mek'],
        ['PKC', 'P38'],
        ['PKC', 'Jnk'],
        ['PKA', 'Raf'],
        ['PKA', 'Mek'],
        ['PKA', 'Erk'],
        ['PKA', 'Akt'],
        ['PKA', 'P38'],
        ['PKA', 'Jnk'],
        ['Raf', 'Mek'],
        ['Mek', 'Erk'],
        ['Erk', 'Akt'],
        ['Plcg', 'PIP3'],
        ['Plcg', 'PIP2'],
        ['PIP3', 'PIP2'],
      ],
      {
        PKC: [0, 130],
        PKA: [200, 130],
        Raf: [400, 0],
        Mek: [600, 0],
        Erk: [800, 60],
        Akt: [1000, 130],
        P38: [400, 180],
        Jnk: [400, 290],
        Plcg: [600, 200],
        PIP3: [800, 170],
        PIP2: [800, 290],
      },
      sachsSource,
    ),
  },
];
