import { basisSet } from '../../engine/graph/basisSet';
import { compareMaps, type MapDifference } from '../../engine/graph/compareMaps';
import { essentialGraph } from '../../engine/graph/cpdag';
import { type Dag, dagOf } from '../../engine/graph/dag';
import { districts } from '../../engine/graph/districts';
import { findOpenPath } from '../../engine/graph/dSeparation';
import { mapFormats, writeMap } from '../../engine/graph/formats/catalogue';
import { parseNameList, parseNameSet } from '../../engine/graph/formats/nameList';
import { type ImpliedIndependence, implications, survivesBalancing } from '../../engine/graph/implications';
import { markovBlanket } from '../../engine/graph/moralGraph';
import { listed, shownName } from '../../engine/graph/path';
import { rolesOf } from '../../engine/graph/roles';
import { tagConflict } from '../../engine/graph/tagConflict';
import type { Command } from '../command';
import { jsonOption } from '../commonOptions';
import { inFile } from '../inFile';
import { readMapFile } from '../inputFiles';
import { badArgument, readArguments } from '../options';
import { bothEffects, effectJson, effectLines } from './effectLines';

const options = {
  exposure: { type: 'string', about: 'The column whose effect is asked for.' },
  outcome: { type: 'string', about: 'The column that the effect is on; --target means the same.' },
  target: { type: 'string', about: 'The column with the rare outcome.' },
  adjust: {
    type: 'string',
    about: 'Columns held fixed, separated by commas: are they enough, and if not, which path is open?',
  },
  dsep: {
    type: 'string',
    multiple: true,
    about:
      'A separation to decide, such as "A,B;C|D,E": are A, B separated from C given D, E? Names that hold , ; or | stand in double quotes. Can be repeated.',
  },
  as: { type: 'string', about: `Writes the map in another format: ${mapFormats.map(({ id }) => id).join(', ')}.` },
  compare: { type: 'string', about: 'Another map: which arrows and which implications differ?' },
  json: jsonOption,
} as const;

/** Says what a map claims: roles, adjustment sets and paths, implied independences, answers to separation queries. */
export const map: Command = {
  usage: `counterpoise map MAP [--exposure X] [--outcome Y] [--adjust "A,B"] [--dsep "A,B;C|D,E"]... [--as FORMAT] [--compare MAP] [--json]`,
  about:
    'Answers questions about a map: roles, adjustment sets, front doors, instruments, identification, implications. No table is needed.',
  options,
  async run(words, host) {
    const given = readArguments(words, ['MAP'], options);
    const path = given.files[0]!;
    const file = await readMapFile(host, path);
    const dag = dagOf(file.map);
    const warnings = [...file.warnings];
    const chosen = (option: string, asked: string | null, marked: readonly string[]): string | null => {
      if (asked !== null) {
        if (!dag.indexOf.has(asked)) throw badArgument(`--${option} ${shownName(asked)}: ${path} has no such node.`);
        return asked;
      }
      if (marked.length > 1)
        warnings.push(
          `The map marks ${marked.length} nodes as ${option} (${listed(marked.map(shownName))}); choose one with --${option}.`,
        );
      return marked.length === 1 ? marked[0]! : null;
    };
    const outcome = chosen('outcome', given.text('outcome') ?? given.text('target'), file.outcomes);
    const exposure = chosen('exposure', given.text('exposure'), file.exposures);
    if (given.text('exposure') !== null && outcome === null)
      throw badArgument('--exposure needs --outcome: roles are read off the arrows between the two.');
    const asked = given.text('adjust');
    if (asked !== null && (exposure === null || outcome === null))
      throw badArgument('--adjust needs --exposure and --outcome: a set is enough for one effect and not for another.');
    const effect =
      exposure === null || outcome === null
        ? null
        : await inFile(asked === null ? path : `--adjust '${asked}'`, () =>
            bothEffects(file.map, exposure, outcome, asked === null ? [] : parseNameSet(asked)),
          );

    const format = given.text('as');
    if (format !== null) {
      const known = mapFormats.find(({ id }) => id === format);
      if (!known)
        throw badArgument(`--as ${shownName(format)}: expected one of ${mapFormats.map(({ id }) => id).join(', ')}.`);
      const { text, losses } = writeMap(known.id, file.map, { exposure, outcome });
      for (const sentence of [...warnings, ...losses]) host.report(`${sentence}\n`);
      host.print(text);
      return 0;
    }
    const other = given.text('compare');
    const comparison = other === null ? null : compareMaps(file.map, (await readMapFile(host, other)).map);
    const target = outcome !== null && !dag.latent[dag.indexOf.get(outcome)!] ? outcome : null;
    const { statements, truncated } = implications(dag, target);
    if (truncated)
      warnings.push(
        'There are too many implied independences to list; the shortest sets of some pairs may be missing.',
      );
    const result = {
      format: file.format,
      nodes: file.map.nodes,
      edges: file.map.edges,
      exposure,
      outcome,
      order: dag.order.map((node) => dag.names[node]!),
      roles:
        outcome === null
          ? []
          : rolesOf(file.map, exposure, outcome).map(({ paths, ...role }) => ({
              ...role,
              paths: paths.map(({ text }) => text),
            })),
      effect: effect && effectJson(effect, asked !== null),
      conflicts: file.map.nodes.flatMap(({ name }) => {
        const sentence = tagConflict(file.map, name, exposure, outcome);
        return sentence === null ? [] : [{ node: name, sentence }];
      }),
      implications: statements.map(({ given: z, ...statement }) => ({ ...statement, z })),
      basisSet: basisSet(file.map).statements,
      essentialGraph: essentialGraph(dag),
      districts: districts(dag),
      markovBlanket: outcome === null ? null : markovBlanket(dag, outcome),
      dsep: await Promise.all(
        given.texts('dsep').map((text) => inFile(`--dsep '${text}'`, () => answer(dag, text, target))),
      ),
      comparison,
      warnings,
    };
    host.print(
      given.flag('json')
        ? `${JSON.stringify(result, null, 2)}\n`
        : inWords(result, statements, effect === null ? [] : effectLines(effect, asked !== null)),
    );
    return 0;
  },
};

function answer(dag: Dag, text: string, target: string | null) {
  const { x, y, z } = parseNameList(text);
  const open = findOpenPath(dag, x, y, z);
  return {
    x,
    y,
    z,
    separated: open === null,
    survivesBalancing: target === null ? null : survivesBalancing(dag, x, y, z, target),
    openPath: open?.text ?? null,
    openedColliders: (open?.colliders ?? []).map(({ node, openedBy }) => ({ node, openedBy })),
  };
}

function inWords(
  {
    nodes,
    edges,
    roles,
    conflicts,
    dsep,
    comparison,
    warnings,
  }: {
    readonly nodes: readonly { readonly name: string }[];
    readonly edges: readonly unknown[];
    readonly roles: readonly { readonly node: string; readonly sentence: string }[];
    readonly conflicts: readonly { readonly sentence: string }[];
    readonly dsep: readonly ReturnType<typeof answer>[];
    readonly comparison: MapDifference | null;
    readonly warnings: readonly string[];
  },
  statements: readonly ImpliedIndependence[],
  effect: readonly string[],
): string {
  const set = (names: readonly string[]) => names.map(shownName).join(', ');
  const after = { true: '', false: '  (not after balancing)', null: '' };
  const lines = [
    `${nodes.length} nodes, ${edges.length} edges`,
    ...roles.map(({ node, sentence }) => `  ${shownName(node)}: ${sentence}`),
    ...effect,
    ...conflicts.map(({ sentence }) => `Warning: ${sentence}`),
    ...(dsep.length > 0 ? [] : [`Implied independences: ${statements.length}`]),
    ...(dsep.length > 0 ? [] : statements).map(
      ({ x, y, given, survivesBalancing: survives }) =>
        `  ${shownName(x)} is independent of ${shownName(y)}${given.length > 0 ? ` given ${set(given)}` : ''}${after[`${survives}`]}`,
    ),
    ...dsep.map(
      ({ x, y, z, separated, openPath }) =>
        `${set(x)} and ${set(y)} are ${separated ? 'separated' : 'not separated'}${z.length > 0 ? ` given ${set(z)}` : ''}${openPath ? `: ${openPath}` : ''}`,
    ),
    ...comparisonLines(comparison),
    ...warnings.map((text) => `Warning: ${text}`),
  ];
  return `${lines.join('\n')}\n`;
}

function comparisonLines(difference: MapDifference | null): string[] {
  if (difference === null) return [];
  const { nodesOnlyInFirst, nodesOnlyInSecond, pairs, onlyFirstImplies, onlySecondImplies } = difference;
  const drawn = (arrows: readonly string[]) => (arrows.length === 0 ? 'nothing' : arrows.join(' and '));
  const claim = ({ x, y, given }: ImpliedIndependence) =>
    `${shownName(x)} is independent of ${shownName(y)}${given.length > 0 ? ` given ${given.map(shownName).join(', ')}` : ''}`;
  const lines = [
    ...nodesOnlyInFirst.map((name) => `  only on the first map: ${shownName(name)}`),
    ...nodesOnlyInSecond.map((name) => `  only on the second map: ${shownName(name)}`),
    ...pairs.map(
      ({ a, b, first, second }) => `  ${shownName(a)}, ${shownName(b)}: ${drawn(first)} against ${drawn(second)}`,
    ),
    ...onlyFirstImplies.map((one) => `  only the first implies: ${claim(one)}`),
    ...onlySecondImplies.map((one) => `  only the second implies: ${claim(one)}`),
  ];
  return lines.length === 0 ? ['The two maps are the same.'] : ['The two maps differ:', ...lines];
}
