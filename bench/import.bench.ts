import Papa from 'papaparse';
import { guessAll } from '../src/engine/data/importOptions';
import { readTable } from '../src/engine/data/readCsv';
import { summarise } from '../src/engine/data/summarise';
import { createRng } from '../src/engine/rng';
import { silentTask } from '../src/engine/task';

/**
 * Ten columns, about 100 bytes a row: an id, a time, whole numbers, decimals, levels, free text with quotes in every fiftieth row,
 * missing cells.
 */
function mixedCsv(rows: number): string {
  const rng = createRng(1, 'bench-import');
  const regions = ['north', 'south', 'east', 'west', 'centre'];
  const words = [
    'called',
    'back',
    'about',
    'the',
    'second',
    'reminder',
    'no',
    'answer',
    'asked',
    'for',
    'new',
    'terms',
  ];
  const lines = ['id,opened,age,income,balance,region,segment,score,note,default'];
  for (let i = 0; i < rows; i++) {
    const opened = new Date(Date.UTC(2000, 0, 1) + 60_000 * rng.integer(9000 * 1440)).toISOString().slice(0, 16);
    const note = Array.from({ length: 3 + rng.integer(6) }, () => words[rng.integer(words.length)]!).join(' ');
    const noted = i % 50 === 0 ? `"${note}, ""urgent"""` : note;
    lines.push(
      `C-${String(i + 1).padStart(8, '0')},${opened.replace('T', ' ')},${18 + rng.integer(70)},${(20000 + 9000 * rng.normal()).toFixed(2)},${(500 * rng.normal()).toFixed(3)},${regions[rng.integer(5)]!},segment ${rng.integer(40)},${rng.integer(50) === 0 ? 'NA' : rng.uniform().toFixed(6)},${noted},${rng.integer(20) ? 'no' : 'yes'}`,
    );
  }
  return `${lines.join('\n')}\n`;
}

async function seconds(work: () => Promise<unknown> | unknown): Promise<number> {
  const from = performance.now();
  await work();
  return (performance.now() - from) / 1000;
}

/** Best of three, the two taking turns so that neither profits from a quieter machine. */
async function measure(rows: number) {
  const text = mixedCsv(rows);
  let bare = Infinity;
  let read = Infinity;
  let describe = Infinity;
  for (let turn = 0; turn < 3; turn++) {
    let cells = 0;
    bare = Math.min(
      bare,
      await seconds(() =>
        Papa.parse<string[]>(text, {
          delimiter: ',',
          step({ data }) {
            cells += data.length;
          },
        }),
      ),
    );
    if (cells < rows * 10) throw new Error(`The bare pass saw ${cells} cells only.`);
    let imported: Awaited<ReturnType<typeof readTable>> | undefined;
    read = Math.min(
      read,
      await seconds(async () => {
        imported = await readTable(text, guessAll, [], silentTask);
      }),
    );
    if (imported?.table.rows !== rows) throw new Error(`${imported?.table.rows} rows were read instead of ${rows}.`);
    const file = { fileName: 'bench.csv', bytes: text.length, hash: '', notices: [] };
    const table = imported;
    describe = Math.min(describe, await seconds(() => summarise(table, file, silentTask)));
  }
  return { megabytes: text.length / 1e6, bare, read, describe };
}

/** Time to read a mixed table into typed columns, against a bare tokenizer pass over the same text. */
export async function run(): Promise<{ name: string; lines: string[]; figures: Record<string, number> }> {
  const lines = [
    '| rows x columns | MB | bare pass (s) | read into columns (s) | ratio | describe (s) |',
    '| --- | --- | --- | --- | --- | --- |',
  ];
  const figures: Record<string, number> = {};
  for (const rows of [100_000, 1_000_000]) {
    const { megabytes, bare, read, describe } = await measure(rows);
    lines.push(
      `| ${rows} x 10 | ${megabytes.toFixed(0)} | ${bare.toFixed(2)} | ${read.toFixed(2)} | ${(read / bare).toFixed(2)} | ${describe.toFixed(2)} |`,
    );
    Object.assign(figures, {
      [`bareSeconds${rows}`]: bare,
      [`readSeconds${rows}`]: read,
      [`ratio${rows}`]: read / bare,
      [`describeSeconds${rows}`]: describe,
    });
  }
  return { name: 'Import', lines, figures };
}
