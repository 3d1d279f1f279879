import type { Frame } from '../src/engine/data/frame';
import type { Column, Table } from '../src/engine/data/table';

/** A simulated frame as an imported table, without its text. */
export const tableOf = (frame: Frame): Table => ({
  rows: frame.rows,
  columns: frame.specs.map((spec, c): Column => {
    const values = frame.columns[c]!;
    if (spec.levels === null)
      return {
        name: spec.name,
        kind: spec.kind as 'continuous',
        values,
        decimals: spec.decimals,
        datePattern: spec.datePattern,
      };
    return {
      name: spec.name,
      kind: spec.kind as 'nominal',
      codes: Int32Array.from(values, (v) => (Number.isNaN(v) ? -1 : v)),
      levels: spec.levels,
    };
  }),
  source: {
    text: '',
    delimiter: ',',
    quote: '"',
    newline: '\n',
    start: new Uint32Array(frame.rows),
    end: new Uint32Array(frame.rows),
    header: null,
  },
});
