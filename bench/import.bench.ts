import Papa from 'papaparse';
import { decodeText } from '../src/engine/data/decodeText';
import { guessAll } from '../src/engine/data/importOptions';
import { readTable } from '../src/engine/data/readCsv';
import { summarise } from '../src/engine/data/summarise';
import { silentTask } from '../src/engine/task';
import { mixedCsv } from './mixedCsv';

async function seconds(work: () => Promise<unknown> | unknown): Promise<number> {
  const from = performance.now();
  await work();
  return (performance.now() - from) / 1000;
}

/** Best of three, the two taking turns so that neither profits from a quieter machine. */
async function measure(rows: number) {
  const bytes = new TextEncoder().encode(mixedCsv(rows));
  let bare = Infinity;
  let read = Infinity;
  let describe = Infinity;
  for (let turn = 0; turn < 3; turn++) {
    let cells = 0;
    bare = Math.min(
      bare,
      await seconds(() =>
        Papa.parse<string[]>(new TextDecoder().decode(bytes), {
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
        const { text } = decodeText(bytes);
        imported = await readTable(text, guessAll, [], silentTask, bytes);
      }),
    );
    if (imported?.table.rows !== rows) throw new Error(`${imported?.table.rows} rows were read instead of ${rows}.`);
    const file = { fileName: 'bench.csv', bytes: bytes.length, hash: '', notices: [] };
    const table = imported;
    describe = Math.min(describe, await seconds(() => summarise(table, file, silentTask)));
  }
  return { megabytes: bytes.length / 1e6, bare, read, describe };
}

/** Time of one thread to read a mixed table into typed columns, against a bare tokenizer pass over the same bytes. */
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
