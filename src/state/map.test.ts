import { afterEach, describe, expect, it } from 'vitest';
import { type CausalMap, createEdge, createNode } from '../engine/graph/causalMap';
import { createEngineApi } from '../worker/createEngineApi';
import { createMemoryStorage } from './memoryStorage';
import { mapHash } from './runInputs';
import { createStudioStore, type StudioStore } from './store';

let store: StudioStore;
const open = (...arrows: readonly (readonly [string, string])[]) => {
  store = createStudioStore(createEngineApi(), createMemoryStorage());
  for (const [from, to] of arrows) store.getState().connect(from, to);
  return store.getState;
};
afterEach(() => store.detach());
const edges = () => store.getState().project.map.edges.map(({ from, kind, to }) => `${from} ${kind} ${to}`);

describe('drawing', () => {
  it('refuses a cycle, names it and leaves the map as it was', () => {
    const studio = open(['a', 'b'], ['b', 'c']);
    const refusal = studio().connect('c', 'a');
    expect(refusal?.cycle).toEqual(['c', 'a', 'b', 'c']);
    expect(refusal?.message).toBe(
      'c → a would close a cycle, because a → b → c is drawn: remove or reverse one of those arrows first.',
    );
    expect(studio().refusal).toBe(refusal);
    expect(edges()).toEqual(['a -> b', 'b -> c']);
    studio().addNode('d');
    expect(studio().refusal).toBeNull();
  });

  it('refuses a node to cause itself, and an edge drawn twice from either end', () => {
    const studio = open(['a', 'b']);
    expect(studio().connect('a', 'a')?.cycle).toBeNull();
    expect(studio().connect('a', 'b')).not.toBeNull();
    expect(studio().connect('a', 'b', '<->')).toBeNull();
    expect(studio().connect('b', 'a', '<->')).not.toBeNull();
    expect(edges()).toEqual(['a -> b', 'a <-> b']);
  });

  it('lets a common cause join what an arrow could not', () => {
    const studio = open(['a', 'b']);
    expect(studio().connect('b', 'a', '<->')).toBeNull();
  });
});

describe('time and forbidden arrows', () => {
  it('refuses an arrow that points back in time, and a tier that would turn a drawn one back', () => {
    const studio = open(['age', 'crp']);
    studio().addNode('visit');
    expect(studio().setTier('age', 0)).toBeNull();
    expect(studio().setTier('visit', 2)).toBeNull();
    expect(studio().connect('visit', 'age')?.message).toBe(
      'visit → age would point back in time: visit is of tier 2, age of tier 0.',
    );
    expect(studio().connect('visit', 'age', '<->')).toBeNull();
    expect(studio().connect('visit', 'crp')).toBeNull();
    expect(studio().setTier('crp', 1)?.message).toMatch(/visit → crp would point back in time/);
    expect(studio().project.map.nodes.find(({ name }) => name === 'crp')?.tier).toBeNull();
    expect(studio().setTier('crp', 2)).toBeNull();
    studio().undo();
    expect(studio().project.map.nodes.find(({ name }) => name === 'crp')?.tier).toBeNull();
  });

  it('refuses an arrow on the list of those that must not be', () => {
    const studio = open(['a', 'b']);
    studio().replaceMap({ ...studio().project.map, forbidden: [{ from: 'b', to: 'c' }] });
    expect(studio().connect('b', 'c')?.message).toBe(
      "b → c is on the map's list of arrows that must not be: allow it first.",
    );
    expect(studio().connect('c', 'b')).toBeNull();
  });
});

describe('describing', () => {
  it('keeps what is said of an arrow and of a node, undoable, and no run goes stale by it', () => {
    const studio = open(['a', 'b']);
    const edge = { from: 'a', to: 'b', kind: '->' } as const;
    const free = mapHash(studio().project.map);
    studio().describeEdge(edge, { sign: '-', monotone: true });
    // A sign is held in the fit: it reaches the rows.
    const before = mapHash(studio().project.map);
    expect(before).not.toBe(free);
    studio().describeEdge(edge, { confidence: 'guess' });
    studio().describeEdge(edge, { source: 'Registry 2019' });
    expect(studio().project.map.edges[0]).toMatchObject({
      confidence: 'guess',
      sign: '-',
      monotone: true,
      source: 'Registry 2019',
    });
    studio().describeNode('a', { sensitive: true });
    expect(studio().project.map.nodes[0]).toMatchObject({ sensitive: true, fixed: false });
    expect(mapHash(studio().project.map)).toBe(before);
    studio().undo();
    studio().undo();
    expect(studio().project.map.nodes[0]?.sensitive).toBe(false);
    expect(studio().project.map.edges[0]).toMatchObject({ source: '', sign: '-' });
  });
});

describe('changing an edge', () => {
  it('reverses it unless that closes a cycle', () => {
    const studio = open(['a', 'b'], ['b', 'c'], ['a', 'c']);
    expect(studio().flipEdge({ from: 'a', to: 'c', kind: '->' })?.cycle).toEqual(['c', 'a', 'b', 'c']);
    expect(studio().flipEdge({ from: 'b', to: 'c', kind: '->' })).toBeNull();
    expect(edges()).toEqual(['a -> b', 'c -> b', 'a -> c']);
  });

  it('keeps its reason when it is reversed or changes its kind', () => {
    const studio = open(['a', 'b']);
    studio().setEdgeReason({ from: 'a', to: 'b', kind: '->' }, 'a trial');
    studio().setEdgeKind({ from: 'a', to: 'b', kind: '->' }, '<->');
    expect(studio().project.map.edges).toEqual([createEdge('a', 'b', '<->', { reason: 'a trial' })]);
  });
});

describe('removing', () => {
  it('takes the edges of a node with it, and the exposure', () => {
    const studio = open(['a', 'b'], ['b', 'c']);
    studio().setExposure('b');
    studio().removeFromMap(['b'], []);
    expect(edges()).toEqual([]);
    expect(studio().project.exposure).toBeNull();
    studio().undo();
    expect(edges()).toEqual(['a -> b', 'b -> c']);
    expect(studio().project.exposure).toBe('b');
  });
});

describe('unrecorded variables', () => {
  it('are renamed with their edges, never to a name that is taken', () => {
    const studio = open(['a', 'b']);
    studio().addNode('U1', { latent: true });
    studio().connect('U1', 'a');
    expect(studio().renameLatent('U1', 'b')).not.toBeNull();
    studio().select({ kind: 'map', nodes: ['U1'], edges: [] });
    expect(studio().renameLatent('U1', 'stress')).toBeNull();
    expect(studio().selection).toMatchObject({ nodes: ['stress'] });
    expect(edges()).toEqual(['a -> b', 'stress -> a']);
  });
});

describe('lanes of time', () => {
  const at = (x: number) => ({ x, y: 0 });
  const inLanes = () => {
    const studio = open(['a', 'b']);
    const lanes = ['Before', 'After'].map((name) => ({ name, width: 300 }));
    studio().arrangeMap(
      new Map([
        ['a', at(10)],
        ['b', at(320)],
      ]),
      lanes,
    );
    return studio;
  };
  const tiers = (map: CausalMap) => Object.fromEntries(map.nodes.map(({ name, tier }) => [name, tier]));

  it('give a card the tier of the lane it is moved to', () => {
    const studio = inLanes();
    expect(studio().moveNodes(new Map([['b', at(400)]]))).toBeNull();
    expect(studio().moveNodes(new Map([['a', at(-300)]]))).toBeNull();
    expect(tiers(studio().project.map)).toMatchObject({ a: null, b: 1 });
  });

  it('do not take a card that would turn an arrow back in time', () => {
    const studio = inLanes();
    studio().moveNodes(new Map([['b', at(0)]]));
    const before = studio().project.map;
    const refusal = studio().moveNodes(new Map([['a', at(400)]]));
    expect(refusal?.message).toMatch(/a is of lane "After", b of lane "Before"/);
    expect(studio().project.map).toBe(before);
  });

  it('go when they are empty, and later ones move up in time', () => {
    const studio = inLanes();
    studio().moveNodes(new Map([['b', at(400)]]));
    studio().addLane();
    studio().removeLane(1);
    expect(studio().project.map.lanes).toHaveLength(3);
    studio().removeLane(0);
    expect(tiers(studio().project.map)).toMatchObject({ b: 0 });
    expect(studio().project.map.nodes.find(({ name }) => name === 'b')?.position).toEqual(at(100));
    studio().hideLanes();
    expect(studio().project.map.lanes).toBeUndefined();
    expect(tiers(studio().project.map)).toMatchObject({ b: 0 });
  });
});

describe('the map written as text', () => {
  it('keeps what the text cannot say, and refuses what time forbids', () => {
    const studio = open(['a', 'b']);
    studio().setEdgeReason({ from: 'a', to: 'b', kind: '->' }, 'a trial');
    studio().setTier('a', 0);
    studio().setTier('b', 1);
    const nodes = ['a', 'b'].map((name) => createNode(name));
    expect(studio().rewriteMap({ nodes, edges: [createEdge('b', 'a')] })?.message).toMatch(/back in time/);
    expect(edges()).toEqual(['a -> b']);
    expect(
      studio().rewriteMap({ nodes: [...nodes, createNode('c')], edges: [createEdge('a', 'b'), createEdge('b', 'c')] }),
    ).toBeNull();
    expect(studio().project.map.edges[0]).toMatchObject({ reason: 'a trial' });
    expect(edges()).toEqual(['a -> b', 'b -> c']);
  });
});
