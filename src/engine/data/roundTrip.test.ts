import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { EngineError } from '../errors';
import { defaultExport } from '../project/project';
import { silentTask } from '../task';
import { rawCells } from './cellText';
import { charactersOf, PlainCharacters } from './characters';
import { decodeText } from './decodeText';
import type { ImportedTable } from './importedTable';
import { guessAll, type ImportOptions } from './importOptions';
import { quoteCell, rawSegments } from './rawSegments';
import { readColumns, readTable } from './readCsv';
import { cellsOfRow } from './tokenize';
import { writeAll } from './writeCsv';

const NASTY_CELLS = [
  '',
  ' ',
  '"',
  '""',
  'a"b',
  ',',
  ';',
  '\n',
  '\r\n',
  '\r',
  'a\nb',
  '-1',
  '=1+1',
  'é',
  '\u200b',
  '0',
  '1e309',
  '"x", "y"',
];
const cell = fc.oneof(fc.constantFrom(...NASTY_CELLS), fc.string({ maxLength: 8 }), fc.integer().map(String));

const dialect = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t', '|'),
  newline: fc.constantFrom('\n', '\r\n', '\r'),
  endsWithNewline: fc.boolean(),
});
const tables = fc
  .integer({ min: 1, max: 5 })
  .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 12 }));

const isEmpty = (row: readonly string[]) => row.every((text) => text.trim() === '');
const optionsFor = (delimiter: string): ImportOptions => ({
  ...guessAll,
  delimiter,
  header: true,
  skipLines: 0,
  decimal: '.',
});

async function writeReal(imported: ImportedTable, lineage: boolean): Promise<string> {
  const settings = {
    ...defaultExport,
    flagColumn: lineage,
    weightColumn: lineage,
    lineageColumns: lineage,
    guardFormulas: false,
  };
  const none = new Int32Array(0);
  const { chunks } = await writeAll(
    {
      imported,
      generated: [],
      synthetic: { rows: 0, columns: [], donor: none, partner: none, proposals: new Uint32Array(0) },
      realWeight: () => 1,
      syntheticWeight: () => 1,
      settings,
      offMap: 'donor',
      generator: 'twins',
      seed: 1,
      redrawn: [],
    },
    silentTask,
  );
  return chunks.join('');
}

it('reads back the cells that were written, whatever they hold', async () => {
  await fc.assert(
    fc.asyncProperty(tables, dialect, async (rows, { delimiter, newline, endsWithNewline }) => {
      const header = rows[0]!.map((_, i) => `c${i}`);
      // A lone CR splits nothing in a file of LF lines and the other way round, so every cell with one is quoted.
      const lines = [header, ...rows].map((row) => row.map((text) => quoteCell(text, { delimiter, quote: '"' })));
      const records = lines.map((cells) => cells.join(delimiter));
      // Without a line end behind it, an empty last line is no line at all.
      const text = records.join(newline) + (endsWithNewline || records.at(-1) === '' ? newline : '');
      const kept = rows.flatMap((row, i) => (isEmpty(row) ? [] : [{ row, record: records[i + 1]! }]));
      const reading = readTable(text, optionsFor(delimiter), [], silentTask);
      if (kept.length === 0) return void (await expect(reading).rejects.toMatchObject({ code: 'no-rows' }));
      const imported = await reading;
      const { table } = imported;
      expect(table.rows).toBe(kept.length);
      for (const [i, { row, record }] of kept.entries()) {
        expect(table.source.text.slice(table.source.start[i], table.source.end[i])).toBe(record);
        expect(rawCells(table, i)).toEqual(row);
        const segments = rawSegments(record, { delimiter, newline, quote: '"' });
        expect(segments.map(({ raw }) => raw).join(delimiter)).toBe(record);
        expect(segments.map(({ value }) => value)).toEqual(row);
      }
      const skipped = imported.notices.filter(({ text: notice }) => notice.includes('skipped')).length;
      expect(skipped).toBe(rows.length - kept.length);
      for (const lineage of [false, true]) {
        const again = await readTable(await writeReal(imported, lineage), optionsFor(delimiter), [], silentTask);
        expect(again.table.rows).toBe(kept.length);
        for (const [i, { row }] of kept.entries()) expect(rawCells(again.table, i).slice(0, row.length)).toEqual(row);
      }
    }),
    { numRuns: 300 },
  );
});

const folder = new URL('./nasty/', import.meta.url);
const seeds = readdirSync(folder)
  .filter((name) => /\.(csv|tsv|txt)$/.test(name) && !/^(24|38)/.test(name))
  .map((name) => new Uint8Array(readFileSync(new URL(name, folder))));

const BYTES = [0, 9, 10, 13, 32, 34, 39, 44, 45, 48, 59, 61, 124, 0xff, 0xc3, 0xef];
const edit = fc.record({
  kind: fc.constantFrom('set', 'insert', 'delete', 'repeat', 'cut'),
  place: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  length: fc.integer({ min: 1, max: 40 }),
  byte: fc.constantFrom(...BYTES),
});

function mutate(
  bytes: Uint8Array,
  edits: readonly { kind: string; place: number; length: number; byte: number }[],
): Uint8Array {
  let out = [...bytes];
  for (const { kind, place, length, byte } of edits) {
    const at = Math.floor(place * out.length);
    if (kind === 'set') out[at] = byte;
    else if (kind === 'insert') out.splice(at, 0, byte);
    else if (kind === 'delete') out.splice(at, length);
    else if (kind === 'repeat') out.splice(at, 0, ...out.slice(at, at + length));
    else if (out.length > 200) out = out.slice(0, at + 100);
  }
  return Uint8Array.from(out);
}

/** Everything between two rows must be blank, and everything in a row must be in its cells. */
function expectNothingLost({ table, notices }: ImportedTable) {
  const { source } = table;
  const onlyBlank = new RegExp(`^[\\s"${source.delimiter === '|' ? '\\|' : source.delimiter}]*$`);
  let gaps = 0;
  for (let row = 0; row < table.rows; row++) {
    const next = row + 1 < table.rows ? source.start[row + 1]! : source.text.length;
    const gap = source.text.slice(source.end[row], next);
    expect(gap).toMatch(onlyBlank);
    gaps += gap.replace(/^(\r\n|\n|\r)/, '') === '' ? 0 : 1;
    const dropped = cellsOfRow(source, row)
      .slice(table.columns.length)
      .filter((text) => text.trim() !== '');
    if (dropped.length > 0) expect(notices.some(({ text }) => /dropped|not listed/.test(text))).toBe(true);
  }
  if (gaps > 0) expect(notices.some(({ text }) => /skipped|not listed/.test(text))).toBe(true);
  const above = source.text.slice(0, source.start[0]);
  if (source.header === null)
    expect(above.trim() === '' || notices.some(({ text }) => /skipped/.test(text))).toBe(true);
}

it('reads its own file the same way when blank lines of another sort came first', async () => {
  const imported = await readTable('\r\r\r \ra,b\n1,2', guessAll, [], silentTask);
  expect([imported.table.source.newline, imported.table.columns.length]).toEqual(['\n', 2]);
  const again = await readTable(await writeReal(imported, false), guessAll, [], silentTask);
  expect(again.table.rows).toBe(imported.table.rows);
});

/** More in the nightly run: FUZZ_RUNS=10000. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 500);

it(
  `never crashes, never loses a row in silence, and reads the same alone and in shares on ${RUNS} mutated files`,
  async () => {
    let read = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.nat(seeds.length - 1),
        fc.array(edit, { minLength: 1, maxLength: 6 }),
        async (seed, edits) => {
          let imported: ImportedTable;
          try {
            const bytes = mutate(seeds[seed]!, edits);
            const { text, encoding, isPlain, utf8 } = decodeText(bytes);
            const options = { ...guessAll, encoding };
            imported = await readTable(text, options, [], silentTask);
            const shared = await readTable(text, options, [], silentTask, utf8, {
              count: 2,
              read: (shares, layout, task) =>
                Promise.all(
                  shares.map((columns) => {
                    const characters = isPlain ? new PlainCharacters(bytes) : charactersOf(text);
                    return readColumns(characters, layout, options, [], columns, task);
                  }),
                ),
            });
            expect(shared).toEqual(imported);
          } catch (error) {
            if (error instanceof EngineError) return;
            throw error;
          }
          read++;
          expectNothingLost(imported);
          const written = await writeReal(imported, false);
          const again = await readTable(written, { ...imported.options, skipLines: 0 }, [], silentTask);
          expect(again.table.rows).toBe(imported.table.rows);
          for (let row = 0; row < imported.table.rows; row++)
            expect(cellsOfRow(again.table.source, row)).toEqual(cellsOfRow(imported.table.source, row));
        },
      ),
      // The same files each time: a failure tells of a change in the reader, not of luck.
      { numRuns: RUNS, seed: 20261124 },
    );
    expect(read).toBeGreaterThan(0.6 * RUNS);
  },
  120 * RUNS,
);
