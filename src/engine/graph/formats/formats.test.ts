import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nastyNames, randomMap } from '../../testing/randomMap';
import { type CausalMap, createEdge, createNode, type RoleTag } from '../causalMap';
import { parseDagittyCode, writeDagittyCode } from './dagittyCode';
import { parseDot, writeDot } from './dot';
import { parseMapJson, writeMapJson } from './mapJson';
import { parseNameList, writeNameList } from './nameList';
import { readMap } from './readMap';

interface CodeCase {
  readonly id: string;
  readonly code: string;
  readonly ok: boolean;
  readonly quirk?: boolean;
  readonly result?: {
    type: string;
    name: string | null;
    nodes: string[];
    directed: [string, string][];
    bidirected: [string, string][];
    undirected: [string, string][];
    other?: unknown[];
    exposures: string[];
    outcomes: string[];
    adjusted: string[];
    latent: string[];
    selected: string[];
    positions: Record<string, [number, number]>;
    boundingBox: number[] | null;
  };
  readonly serialized?: string;
}
const cases: CodeCase[] = JSON.parse(
  readFileSync(new URL('../golden/dagitty-code.golden.json', import.meta.url), 'utf8'),
);
const usual = cases.filter(({ quirk }) => !quirk);
const failure = (run: () => unknown) => {
  try {
    run();
  } catch (error) {
    return error as { code: string; message: string; detail: { line?: number; column?: number } };
  }
  throw new Error('nothing was thrown');
};
const edgesOf = (map: CausalMap, kind: '->' | '<->') =>
  map.edges
    .filter((edge) => edge.kind === kind)
    .map(({ from, to }) => (kind === '<->' ? [from, to].sort() : [from, to]).join(' | '))
    .sort();
const joined = (pairs: [string, string][]) => pairs.map((pair) => pair.join(' | ')).sort();

describe('DAGitty code', () => {
  it.each(usual.filter(({ ok, result }) => ok && result!.undirected.length === 0 && !result!.other))(
    'reads $id as DAGitty does',
    ({ code, result, serialized }) => {
      for (const text of [code, serialized!]) {
        const read = parseDagittyCode(text);
        expect(read.map.nodes.map((node) => node.name).sort()).toEqual(result!.nodes);
        expect(edgesOf(read.map, '->')).toEqual(joined(result!.directed));
        expect(edgesOf(read.map, '<->')).toEqual(joined(result!.bidirected));
        expect(
          read.map.nodes
            .filter((node) => node.latent)
            .map((node) => node.name)
            .sort(),
        ).toEqual(result!.latent);
        for (const role of ['exposures', 'outcomes', 'adjusted', 'selected'] as const)
          expect([...read[role]].sort()).toEqual(result![role]);
        const positions = read.map.nodes.flatMap(({ name, position }) =>
          position ? [[name, [position.x, position.y]]] : [],
        );
        expect(Object.fromEntries(positions)).toEqual(result!.positions);
        expect(read).toMatchObject({ type: result!.type, name: result!.name, boundingBox: result!.boundingBox });
      }
    },
  );
  it.each(usual.filter(({ ok }) => !ok))('refuses $id with line and column', ({ code }) => {
    const error = failure(() => parseDagittyCode(code));
    expect(error.code).toBe('parse-error');
    expect(error.message).toMatch(/^Line \d+, column \d+: .+\.$/);
  });
  it.each(usual.filter(({ result }) => result && (result.undirected.length > 0 || result.other)))(
    'refuses the undirected and half-known edges of $id with a sentence',
    ({ code }) => {
      expect(failure(() => parseDagittyCode(code))).toMatchObject({
        code: 'parse-error',
        message: expect.stringMatching(/has no clear direction; a causal map needs ->/),
      });
    },
  );
  it.each([
    ['dag {\n  A -> B\n  A => C\n}', 3, 6, '=>'],
    ['dag { A -> }', 1, 12, 'expected a name'],
    ['dag { my-var -> y }', 1, 9, 'double quotes'],
    ['dag { "A -> B }', 1, 7, 'never closed'],
    ['dag { A -> B } rest', 1, 16, 'nothing after'],
    ['dag { X [e] -> Y }', 1, 9, '{X [exposure]} -> Y'],
    ['dag { “A” -> B }', 1, 7, 'double quotes'],
    ['dag A -> B', 1, 7, 'expected "{"'],
    ['hello', 1, 1, 'dag {'],
    ['dag { "" -> B }', 1, 7, 'a name between the quotes'],
    ['dag {\r\nA -> B\r\n# why\r\n}', 3, 1, 'no comments'],
  ])('names the place in %j', (code, line, column, words) => {
    const error = failure(() => parseDagittyCode(code));
    expect(error.detail).toEqual({ line, column });
    if (words !== '=>') expect(error.message).toContain(words);
  });
  it('takes letters of any script without quotes', () => {
    expect(parseDagittyCode('Größe->a_é;体重 -> a.é').map.nodes.map(({ name }) => name)).toEqual([
      'Größe',
      'a_é',
      '体重',
      'a.é',
    ]);
  });
  it('writes roles and reads them back', () => {
    const map: CausalMap = { nodes: [createNode('x'), createNode('y y')], edges: [createEdge('x', 'y y')] };
    const code = writeDagittyCode(map, { exposures: ['x'], outcomes: ['y y'] });
    expect(code).toBe('dag {\nx [exposure]\n"y y" [outcome]\nx -> "y y"\n}\n');
    expect(parseDagittyCode(code)).toMatchObject({ map, exposures: ['x'], outcomes: ['y y'] });
  });
  it('refuses endless nesting instead of overflowing', () => {
    expect(failure(() => parseDagittyCode(`dag ${'{'.repeat(50_000)}`)).code).toBe('parse-error');
  });
});

describe('DOT', () => {
  const arrows = (text: string) => parseDot(text).map.edges.map(({ from, to, kind }) => `${from} ${kind} ${to}`);
  it.each([
    ['strict digraph G { A -> B; B -> C }', ['A -> B', 'B -> C']],
    ['digraph { a -> b [dir=both]; c -> d [dir="back"] }', ['a <-> b', 'd -> c']],
    [
      'digraph { edge [dir=both]; a -> b; subgraph s { edge [dir=forward] c -> d } e -> f }',
      ['a <-> b', 'c -> d', 'e <-> f'],
    ],
    ['digraph { a -> {b c} -> d }', ['a -> b', 'a -> c', 'b -> d', 'c -> d']],
    ['digraph { a -> subgraph cluster_0 { label="x"; b; c } }', ['a -> b', 'a -> c']],
    ['// head\ndigraph { /* why */ a:n:w -> "b c":x # end\n }', ['a -> b c']],
    ['digraph { rankdir=LR node [shape=box color=red] 1.5 -> -2 }', ['1.5 -> -2']],
    ['digraph { "a" + "b" -> <c<i>d</i>> }', ['ab -> c<i>d</i>']],
    ['DiGraph { a <-> b; a -> b; a -> b }', ['a <-> b', 'a -> b']],
  ])('reads %s', (text, expected) => {
    expect(arrows(text)).toEqual(expected);
  });
  it('reads unrecorded variables as DoWhy and DAGitty mark them', () => {
    const { map } = parseDot('digraph { U [observed="no"]; V [latent]; W [observed=yes]; U -> W; V -> W }');
    expect(map.nodes.map(({ name, latent }) => [name, latent])).toEqual([
      ['U', true],
      ['V', true],
      ['W', false],
    ]);
  });
  it('turns the y axis the way of the screen', () => {
    expect(parseDot('digraph { a [pos="27,18!"]; b [pos="1.5,-0"] }').map.nodes.map((node) => node.position)).toEqual([
      { x: 27, y: -18 },
      { x: 1.5, y: 0 },
    ]);
  });
  it.each(['graph { a -- b }', 'digraph { a -> b [dir=none] }'])('refuses the undirected edge of %s', (text) => {
    expect(failure(() => parseDot(text)).message).toMatch(/has no clear direction/);
  });
  it('says that labels are not names', () => {
    expect(parseDot('digraph { n0 [label="age"]; n0 -> n1 }').warnings).toHaveLength(1);
    expect(parseDot('digraph { age [label="age"]; age -> n1 }').warnings).toHaveLength(0);
  });
});

const texts = fc.oneof(fc.constant(''), fc.string({ unit: 'binary' }), fc.constantFrom(...nastyNames));
const position = fc.option(
  fc
    .record({ x: fc.integer({ min: -9e6, max: 9e6 }), y: fc.integer({ min: -9e6, max: 9e6 }) })
    .map(({ x, y }) => ({ x: x / 1000, y: y / 1000 })),
);
const names = fc.oneof(
  fc.shuffledSubarray([...nastyNames], { minLength: 7, maxLength: 7 }),
  fc.uniqueArray(fc.string({ unit: 'binary', minLength: 1 }), { minLength: 7, maxLength: 7 }),
);
const decorated = names
  .chain((list) => randomMap(7, { names: list }))
  .chain((map) =>
    fc
      .tuple(
        fc.array(
          fc.record({
            tag: fc.constantFrom<(RoleTag | null)[]>(null, 'mediator', 'exposure'),
            note: texts,
            position,
          }),
          { minLength: map.nodes.length, maxLength: map.nodes.length },
        ),
        fc.array(texts, { minLength: map.edges.length, maxLength: map.edges.length }),
      )
      .map(
        ([nodes, reasons]): CausalMap => ({
          nodes: map.nodes.map((node, i) => ({ ...node, ...nodes[i]! })),
          edges: map.edges.map((edge, i) => ({ ...edge, reason: reasons[i]! })),
        }),
      ),
  );

describe('round trips with any names, notes and positions', () => {
  it('DAGitty code', () => {
    fc.assert(
      fc.property(decorated, (map) => {
        expect(parseDagittyCode(writeDagittyCode(map)).map).toEqual(map);
      }),
      { numRuns: 300 },
    );
  });
  it('DOT', () => {
    fc.assert(
      fc.property(decorated, (map) => {
        expect(parseDot(writeDot(map)).map).toEqual(map);
      }),
      { numRuns: 300 },
    );
  });
  it('JSON', () => {
    fc.assert(
      fc.property(decorated, (map) => {
        expect(parseMapJson(writeMapJson(map)).map).toEqual(map);
      }),
      { numRuns: 300 },
    );
  });
});

describe('JSON', () => {
  it('reads a project, a map and the short hand form', () => {
    const map = { nodes: [{ name: 'a' }, { name: 'b', latent: true }], edges: [{ from: 'a', to: 'b' }] };
    const expected = { nodes: [createNode('a'), createNode('b', { latent: true })], edges: [createEdge('a', 'b')] };
    expect(parseMapJson(JSON.stringify(map)).map).toEqual(expected);
    expect(
      parseMapJson(JSON.stringify({ format: 'counterpoise-project', map, exposure: 'a', target: { column: 'b' } })),
    ).toEqual({ map: expected, exposure: 'a', target: 'b' });
    expect(parseMapJson('{"edges": [["a", "b"], ["a", "<->", "b"], ["b", "<->", "a"]], "target": "b"}')).toEqual({
      map: {
        nodes: [createNode('a'), createNode('b')],
        edges: [createEdge('a', 'b'), createEdge('a', 'b', '<->')],
      },
      exposure: null,
      target: 'b',
    });
  });
  it.each([
    ['{"nodes": [{"name": 3}], "edges": []}', 'nodes[0].name: expected string but found 3.'],
    ['{"nodes": [], "edges": [["a"]]}', 'edges[0]'],
    ['{"map": {"nodes": [], "edges": [{"from": "a"}]}}', 'map.edges[0].to: expected'],
    ['{"edges": [{"from": "a", "to": "b", "kind": "--"}]}', 'edges[0].kind: expected ("->" | "<->")'],
    ['{"rows": 3}', 'found "rows"'],
  ])('names the place in %s', (text, words) => {
    expect(failure(() => parseMapJson(text))).toMatchObject({
      code: 'bad-map',
      message: expect.stringContaining(words),
    });
  });
  it.each([
    ['{"nodes": [\n  {"name": "a",}\n]}', 2, 16, 'a key in double quotes'],
    ['{"nodes": [1 2]}', 1, 14, '"," or "]"'],
    ['{"nodes": [], "edges": []} x', 1, 28, 'the end of the text'],
    ['{"nodes" []}', 1, 10, '":"'],
    ['{"nodes": tru}', 1, 11, 'a value'],
  ])('finds the fault in %j', (text, line, column, expected) => {
    const error = failure(() => readMap(text));
    expect(error).toMatchObject({ code: 'parse-error', detail: { line, column } });
    expect(error.message).toContain(expected);
  });
});

describe('readMap', () => {
  it.each([
    ['\uFEFFdag { A -> B }', 'dagitty'],
    ['A -> B <- C', 'dagitty'],
    ['{A "B {"} -> C', 'dagitty'],
    ['dag{graph[bb="0,0,1,1"] A -> B}', 'dagitty'],
    ['A E\nB O\n\nA B', 'dagitty'],
    ['digraph { A -> B }', 'dot'],
    ['strict digraph "G" { A -> B }', 'dot'],
    ['/* x */ # y\n graph { A -> B }', 'dot'],
    ['graph_size -> B', 'dagitty'],
    ['{"edges": [["A -> x", "B"]]}', 'json'],
  ])('knows the format of %j', (text, format) => {
    const read = readMap(text);
    expect(read.format).toBe(format);
    expect(read.map.edges.length).toBeGreaterThan(0);
  });
  it('names the cycle, whatever the format', () => {
    for (const text of ['dag { a -> b -> a }', 'digraph { a -> b; b -> a }', '{"edges":[["a","b"],["b","a"]]}'])
      expect(failure(() => readMap(text))).toMatchObject({
        code: 'cycle',
        message: expect.stringContaining('a -> b -> a'),
      });
    expect(failure(() => readMap(' \n')).message).toContain('the map is empty');
  });
  it('gives exposure and outcome', () => {
    expect(readMap('dag { x [e] y [o] x -> y }')).toMatchObject({ exposures: ['x'], outcomes: ['y'] });
    expect(readMap('{"edges":[["x","y"]],"exposure":"x","target":"q"}')).toMatchObject({
      exposures: ['x'],
      outcomes: [],
      warnings: ['q is named in the file but is no node of the map.'],
    });
  });
  it('spreads out positions in drawing units and leaves pixels alone', () => {
    const far = (text: string) => readMap(text).map.nodes.map((node) => node.position);
    expect(far('dag { a [pos="-1,0"] b [pos="1,0.5"] a -> b }')).toEqual([
      { x: 0, y: 0 },
      { x: 283, y: 71 },
    ]);
    expect(far('dag { a [pos="10,20"] b [pos="210,20"] a -> b }')).toEqual([
      { x: 10, y: 20 },
      { x: 210, y: 20 },
    ]);
  });
});

describe('parseNameList', () => {
  it.each([
    ['A,B;C|D,E', ['A', 'B'], ['C'], ['D', 'E']],
    ['A;B', ['A'], ['B'], []],
    ['A;B|', ['A'], ['B'], []],
    [
      ' blood pressure ; "x;y,z|w" | "say \\"hi\\"" , 5" disk',
      ['blood pressure'],
      ['x;y,z|w'],
      ['say "hi"', '5" disk'],
    ],
  ])('reads %s', (text, x, y, z) => {
    expect(parseNameList(text)).toEqual({ x, y, z });
  });
  it.each(['', 'A', 'A|B', ';B', 'A;', 'A;B;C', 'A;B|C|D', 'A,,B;C', 'A;B|C,', '"A;B', '"A"x;B', 'A;B|,'])(
    'refuses %j',
    (text) => {
      expect(failure(() => parseNameList(text)).code).toBe('parse-error');
    },
  );
  it('reads what writeNameList writes', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...nastyNames], { minLength: 3 }), fc.nat(3), (list, given) => {
        const query = { x: list.slice(0, 1), y: list.slice(1, 3), z: list.slice(3, 3 + given) };
        expect(parseNameList(writeNameList(query))).toEqual(query);
      }),
    );
  });
});
