import { SURE } from '../../engine/diagnosis/diagnosis';
import { diagnosisOf } from '../../engine/diagnosis/diagnosisOf';
import { emptyMap } from '../../engine/graph/causalMap';
import { projectLatents } from '../../engine/graph/projection';
import { subtask } from '../../engine/task';
import type { Command } from '../command';
import { jsonOption, kindOption, mapOption, minorityOption, targetOption } from '../commonOptions';
import { readKinds, readMapFile, readTableFile, settleTarget } from '../inputFiles';
import { badArgument, readArguments } from '../options';
import { showProgress } from '../progress';

const MOST_LISTED = 8;

const options = {
  target: targetOption,
  minority: minorityOption,
  map: mapOption,
  exposure: { type: 'string', about: 'The column whose effect is asked for: its overlap between groups is looked at.' },
  time: { type: 'string', about: 'The column that orders the rows in time.' },
  kind: kindOption,
  json: jsonOption,
} as const;

/** Says what the real rows say before anything is made of them, and what follows from it. */
export const diagnose: Command = {
  usage: `counterpoise diagnose DATA.csv --target COL [--minority LEVEL]... [--map MAP] [--exposure COL] [--time COL]
  [--kind COL=KIND]... [--json]`,
  about:
    'Tells what the real rows say before anything is made of them: differences by class, missing cells by class, change over time, dependences, interactions, overlap, and whether to augment at all.',
  options,
  async run(words, host) {
    const given = readArguments(words, ['DATA.csv'], options);
    const progress = showProgress(host);
    const mapPath = given.text('map');
    const file = mapPath === null ? null : await readMapFile(host, mapPath);
    const column =
      given.text('target') ?? file?.project?.target?.column ?? (file?.outcomes.length === 1 ? file.outcomes[0]! : null);
    if (column === null) throw badArgument('--target is missing: name the column with the rare outcome.');
    const kinds = [...(file?.project?.data?.kinds ?? []), ...readKinds(given.texts('kind'))];
    const opened = await readTableFile(
      host,
      given.files[0]!,
      subtask(progress, 0, 0.2),
      kinds,
      file?.project?.data?.options,
    );
    const settled = await settleTarget(opened.imported, column, given.texts('minority'), progress);
    const { table } = settled.imported;
    const time = given.text('time');
    if (time !== null && !table.columns.some(({ name }) => name === time))
      throw badArgument(`--time ${time}: the table has no such column.`);
    const design = time === null ? file?.project?.design : { groups: [], time };
    const asked = {
      target: settled.target,
      map: file ? projectLatents(file.map) : emptyMap,
      exposure: given.text('exposure') ?? file?.project?.exposure ?? file?.exposures[0] ?? null,
      ...(design && { design }),
    };
    const found = (await diagnosisOf(table, asked, 0, subtask(progress, 0.2, 1)))!;
    progress.clear();
    if (given.flag('json')) {
      host.print(`${JSON.stringify(found, null, 2)}\n`);
      return 0;
    }
    const { strategy, columns, network, interactions } = found;
    const differing = columns.toSorted((a, b) => b.effect - a.effect).slice(0, MOST_LISTED);
    const lines = [
      strategy.headline,
      ...strategy.lines.map(({ level, text }) => `${level === 'warning' ? 'Warning: ' : '- '}${text}`),
      '',
      'Columns that differ most between the classes (effect, 95 % interval):',
      ...differing.map(
        ({ column: name, effect, interval }) =>
          `  ${name}  ${effect.toFixed(2)} (${interval.low.toFixed(2)} to ${interval.high.toFixed(2)})`,
      ),
      `Pairs that go together differently in rare rows: ${network.pairs.filter(({ pValue }) => pValue < SURE).length} of ${network.pairs.length}`,
      `Interactions beyond additive effects: ${interactions.reason ?? interactions.pairs.filter(({ gain, pValue }) => gain > 0 && pValue < SURE).length}`,
    ];
    host.print(`${lines.join('\n')}\n`);
    return 0;
  },
};
