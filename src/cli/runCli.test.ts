import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { guessAll } from '../engine/data/importOptions';
import { EngineError } from '../engine/errors';
import { inlineExecutor } from '../engine/executor';
import { createEdge } from '../engine/graph/causalMap';
import { parseDagittyCode } from '../engine/graph/formats/dagittyCode';
import { defaultExport, defaultGeneration, emptyProject, type Project } from '../engine/project/project';
import { createRng } from '../engine/rng';
import { workbook } from '../sources/testing/workbook';
import { createEngineApi } from '../worker/createEngineApi';
import type { Host } from './host';
import { runCli } from './runCli';

/** Files in memory, and what was printed. */
type Files = Readonly<Record<string, string | Uint8Array>>;
function testHost(files: Files) {
  const given = new Map(Object.entries(files));
  const stored = new Map([...given].map(([path, content]) => [path, typeof content === 'string' ? content : '']));
  const host: Host & { out: string; err: string; stored: Map<string, string> } = {
    out: '',
    err: '',
    stored,
    isTerminal: false,
    print(text) {
      host.out += text;
    },
    report(text) {
      host.err += text;
    },
    async readBytes(path) {
      const text = stored.get(path);
      if (text === undefined)
        throw new EngineError('unreadable-file', `${path} cannot be read: there is no such file or folder.`);
      const packed = given.get(path);
      return packed instanceof Uint8Array ? packed : new TextEncoder().encode(text);
    },
    async writeText(path, chunks) {
      let text = '';
      for await (const chunk of chunks) text += chunk;
      stored.set(path, text);
    },
    startThreads: () => ({ executor: inlineExecutor, end: async () => {} }),
  };
  return host;
}
const run = async (files: Files, ...words: string[]) => {
  const host = testHost(files);
  const code = await runCli(words, host);
  return { code, ...host, json: () => JSON.parse(host.out) };
};

const mapText = 'dag { age -> sick; smoker -> sick; age -> wage; region; sick [outcome] }';
/** 400 rows, about one in eight sick; smokers and age raise the risk, age raises the wage. */
function table(): string {
  const rng = createRng(7, 'cli-test');
  const lines = ['id,age,smoker,wage,region,sick,note'];
  for (let i = 0; i < 400; i++) {
    const age = 20 + rng.integer(50);
    const smoker = rng.uniform() < 0.3;
    const wage = 1000 + 20 * age + 150 * rng.normal();
    const sick = rng.uniform() < 1 / (1 + Math.exp(4.5 - 0.04 * age - (smoker ? 1 : 0)));
    const region = ['north', 'south', 'east'][rng.integer(3)];
    lines.push(`${i + 1},${age},${smoker ? 'yes' : 'no'},${wage.toFixed(1)},${region},${sick ? 1 : 0},"a, ${i}"`);
  }
  return `${lines.join('\r\n')}\r\n`;
}
const data = table();
const files = { 'd.csv': data, 'm.txt': mapText };

describe('map', () => {
  it('prints nodes, edges, roles, implications and answers as JSON', async () => {
    const { code, json, err } = await run(
      { m: 'dag { "a;b" -> x; "a;b" -> y; x -> m -> y; u -> x }' },
      ...['map', 'm', '--json', '--exposure', 'x', '--outcome', 'y'],
      ...['--dsep', '"a;b";m|x', '--dsep', 'u;y', '--dsep', 'u ; y | x, m'],
    );
    const result = json();
    expect([code, err]).toEqual([0, '']);
    expect(result.nodes.map(({ name }: { name: string }) => name)).toEqual(['a;b', 'x', 'y', 'm', 'u']);
    expect(result.edges).toContainEqual(createEdge('x', 'm', '->'));
    expect(result.roles.map(({ node, role }: { node: string; role: string }) => `${node}: ${role}`)).toEqual([
      'a;b: confounder',
      'x: exposure',
      'y: outcome',
      'm: mediator',
      'u: instrument',
    ]);
    expect(result.dsep).toMatchObject([
      { x: ['a;b'], y: ['m'], z: ['x'], separated: true, openPath: null },
      { x: ['u'], y: ['y'], z: [], separated: false, openPath: 'u -> x -> m -> y' },
      {
        z: ['x', 'm'],
        separated: false,
        openPath: 'u -> x <- "a;b" -> y',
        openedColliders: [{ node: 'x', openedBy: 'x' }],
      },
    ]);
    expect(result.implications).toContainEqual({
      x: 'a;b',
      y: 'm',
      z: ['x'],
      survivesBalancing: false,
      withinClass: false,
    });
  });
  it('prints the sets to adjust for, the paths, and what is wrong with a set', async () => {
    const m = 'dag { "a;b" -> x; "a;b" -> y; x -> m -> y }';
    const question = ['map', 'm', '--exposure', 'x', '--outcome', 'y'];
    const { effect } = (await run({ m }, ...question, '--adjust', 'm', '--json')).json();
    expect(effect.effects).toMatchObject([
      { effect: 'total', forbidden: ['m'], minimalSets: [['a;b']], canonicalSet: ['a;b'], optimalSet: ['a;b'] },
      { effect: 'direct', minimalSets: [['a;b', 'm']] },
    ]);
    expect(effect.effects[0].check).toMatchObject({ valid: false, fault: 'forbidden', offending: ['m'] });
    expect(effect.paths).toMatchObject([
      { text: 'x -> m -> y', causal: true, open: false, reason: 'm is held fixed.' },
      { text: 'x <- "a;b" -> y', causal: false, open: true },
    ]);
    const words = await run({ m }, ...question, '--adjust', ' "a;b" ');
    expect(words.out).toContain(
      'To read the total effect of x on y, adjust for: "a;b"\n  Holding "a;b" fixed is enough.',
    );
    expect((await run({ m }, ...question, '--adjust', '')).out).toContain('stays open: x <- "a;b" -> y');
    const hidden = await run({ m: 'dag { u [latent] u -> x; u -> y; x -> y }' }, ...question);
    expect(hidden.out).toContain('no set of recorded nodes is enough');
  });
  it.each([
    [['--exposure', 'x', '--outcome', 'y', '--adjust', 'q'], /--adjust 'q': .*q/],
    [['--exposure', 'x', '--outcome', 'y', '--adjust', 'x;y'], /write the set as A,B/],
    [['--outcome', 'y', '--adjust', 'x'], /--adjust needs --exposure and --outcome/],
    [['--exposure', 'y', '--outcome', 'y'], /both exposure and outcome/],
  ])('refuses %j', async (words, message) => {
    const { code, err } = await run({ m: 'dag { x -> y }' }, 'map', 'm', ...words);
    expect([code, err]).toEqual([2, expect.stringMatching(message)]);
  });
  it('reads what it printed', async () => {
    const first = await run({ m: 'dag { x [e] y [o] U [u] U -> x; x -> y; U <-> y }' }, 'map', 'm', '--json');
    const second = await run({ m: first.out }, 'map', 'm', '--json');
    expect(second.json()).toMatchObject({ ...first.json(), format: 'json', warnings: [] });
  });
  it.each([
    [['map'], /MAP is missing/],
    [['map', 'm', 'm'], /one file too many/],
    [['map', 'nope'], /^counterpoise: nope cannot be read/],
    [['map', 'cycle'], /^counterpoise: cycle: The arrows form a cycle: a -> b -> a\./],
    [['map', 'broken'], /^counterpoise: broken: Line 2, column 4: expected/],
    [['map', 'm', '--outcome', 'q'], /--outcome q: m has no such node/],
    [['map', 'm', '--exposure', 'x'], /needs --outcome/],
    [['map', 'm', '--exposure', 'x', '--outcome', 'x'], /cannot be both/],
    [['map', 'm', '--dsep', 'x|y'], /--dsep 'x\|y': Line 1, column 2/],
    [['map', 'm', '--dsep', 'x;q'], /no node q/],
    [['map', 'm', '--frob'], /Unknown option --frob; there are --exposure/],
    [['map', 'm', '--dsep'], /dsep/],
    [['mop'], /Unknown command "mop"/],
    [[], /No command given/],
  ])('refuses %j with one line and exit code 2', async (words, message) => {
    const all = { m: 'x -> y', cycle: 'dag { a -> b -> a }', broken: 'dag {\n  => }' };
    const { code, out, err } = await run(all, ...words);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toMatch(message);
    expect(err).toMatch(/^[^\n]+\n$/);
  });
  it('tells what there is on --help', async () => {
    expect(await run({}, '--help')).toMatchObject({
      code: 0,
      out: expect.stringContaining('augment DATA.csv'),
      err: '',
    });
    expect(await run({}, 'map', '--help')).toMatchObject({ code: 0, out: expect.stringContaining('--dsep') });
  });
});

describe('inspect', () => {
  it('prints rows, kinds and the target', async () => {
    const result = (await run(files, 'inspect', 'd.csv', '--json')).json();
    expect(result.rows).toBe(400);
    expect(result.columns.map(({ name, kind }: { name: string; kind: string }) => [name, kind])).toEqual([
      ['id', 'id'],
      ['age', 'integer'],
      ['smoker', 'binary'],
      ['wage', 'continuous'],
      ['region', 'nominal'],
      ['sick', 'binary'],
      ['note', 'id'],
    ]);
    expect(result.target).toMatchObject({ column: 'sick', rareLevels: ['1'], knownRows: 400, suggested: true });
  });
  it('reads gzip and the named sheet of a workbook', async () => {
    const packed = await run({ 'd.csv.gz': gzipSync(data) }, 'inspect', 'd.csv.gz', '--target', 'sick');
    expect(packed.out).toMatch(/^d\.csv: 400 rows, 7 columns\n[\s\S]*d\.csv\.gz was unpacked\./);
    const sheet = (rows: number) => [['a', 'b'], ...Array.from({ length: rows }, (_, i) => [i, i % 2 ? 'yes' : 'no'])];
    const book = {
      'b.xlsx': new Uint8Array(await workbook({ first: sheet(3), second: sheet(30) }).arrayBuffer()),
    };
    const unnamed = await run(book, 'inspect', 'b.xlsx');
    expect(unnamed).toMatchObject({
      code: 2,
      err: 'counterpoise: b.xlsx has several sheets: name one with --sheet: first (4 lines), second (31 lines).\n',
    });
    expect((await run(book, 'inspect', 'b.xlsx', '--sheet', 'second')).out).toContain('30 rows, 2 columns');
    expect((await run({ 'd.gz': gzipSync(data).subarray(0, 90) }, 'inspect', 'd.gz')).err).toMatch(
      /^counterpoise: d\.gz: .*damaged/,
    );
  });
  it('refuses an empty file', async () => {
    expect(await run({ e: '' }, 'inspect', 'e')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^counterpoise: e: /),
    });
  });
});

describe('augment and test', () => {
  const augment = (...more: string[]) =>
    run(files, 'augment', 'd.csv', '--map', 'm.txt', '--target', 'sick', '--out', 'o.csv', '--json', ...more);

  it('adds rows after untouched real ones, the same for the same seed, and reads its own file back', async () => {
    const first = await augment('--seed', '5', '--share', '0.4', '--lineage', 'l.csv');
    expect([first.code, first.err]).toEqual([0, '']);
    const text = first.stored.get('o.csv')!;
    const lines = text.split('\r\n');
    expect(lines[0]).toBe('id,age,smoker,wage,region,sick,note,is_synthetic,weight');
    const real = data.split('\r\n');
    for (let i = 1; i <= 400; i++) expect(lines[i]!.startsWith(`${real[i]},0,`)).toBe(true);
    const result = first.json();
    expect(lines.length).toBe(1 + 400 + result.syntheticRows + 1);
    const rare = result.perLevel[0].realRows;
    expect((rare + result.syntheticRows) / (400 + result.syntheticRows)).toBeCloseTo(0.4, 2);
    expect(first.stored.get('l.csv')!.split('\n').length).toBe(1 + result.syntheticRows + 1);

    expect((await augment('--seed', '5', '--share', '0.4', '--lineage', 'l.csv')).stored.get('o.csv')).toBe(text);
    expect((await augment('--seed', '6', '--share', '0.4', '--lineage', 'l.csv')).stored.get('o.csv')).not.toBe(text);

    const tested = await run(
      { ...files, 'o.csv': text },
      ...['test', 'd.csv', 'o.csv', '--map', 'm.txt', '--target', 'sick', '--json'],
    );
    const report = tested.json();
    expect(report).toMatchObject({ realRows: 400, syntheticRows: result.syntheticRows, target: { rareLevels: ['1'] } });
    expect(report.results.length).toBeGreaterThan(5);
    expect(tested.code).toBe(report.counts.damaged > 0 ? 1 : 0);
  });

  it('keeps the rules of a file, and tells the line and the place of one that cannot be read', async () => {
    const rules = 'age in 25 .. 60 # working age\nif smoker = "yes" then wage >= 900 # as agreed\n';
    const made = await run(
      { ...files, 'r.txt': rules },
      ...['augment', 'd.csv', '--map', 'm.txt', '--target', 'sick', '--out', 'o.csv', '--json', '--rules', 'r.txt'],
      ...['--rows', '60', '--only-synthetic'],
    );
    expect([made.code, made.err]).toEqual([0, '']);
    expect(made.json().ruleViolations).toEqual([
      { ruleId: 'line-1', count: 0 },
      { ruleId: 'line-2', count: 0 },
    ]);
    const ages = made.stored
      .get('o.csv')!
      .trim()
      .split('\r\n')
      .slice(1)
      .map((line) => Number(line.split(',')[1]));
    expect(ages).toHaveLength(60);
    expect(Math.min(...ages)).toBeGreaterThanOrEqual(25);
    const refused = await run(
      { ...files, 'r.txt': 'age >= 25 # adult\nsmoker = "yse" # a slip\n' },
      ...['augment', 'd.csv', '--map', 'm.txt', '--target', 'sick', '--out', 'o.csv', '--rules', 'r.txt'],
    );
    expect(refused.code).toBe(2);
    expect(refused.err).toMatch(/r\.txt: line 2: At character 1: "smoker" has no level "yse"; did you mean "yes"/);
  });

  it('gives the bytes that the studio gives for the same project', async () => {
    const project: Project = {
      ...emptyProject,
      target: { column: 'sick', rareLevels: ['1'] },
      map: parseDagittyCode(mapText).map,
      rules: [{ id: 'r', reason: 'working age', enabled: true, kind: 'range', column: 'age', min: 21, max: 65 }],
      generation: { ...defaultGeneration, seed: 11, amount: { kind: 'rows', rows: 60 } },
    };
    const cli = await run(
      { 'd.csv': data, 'p.json': JSON.stringify(project) },
      ...['augment', 'd.csv', '--map', 'p.json', '--out', 'o.csv'],
    );
    expect([cli.code, cli.err]).toEqual([0, '']);

    const api = createEngineApi();
    const ignore = () => {};
    const source = { fileName: 'd.csv', blob: new Blob([data]) };
    const imported = await api.importTable('t', source, guessAll, [], ignore);
    expect(imported.ok).toBe(true);
    const made = await api.generate('t', { runId: 'r', project, settings: project.generation }, ignore);
    expect(made.ok).toBe(true);
    const written = await api.exportCsv('t', project, 'r', defaultExport, ignore);
    expect(written.ok && (await written.value.blob.text())).toBe(cli.stored.get('o.csv'));
  });

  it('takes a numeric target as classes and says so', async () => {
    const wide = data.replace(
      /,(north|south|east),/g,
      (_, name: string) => `,${{ north: 3, south: 4, east: 9 }[name]},`,
    );
    const { code, json, err } = await run(
      { 'd.csv': wide, 'm.txt': 'dag { age -> region }' },
      ...['augment', 'd.csv', '--map', 'm.txt', '--target', 'region', '--kind', 'region=integer'],
      ...[
        '--generator',
        'smote-nc',
        '--rows',
        '10',
        '--out',
        'o.csv',
        '--keep-columns',
        'map',
        '--only-synthetic',
        '--json',
      ],
    );
    expect([code, err]).toEqual([0, '']);
    expect(json()).toMatchObject({ realRows: 0, syntheticRows: 10, generator: 'smote-nc' });
    expect(json().messages).toContainEqual(expect.stringMatching(/its values are taken as classes/));
  });

  it('reads guarded text back as the level it was', async () => {
    const risky = data.replace(/,(north|south|east),/g, (_, name: string) =>
      name === 'east' ? ',"\t=1+1",' : `,${name},`,
    );
    const all = { 'd.csv': risky, 'm.txt': 'dag { region -> sick }' };
    const words = ['--map', 'm.txt', '--target', 'sick'];
    const made = await run(all, 'augment', 'd.csv', ...words, '--generator', 'smote-nc', '--out', 'o.csv');
    expect([made.code, made.err]).toEqual([0, '']);
    const written = made.stored.get('o.csv')!;
    expect(written).toContain("'\t=1+1");
    expect(await run({ ...all, 'o.csv': written }, 'test', 'd.csv', 'o.csv', ...words)).toMatchObject({ err: '' });
  });

  it('keeps groups whole in every command that learns or tests', async () => {
    const lines = data.trim().split('\r\n');
    const grouped = [`${lines[0]},ward`, ...lines.slice(1).map((line, i) => `${line},W${i % 40}`)].join('\n');
    const all = { 'd.csv': grouped, 'm.txt': mapText };
    const words = ['--map', 'm.txt', '--target', 'sick', '--group', 'ward', '--json'];
    const made = await run(all, 'augment', 'd.csv', ...words, '--rows', '20', '--out', 'o.csv');
    const said = expect.stringMatching(/^Rows with the same "ward" stay on one side of every split: 40 groups/);
    expect(made.json().messages).toContainEqual(said);
    const o = made.stored.get('o.csv')!;
    const tested = await run({ ...all, 'o.csv': o }, 'test', 'd.csv', 'o.csv', ...words);
    expect(tested.json().messages).toContainEqual(said);
  });

  it('calls wrecked rows damaged, with exit code 1', async () => {
    // Wage no longer follows age in the synthetic rows: shuffled far out of the arrow's law.
    const rng = createRng(3, 'cli-wreck');
    const rows = data.trim().split('\r\n');
    const made = rows
      .slice(1)
      .filter((row) => row.split(',')[5] === '1')
      .flatMap((row) => {
        const [id, , smoker, , region, sick] = row.split(',');
        return Array.from(
          { length: 6 },
          () => `${id},${20 + rng.integer(50)},${smoker},${1500 + rng.integer(900)},${region},${sick},x,1`,
        );
      });
    const wrecked = [`${rows[0]},is_synthetic`, ...rows.slice(1).map((row) => `${row},0`), ...made].join('\n');
    const { code, out } = await run(
      { ...files, 'w.csv': wrecked },
      ...['test', 'd.csv', 'w.csv', '--map', 'm.txt', '--target', 'sick'],
    );
    expect(out).toMatch(/Damaged: .*age and wage/);
    expect(code).toBe(1);
  });

  it.each([
    [['--target', 'sick', '--out', 'd.csv'], /DATA\.csv and --out are the same file/],
    [['--target', 'sick'], /--out is missing/],
    [['--target', 'ill', '--out', 'o'], /--target ill: the table has no such column; it has id, age/],
    [['--target', 'sick', '--out', 'o', '--minority', '2'], /no level "2": choose one of "0", "1"/],
    [['--target', 'sick', '--out', 'o', '--rows', 'many'], /--rows many: expected a number/],
    [['--target', 'sick', '--out', 'o', '--rows', '5', '--share', '0.5'], /not both/],
    [['--target', 'sick', '--out', 'o', '--share', '1.5'], /between 0 and 1/],
    [['--target', 'sick', '--out', 'o', '--step', '3'], /--step 3: expected a number from 0 to 1/],
    [
      ['--target', 'sick', '--out', 'o', '--generator', 'smote', '--step', '0.5'],
      /smote has no parameter "step"; it has/,
    ],
    [['--target', 'sick', '--out', 'o', '--generator', 'gan'], /no generator "gan"; choose one of twins/],
    [['--target', 'sick', '--out', 'o', '--group', 'ward'], /--group ward: the table has no such column/],
    [['--target', 'sick', '--out', 'o', '--threads', '0'], /--threads 0: expected a whole number from 1 to 64/],
    [['--target', 'sick', '--out', 'o', '--seed', '1.5'], /expected a whole number/],
    [['--target', 'sick', '--out', 'o', '--keep-columns', 'some'], /expected all or map/],
    [['--target', 'sick', '--out', 'o', '--kind', 'age'], /expected COLUMN=KIND/],
    [['--target', 'sick', '--out', 'o', '--kind', 'aeg=nominal'], /no column aeg/],
    [['--target', 'wage', '--out', 'o'], /wage.*continuous/],
  ])('refuses %j', async (words, message) => {
    const { code, out, err, stored } = await run(files, 'augment', 'd.csv', '--map', 'm.txt', ...words);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(message);
    expect(err).toMatch(/^[^\n]+\n$/);
    expect([...stored.keys()]).toEqual(Object.keys(files));
  });
});
