import { reviewTarget } from '../../engine/data/reviewTarget';
import type { Target } from '../../engine/project/project';
import type { Command } from '../command';
import { jsonOption, kindOption, sheetOption, targetOption } from '../commonOptions';
import { inFile } from '../inFile';
import { readKinds, readTableFile } from '../inputFiles';
import { readArguments } from '../options';
import { showProgress } from '../progress';
import { settleTarget } from '../study';

const options = {
  target: targetOption,
  sheet: sheetOption,
  kind: kindOption,
  json: jsonOption,
} as const;

/** Says what a table holds: kinds of columns, guesses and repairs, the likely target. */
export const inspect: Command = {
  usage: `counterpoise inspect DATA.csv [--target COL] [--sheet NAME] [--kind COL=KIND]... [--json]`,
  about:
    'Tells how a table was read: delimiter, encoding, columns with their kinds and the reason for each, repairs with their lines, and what stands in the way of the target.',
  options,
  async run(words, host) {
    const given = readArguments(words, ['DATA.csv'], options);
    const path = given.files[0]!;
    const progress = showProgress(host);
    const kinds = readKinds(given.texts('kind'));
    const { imported, summary, notes } = await readTableFile(host, path, given.text('sheet'), progress, kinds);
    const asked = given.text('target');
    const settled = asked === null ? null : await inFile(path, () => settleTarget(imported, asked, [], progress));
    const target: Target | null = settled?.target ?? summary.suggestedTarget;
    const review = target && (await inFile(path, () => reviewTarget((settled?.imported ?? imported).table, target)));
    progress.clear();

    const { suggestedTarget: _, notices, ...rest } = summary;
    const told = [
      ...notes.map((text) => ({ level: 'info' as const, text })),
      ...notices,
      ...(settled?.messages ?? []).map((text) => ({ level: 'info' as const, text })),
      ...(review?.notices ?? []),
    ];
    if (given.flag('json')) {
      const about = review && { rareRows: review.rareRows, knownRows: review.knownRows, suggested: asked === null };
      host.print(`${JSON.stringify({ ...rest, target: target && { ...target, ...about }, notices: told }, null, 2)}\n`);
      return 0;
    }
    const columnNotices = summary.columns.flatMap(({ name, notices: own }) =>
      own.map(({ level, text }) => ({ level, text: `${name}: ${text}` })),
    );
    const width = Math.max(...summary.columns.map(({ name }) => name.length));
    const lines = [
      `${summary.fileName}: ${summary.rows} rows, ${summary.columns.length} columns`,
      ...summary.columns.map(
        ({ name, kind, missing, reason }) =>
          `  ${name.padEnd(width)}  ${kind.padEnd(10)}  ${reason}${missing > 0 ? ` ${missing} missing.` : ''}`,
      ),
      target && review
        ? `Target${asked === null ? ' (a guess)' : ''}: ${target.column}, rare level ${target.rareLevels.join(', ')}: ${review.rareRows} of ${review.knownRows} rows`
        : 'No column looks like a target; name one with --target.',
      ...[...told, ...columnNotices].map(({ level, text }) => `${level === 'warning' ? 'Warning: ' : ''}${text}`),
    ];
    host.print(`${lines.join('\n')}\n`);
    return 0;
  },
};
