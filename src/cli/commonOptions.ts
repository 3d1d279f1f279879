import { columnKinds } from '../engine/data/table';

/** Options that mean the same in every command that has them. */
export const mapOption = {
  type: 'string',
  about:
    'The causal map: DAGitty code, DOT, GML, bnlearn, lavaan, Tetrad, BIF, XMLBIF, NET, our JSON, or a project file, told apart by content.',
} as const;
export const targetOption = { type: 'string', about: 'The column with the rare outcome.' } as const;
export const minorityOption = {
  type: 'string',
  multiple: true,
  about: 'A rare level of the target; the rarest one when not given. Can be repeated.',
} as const;
export const sheetOption = {
  type: 'string',
  about: 'The sheet to read where DATA is an Excel workbook with several; gzip and Parquet need nothing said.',
} as const;
export const kindOption = {
  type: 'string',
  multiple: true,
  about: `COL=KIND reads a column as a kind, one of ${columnKinds.join(', ')}. Can be repeated.`,
} as const;
export const threadsOption = {
  type: 'string',
  about:
    'How many threads share the work of a large table, one a core when not given; the answer is the same with any number.',
} as const;
export const groupOption = {
  type: 'string',
  multiple: true,
  about:
    'A column whose rows with the same value (patient, site, machine) stay on one side of every split. Can be repeated.',
} as const;
export const timeOption = {
  type: 'string',
  about: 'The column that orders the rows in time: what is checked comes after what was learned from.',
} as const;
export const jsonOption = { type: 'boolean', about: 'Prints everything as JSON instead of words.' } as const;
