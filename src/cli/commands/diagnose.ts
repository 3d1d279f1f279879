import { SURE } from '../../engine/diagnosis/diagnosis';
import { diagnosisOf } from '../../engine/diagnosis/diagnosisOf';
import { emptyMap } from '../../engine/graph/causalMap';
import { projectLatents } from '../../engine/graph/projection';
import { subtask } from '../../engine/task';
import type { Command } from '../command';
import { jsonOption } from '../commonOptions';
import { readMapFile } from '../inputFiles';
import { readArguments } from '../options';
import { showProgress } from '../progress';
import { openStudy, studyOptions, studyUsage } from '../study';

const MOST_LISTED = 8;

const options = {
  ...studyOptions,
  exposure: { type: 'string', about: 'The column whose effect is asked for: its overlap between groups is looked at.' },
  json: jsonOption,
} as const;

/** Says what the real rows say before anything is made of them, and what follows from it. */
export const diagnose: Command = {
  usage: `counterpoise diagnose DATA.csv --target COL [--minority LEVEL]... [--map MAP] [--exposure COL]
    ${studyUsage} [--json]`,
  about:
    'Tells what the real rows say before anything is made of them: differences by class, missing cells by class, change over time, dependences, interactions, overlap, and whether to augment at all.',
  options,
  async run(words, host) {
    const given = readArguments(words, ['DATA.csv'], options);
    const progress = showProgress(host);
    const mapPath = given.text('map');
    const file = mapPath === null ? null : await readMapFile(host, mapPath);
    const study = await openStudy(host, given, given.files[0]!, file, subtask(progress, 0, 0.2));
    const { target, design, exposure } = study.project;
    const asked = {
      target,
      map: file ? projectLatents(file.map) : emptyMap,
      exposure: given.text('exposure') ?? exposure ?? file?.exposures[0] ?? null,
      ...(design && { design }),
    };
    const found = (await diagnosisOf(study.imported.table, asked, 0, subtask(progress, 0.2, 1)))!;
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
