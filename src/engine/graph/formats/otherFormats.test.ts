import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EngineError } from '../../errors';
import { nastyNames, randomMap } from '../../testing/randomMap';
import { drawnMap } from '../../testing/referenceMap';
import { type CausalMap, createEdge, createNode, edgeKey } from '../causalMap';
import { dagOf } from '../dag';
import { isDSeparated } from '../dSeparation';
import { type MapFormatId, mapFormats, writeMap } from './catalogue';
import { readMap } from './readMap';

const question = { exposure: null, outcome: null };
const readable = mapFormats.filter(({ parse }) => parse !== null).map(({ id }) => id);
const arrowsOf = (map: CausalMap) => map.edges.map(({ from, kind, to }) => `${from} ${kind} ${to}`);
const failureOf = (text: string, format: MapFormatId | null = null) => {
  try {
    readMap(text, format);
  } catch (error) {
    if (error instanceof EngineError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
};
const latentOf = (map: CausalMap) => map.nodes.filter(({ latent }) => latent).map(({ name }) => name);

describe('examples as other programs write them', () => {
  const examples: [string, MapFormatId, string, string[], string[]?][] = [
    [
      'bnlearn',
      'bnlearn',
      '[A][S][T|A][L|S][B|S][D|B:E][E|T:L][X|E]',
      ['A -> T', 'S -> L', 'S -> B', 'B -> D', 'E -> D', 'T -> E', 'L -> E', 'E -> X'],
    ],
    ['bnlearn over lines', 'bnlearn', '[A]\n[B | A]\n', ['A -> B']],
    [
      'lavaan',
      'lavaan',
      '# measurement\nvisual =~ x1 + x2\n  y ~ b1*x1 + c(0.1, 0.2)*x2 ! why\nx1 ~~ x2; y ~~ y\ny ~ 1',
      ['visual -> x1', 'visual -> x2', 'x1 -> y', 'x2 -> y', 'x1 <-> x2'],
      ['visual'],
    ],
    ['lavaan over lines', 'lavaan', 'y ~ x +\n  z\nw ~ y\n  + x', ['x -> y', 'z -> y', 'y -> w', 'x -> w']],
    ['lavaan with fixed terms', 'lavaan', 'y ~ 0*x + z\nx ~~ 0*z\ntotal := a*b', ['z -> y']],
    [
      'Tetrad',
      'tetrad',
      'Graph Nodes:\nX1;X2;(L1);X3\n\nGraph Edges:\n1. X1 --> X2 dd nl\n2. L1 --> X3\n3. X1 <-> X3\n\nGraph Attributes:\nBIC: -12.3\n',
      ['X1 -> X2', 'L1 -> X3', 'X1 <-> X3'],
      ['L1'],
    ],
    [
      'GML of DoWhy',
      'gml',
      'graph[directed 1 node[ id "Z0" label "Z0"] node[ id "U" label "U" observed "no" ] edge[source "U" target "Z0"]]',
      ['U -> Z0'],
      ['U'],
    ],
    [
      'GML of networkx',
      'gml',
      'Creator "me"\ngraph [\n  directed 1\n  node [\n    id 0\n    label "blood &quot;p&quot; &#228;"\n  ]\n  node [\n    id 1\n    label "y"\n  ]\n  edge [\n    source 0\n    target 1\n    weight 0.5\n  ]\n]\n',
      ['blood "p" ä -> y'],
    ],
    [
      'BIF',
      'bif',
      'network unknown {\n}\nvariable asia {\n  type discrete [ 2 ] { yes, no };\n}\n// why\nvariable tub {\n  type discrete [ 2 ] { yes, no };\n  property position = (10, -20) ;\n}\nprobability ( asia ) {\n  table 0.01, 0.99;\n}\nprobability ( tub | asia ) {\n  (yes) 0.05, 0.95;\n  (no) 0.01, 0.99;\n}\n',
      ['asia -> tub'],
    ],
    [
      'XMLBIF',
      'xmlbif',
      '<?xml version="1.0"?>\n<!DOCTYPE BIF [\n <!ELEMENT BIF ( NETWORK )*>\n]>\n<BIF VERSION="0.3"><NETWORK><NAME>x</NAME><!-- a -> b -->\n<VARIABLE TYPE="nature"><NAME>light-on</NAME><OUTCOME>t</OUTCOME><PROPERTY>position = (73, 165)</PROPERTY></VARIABLE><VARIABLE TYPE="nature"><NAME>a &amp; b</NAME></VARIABLE><DEFINITION><FOR>a &amp; b</FOR><GIVEN>light-on</GIVEN><TABLE>0.6 0.4</TABLE></DEFINITION></NETWORK></BIF>',
      ['light-on -> a & b'],
    ],
    [
      'NET',
      'net',
      'net\n{\n  node_size = (80 40);\n}\nnode S { states = ("no" "yes"); label = "smokes {daily}"; position = (100 200); }\ndiscrete node L { states = ("no" "yes"); }\npotential (L | S) { data = ((0.9 0.1) % no\n (0.5 0.5)); }\n',
      ['smokes {daily} -> L'],
    ],
    [
      'Mermaid',
      'mermaid',
      '%% map\nflowchart TD\n  A["blood pressure"] --> B & C\n  A -.-> D{{heart}}\n  B -->|why| D; C <--> D\n  B -- because --> E\n  class E latent\n  style A fill:#fff',
      ['blood pressure -> B', 'blood pressure -> C', 'blood pressure -> heart', 'B -> heart', 'C <-> heart', 'B -> E'],
      ['E'],
    ],
    ['Mermaid graph', 'mermaid', 'graph LR\nA-->B-->C', ['A -> B', 'B -> C']],
  ];
  it.each(examples)('%s', (_title, format, text, arrows, latent = []) => {
    const read = readMap(text);
    expect(read.format).toBe(format);
    expect(arrowsOf(read.map)).toEqual(arrows);
    expect(latentOf(read.map)).toEqual(latent);
  });
  it('keep positions where there are any', () => {
    const placesIn = (title: string) =>
      readMap(examples.find(([name]) => name === title)![2]).map.nodes.map(({ position }) => position);
    expect(placesIn('BIF')).toEqual([null, { x: 10, y: -20 }]);
    expect(placesIn('XMLBIF')).toEqual([{ x: 73, y: 165 }, null]);
    expect(placesIn('NET')).toEqual([{ x: 100, y: 200 }, null]);
  });
  it('say that probabilities were left out', () => {
    for (const name of ['BIF', 'XMLBIF', 'NET'])
      expect(readMap(examples.find(([one]) => one === name)![2]).warnings.join()).toMatch(/probabilities .* left out/);
  });
  it('stay DOT, DAGitty code and JSON where they were', () => {
    const formats = [
      'digraph { a -> b }',
      'graph LR { }',
      'dag { "x ~ y" -> z }',
      'x -> y',
      '{"nodes":["~"],"edges":[]}',
      '{a b} -> c',
      'E 1 @0,0\nO 1\n\nE O',
    ].map((text) => readMap(text).format);
    expect(formats).toEqual(['dot', 'dot', 'dagitty', 'dagitty', 'json', 'dagitty', 'dagitty']);
  });
});

describe('faults are named by line and column', () => {
  it.each([
    ['[A][B|C]', null, 1, 7, 'no bracket of its own'],
    ['[A][B|A', 'bnlearn', 1, 4, 'never closed'],
    ['[A][A|B]', 'bnlearn', 1, 4, 'has a bracket already'],
    ['y ~ x\nz ~ 2x', null, 2, 5, 'no name in lavaan'],
    ['y ~ x +', 'lavaan', 1, 8, 'expected a name'],
    ['Graph Nodes:\nA;B\n\nGraph Edges:\n1. A o-> B', null, 5, 1, 'no clear direction'],
    ['Graph Nodes:\nA;B\n\nGraph Edges:\n1. A --> C', null, 5, 1, 'not among the graph nodes'],
    ['graph [ node [ id 0 ] ]', null, 1, 1, 'undirected'],
    ['graph [ directed 1 node [ id 0 ] edge [ source 0 target 7 ] ]', null, 1, 34, 'no node'],
    ['graph [ directed 1 node [ id 0 ', null, 1, 32, 'expected "]"'],
    ['network x { }\nvariable a { type discrete [ 1 ] { s } }\nprobability ( b ) { }', null, 3, 15, 'declare it first'],
    ['<BIF><NETWORK></BIF>', null, 1, 15, 'expected </NETWORK>'],
    ['<BIF><NETWORK><VARIABLE></VARIABLE></NETWORK></BIF>', null, 1, 15, 'has no NAME'],
    ['net { }\nnode A { states = ("a") }', null, 2, 26, 'expected ";"'],
    ['flowchart LR\n  A --- B', null, 2, 5, 'no arrowhead'],
    ['flowchart LR\n  A["x --> B', null, 2, 4, 'never closed'],
  ] as const)('%j', (text, format, line, column, words) => {
    const error = failureOf(text, format);
    expect(error.message).toContain(words);
    expect(error.message).toMatch(/^Line \d+, column \d+: .+\.$/s);
    expect(error.detail).toEqual({ line, column });
  });
});

/** What every format keeps: names, arrows and, by hidden causes where needed, the separations among recorded nodes. */
describe.each(readable)('%s', (id) => {
  const nasty = fc.shuffledSubarray([
    ...nastyNames,
    '%41',
    '%',
    '100%',
    ' lead',
    'trail ',
    '\t',
    'a~b',
    'é',
    '1',
    '0',
    '#35;',
    '&quot;',
    '(L)',
    '<b>',
    'U1',
    'n1',
    's0',
    'x:::y',
    '--> b',
  ]);
  const plainMaps = randomMap(6, { latent: false, bidirected: false });
  const renamed = (map: CausalMap, names: readonly string[]): CausalMap => {
    const nameOf = new Map(map.nodes.map(({ name }, i) => [name, names[i] ?? name]));
    return {
      nodes: map.nodes.map((node) => ({ ...node, name: nameOf.get(node.name)! })),
      edges: map.edges.map((edge) => ({ ...edge, from: nameOf.get(edge.from)!, to: nameOf.get(edge.to)! })),
    };
  };
  it('brings every name and arrow back, and is told apart', () => {
    fc.assert(
      fc.property(plainMaps, nasty, (plain, names) => {
        const map = renamed(plain, names);
        const { text } = writeMap(id, map, question);
        const read = readMap(text);
        expect(read.format).toBe(id);
        expect(read.map.nodes.map(({ name }) => name).sort()).toEqual(map.nodes.map(({ name }) => name).sort());
        expect(read.map.edges.map(edgeKey).sort()).toEqual(map.edges.map(edgeKey).sort());
      }),
      { numRuns: 150 },
    );
  });
  it('keeps the separations among recorded nodes with latent nodes and <->, and says what it cannot hold', () => {
    fc.assert(
      fc.property(randomMap(5), (map) => {
        const { text, losses } = writeMap(id, map, question);
        const read = readMap(text).map;
        const [before, after] = [dagOf(map), dagOf(read)];
        const recorded = map.nodes.filter(({ latent }) => !latent).map(({ name }) => name);
        for (const x of recorded)
          for (const y of recorded) {
            if (x >= y) continue;
            const rest = recorded.filter((name) => name !== x && name !== y);
            for (let bits = 0; bits < 1 << rest.length; bits++) {
              const z = rest.filter((_, i) => (bits >> i) & 1);
              expect(isDSeparated(after, [x], [y], z)).toBe(isDSeparated(before, [x], [y], z));
            }
          }
        const keepsTies =
          read.edges.filter(({ kind }) => kind === '<->').length ===
          map.edges.filter(({ kind }) => kind === '<->').length;
        const keepsLatent = latentOf(map).every((name) => latentOf(read).includes(name));
        if (!keepsTies || !keepsLatent) expect(losses.length).toBeGreaterThan(0);
      }),
      { numRuns: 60 },
    );
  });
  it('reads or refuses a damaged text, but never breaks on it', () => {
    fc.assert(
      fc.property(
        randomMap(5, { names: nastyNames }),
        fc.array(
          fc.tuple(
            fc.nat(2000),
            fc.constantFrom('', '"', '[', ']', '{', '}', '\n', ';', '->', '|', '<', '>', '\\', '%', '&#', '~', '0'),
          ),
          { maxLength: 4 },
        ),
        (map, cuts) => {
          let text = writeMap(id, map, question).text;
          for (const [at, piece] of cuts) {
            const place = at % (text.length + 1);
            text = text.slice(0, place) + piece + text.slice(place + (at % 3));
          }
          try {
            readMap(text);
          } catch (error) {
            expect(error).toBeInstanceOf(EngineError);
            expect(['parse-error', 'bad-map', 'duplicate-node', 'cycle']).toContain((error as EngineError).code);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('positions', () => {
  const map: CausalMap = {
    nodes: [createNode('a', { position: { x: 0, y: 40 } }), createNode('b c', { position: { x: 300, y: -60.5 } })],
    edges: [createEdge('a', 'b c')],
  };
  it.each(['json', 'dagitty', 'dot', 'gml', 'bif', 'xmlbif', 'net'] as const)('survive %s', (id) => {
    expect(readMap(writeMap(id, map, question).text).map.nodes.map(({ position }) => position)).toEqual(
      map.nodes.map(({ position }) => position),
    );
  });
});

describe('deep and long texts', () => {
  it.each([
    ['gml', `graph [ directed 1 ${'node [ '.repeat(50_000)}`],
    ['bif', `network x ${'{ '.repeat(100_000)}`],
    ['xmlbif', `<BIF>${'<A>'.repeat(100_000)}`],
    ['net', `net ${'{ '.repeat(100_000)}`],
    ['mermaid', `flowchart LR\n${'A--'.repeat(50_000)}`],
    ['bnlearn', '['.repeat(100_000)],
    ['lavaan', `y ~ ${'x + '.repeat(50_000)}`],
  ] as const)('%s is refused in time', (id, text) => {
    expect(failureOf(text, id).code).toBe('parse-error');
  });
});

it('tells what only JSON keeps', () => {
  const map = { ...drawnMap('a -> b'), comments: [{ id: 'comment 1', text: 'why', position: { x: 0, y: 0 } }] };
  expect(writeMap('dagitty', map, question).losses).toEqual(['Left out, because only JSON keeps it: comments.']);
  expect(writeMap('json', map, question).losses).toEqual([]);
});

it('writes a TikZ picture with every name escaped', () => {
  const { text } = writeMap('tikz', { ...drawnMap('50%_{x} -> y; (u) -> y; u <-> y') }, question);
  expect(text).toContain('{50\\%\\_\\{x\\}};');
  expect(text).toContain('\\draw[arrow] (n0) -- (n1);');
  expect(text).toContain('\\node[latent] (n2)');
  expect(text.match(/\\begin\{/g)).toHaveLength(2);
  expect(failureOf(text, 'tikz').message).toContain('can be written as LaTeX but not read');
});
