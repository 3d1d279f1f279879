import { adjustments } from '../../engine/dependence/adjustments/catalogue';
import { inlineExecutor } from '../../engine/executor';
import { testRun } from '../../engine/generation/testRun';
import { projectLatents } from '../../engine/graph/projection';
import { defaultTests, type TestSettings } from '../../engine/project/project';
import { subtask } from '../../engine/task';
import { readAugmentedFile } from '../augmentedFile';
import type { Command } from '../command';
import { jsonOption, threadsOption } from '../commonOptions';
import { readMapFile } from '../inputFiles';
import { badArgument, readArguments } from '../options';
import { showProgress } from '../progress';
import { openStudy, studyOptions, studyUsage } from '../study';
import { threadCount } from '../threadCount';

/** Missing cells are told of for every statement: more than anyone reads on a terminal. */
const MOST_MESSAGES = 8;

/** @throws EngineError `bad-parameter` for a margin outside 0.01 to 0.5 or an adjustment nobody knows. */
function readTests(margin: string | null, adjust: string | null, known: TestSettings): TestSettings {
  const size = margin === null ? known.margin : Number(margin);
  if (!(size >= 0.01 && size <= 0.5))
    throw badArgument(`--margin ${margin}: give a change of effect between 0.01 and 0.5, such as 0.1.`);
  const adjustment = adjust === null ? known.adjustment : adjustments.find(({ id }) => id === adjust)?.id;
  if (adjustment === undefined)
    throw badArgument(`--adjust ${adjust}: choose one of ${adjustments.map(({ id }) => id).join(', ')}.`);
  return { ...known, margin: size, adjustment };
}

/** Statements grow with the square of the nodes: below this many, times rows, starting threads costs more than it saves. */
const LARGE = 1_000_000;
const isLarge = (nodes: number, rows: number): boolean => nodes * nodes * rows >= LARGE;

const options = {
  ...studyOptions,
  seed: { type: 'string', about: 'A whole number; 1 when not given.' },
  margin: { type: 'string', about: 'Changes of an effect smaller than this count as the same.' },
  adjust: {
    type: 'string',
    about: `How many p-values are taken together: ${adjustments.map(({ id }) => id).join(', ')}.`,
  },
  threads: threadsOption,
  json: jsonOption,
} as const;

/** Puts every statement of a map to a table before and after augmentation. Exit code 1 when one is damaged. */
export const test: Command = {
  usage: `counterpoise test DATA.csv AUGMENTED.csv --map MAP --target COL [--minority LEVEL]...
    [--seed N] [--margin SIZE] [--adjust HOW] [--threads N]
    ${studyUsage} [--json]`,
  about:
    'Tests every statement of a map on the real rows and on the augmented table: kept, damaged, cannot tell, or expected from balancing; and how like real rows the synthetic ones are. Exit code 1 where something is damaged.',
  options,
  async run(words, host) {
    const given = readArguments(words, ['DATA.csv', 'AUGMENTED.csv'], options);
    const [path, augmentedPath] = given.files as [string, string];
    const mapPath = given.text('map');
    if (mapPath === null) throw badArgument('--map is missing; try --help.');
    const count = threadCount(given);
    const file = await readMapFile(host, mapPath);
    const tests = readTests(given.text('margin'), given.text('adjust'), file.project?.tests ?? defaultTests);
    const progress = showProgress(host);
    const {
      imported,
      project,
      summary,
      messages: told,
    } = await openStudy(host, given, path, file, subtask(progress, 0, 0.1));
    const seed = given.number('seed') ?? project.generation.seed;
    const names = projectLatents(file.map).nodes.map(({ name }) => name);
    const augmented = await readAugmentedFile(
      host,
      augmentedPath,
      imported,
      names,
      project.target.column,
      subtask(progress, 0.1, 0.2),
    );
    const threads = isLarge(names.length, imported.table.rows) ? host.startThreads(count) : null;
    const report = await testRun(
      imported.table,
      { ...project, tests },
      augmented.synthetic,
      seed,
      threads?.executor ?? inlineExecutor,
      subtask(progress, 0.2, 1),
    ).finally(() => threads?.end());
    progress.clear();

    const messages = [...told, ...augmented.messages, ...report.messages];
    const { counts, results, together, paths, newLinks, fidelity, settings } = report;
    if (given.flag('json')) {
      const rows = { realRows: summary.rows, syntheticRows: augmented.synthetic.donor.length };
      host.print(
        `${JSON.stringify({ target: project.target, ...rows, settings, counts, results, together, paths, newLinks, fidelity, messages }, null, 2)}\n`,
      );
    } else {
      const made = newLinks.filter(({ cause }) => cause === 'made');
      const lines = [
        ...results.filter(({ verdict }) => verdict === 'damaged').map(({ sentence }) => `Damaged: ${sentence}`),
        ...paths.filter(({ isTurned }) => isTurned).map(({ nodes }) => `Turned round: ${nodes.join(' -> ')}`),
        ...made.map(({ sentence }) => `Made: ${sentence}`),
        `${counts.kept} kept, ${counts.damaged} damaged, ${counts['cannot-tell']} cannot tell, ${counts['expected-from-balancing']} expected from balancing`,
        ...messages.slice(0, MOST_MESSAGES),
        ...(messages.length > MOST_MESSAGES
          ? [`${messages.length - MOST_MESSAGES} more notes; --json lists them all.`]
          : []),
      ];
      host.print(`${lines.join('\n')}\n`);
    }
    return counts.damaged > 0 ? 1 : 0;
  },
};
