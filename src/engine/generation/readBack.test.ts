import { expect, it } from 'vitest';
import { readRules } from '../constraints/ruleText';
import { frameOf } from '../data/frame';
import { guessAll } from '../data/importOptions';
import { readTable } from '../data/readCsv';
import type { AugmentedTable } from '../data/writeCsv';
import { defaultExport } from '../project/project';
import { silentTask } from '../task';
import { readBack, writeChecked } from './readBack';

const TEXT = [
  'id;x;day;y;note',
  '1;1,5;2020-01-03;"a;b";p',
  '2;NA;2020-01-05;"say ""so""";q',
  '3;2,5;2020-02-01;"a;b";r',
  '4;0,5;2020-02-09;"say ""so""";s',
].join('\r\n');
const DAY = 86_400_000;
const noon = Date.UTC(2020, 0, 4) + DAY / 2;

async function input(x: readonly number[], days: readonly number[]): Promise<AugmentedTable> {
  const imported = await readTable(
    TEXT,
    guessAll,
    [
      { column: 'day', kind: 'datetime' },
      { column: 'y', kind: 'nominal' },
    ],
    silentTask,
  );
  return {
    imported,
    generated: ['y', 'x', 'day'],
    synthetic: {
      rows: 2,
      columns: [Float64Array.of(1, 0), Float64Array.from(x), Float64Array.from(days)],
      donor: Int32Array.of(0, 2),
      partner: Int32Array.of(-1, -1),
      proposals: Uint32Array.of(1, 1),
    },
    realWeight: () => 1,
    syntheticWeight: () => 1,
    settings: defaultExport,
    offMap: 'donor',
    generator: 'twins',
    seed: 1,
    redrawn: [],
  };
}
const rulesFor = ({ imported, generated }: AugmentedTable, text: string) =>
  readRules(text, frameOf(imported.table, generated, []).specs, (line) => `r${line}`).rules;
async function written(table: AugmentedTable, rules: string) {
  const writing = writeChecked(table, rulesFor(table, rules), silentTask);
  const chunks: string[] = [];
  for (;;) {
    const step = await writing.next();
    if (step.done) return { text: chunks.join(''), report: step.value };
    chunks.push(step.value);
  }
}

it('reads every cell again as it was made: commas, quotes, dates, missing cells', async () => {
  const table = await input([1.2, Number.NaN], [Date.UTC(2020, 0, 4), Date.UTC(2020, 2, 1)]);
  expect(await readBack(table, rulesFor(table, 'x <= 1.2\nday >= date("2020-01-04")'), silentTask)).toEqual({
    rows: 2,
    unlike: { cells: 0, column: null },
    inText: ['r1', 'r2'].map((ruleId) => ({ ruleId, broken: 0, firstRow: null })),
    inValues: ['r1', 'r2'].map((ruleId) => ({ ruleId, broken: 0, firstRow: null })),
  });
});

it('writes nothing where the text breaks a rule that the values keep', async () => {
  // 1.26 becomes "1,3", and noon of a day becomes that day.
  await expect(written(await input([1.26, 1], [0, 0]), 'x <= 1.28')).rejects.toThrow(
    /^As text, 1 of 2 synthetic rows break .*which none of them did before, so nothing is written/,
  );
  await expect(written(await input([1, 1], [noon, noon]), 'day > date("2020-01-04")')).rejects.toThrow(
    /As text, 2 of 2/,
  );
});

it('says what the form of the file cannot hold, and which rule came after the rows', async () => {
  const { text, report } = await written(await input([1, 2], [noon, DAY]), 'x < 2');
  expect(text).toContain('2020-01-04');
  expect(report.syntheticRows).toBe(2);
  expect(report.messages.join(' ')).toMatch(/1 of 2 synthetic rows break “.*”: the rule was not there/);
  expect(report.messages.join(' ')).toMatch(/1 cell of 2 synthetic rows does not read again as made, first in "day"/);
});
