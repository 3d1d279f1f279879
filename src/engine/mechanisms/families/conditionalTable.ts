import { categoricalFit, categoricalMechanism } from '../classifier';
import {
  type CategoricalMechanism,
  defineClassifier,
  type FitInput,
  type MechanismJson,
  type ParentColumns,
} from '../mechanism';

const MOST_CELLS = 4096;
/** Weight, in rows, of the child's overall law in each cell. */
const PRIOR_ROWS = 1;

interface TableParts {
  readonly child: string;
  readonly levels: readonly string[];
  readonly parents: readonly string[];
  /** Levels of each parent plus one for missing. */
  readonly sizes: readonly number[];
  /** Row-major (cells, levels), first parent slowest. */
  readonly probabilities: Float64Array;
  readonly exact: boolean;
}

/**
 * p(v | pa) = (n_vc + a p_v) / (n_c + a) in each cell c of the parents' levels, p_v the child's overall law, a = 1 row.
 * When every filled cell holds a single level the table is taken as an exact rule and filled cells are not smoothed.
 * Without parents it is the law of a categorical root.
 */
export const conditionalTable = defineClassifier({
  id: 'conditional-table',
  label: 'Conditional table',
  child: 'categorical',
  complexity: 1,
  takesLimits: false,
  appliesTo: ({ parents, child }) =>
    parents.every((parent) => parent.levels !== null) &&
    parents.reduce((cells, parent) => cells * (parent.levels!.length + 1), 1) * child.levels!.length <= MOST_CELLS,
  fit(input) {
    const { weights, fold, folds, values } = input;
    const levels = input.child.levels!.length;
    const probabilities = new Float64Array(values.length * levels);
    for (let f = 0; f < folds; f++) {
      const fitted = tabulate(
        input,
        weights.map((w, i) => (fold[i] === f ? 0 : w)),
      );
      const cells = cellsOf(fitted.sizes, input.parentColumns, values.length);
      for (let i = 0; i < values.length; i++)
        if (fold[i] === f)
          for (let k = 0; k < levels; k++)
            probabilities[i * levels + k] = fitted.probabilities[cells[i]! * levels + k]!;
    }
    return categoricalFit(input, tableMechanism(tabulate(input, weights)), probabilities);
  },
  fromJSON: (json) => {
    const parts = json.parts as Omit<TableParts, 'probabilities'> & { probabilities: number[] };
    return tableMechanism({ ...parts, probabilities: Float64Array.from(parts.probabilities) });
  },
});

/** Rows per cell from which counting is as good as any model of the cells. */
const ROWS_PER_CELL = 100;

/** True where the table can hold everything that can be learned: other families could only approach it. */
export const tableIsFilled = ({ parents, values }: FitInput): boolean =>
  parents.every((parent) => parent.levels !== null) &&
  parents.reduce((cells, parent) => cells * parent.levels!.length, 1) * ROWS_PER_CELL <= values.length;

function cellsOf(sizes: readonly number[], parents: ParentColumns, rows: number): Uint32Array {
  const cells = new Uint32Array(rows);
  sizes.forEach((size, parent) => {
    const column = parents[parent]!;
    for (let i = 0; i < rows; i++) {
      const code = column[i]!;
      cells[i] = cells[i]! * size + (Number.isNaN(code) ? size - 1 : code);
    }
  });
  return cells;
}

function tabulate({ child, parents, values, parentColumns }: FitInput, weights: Float64Array): TableParts {
  const levels = child.levels!.length;
  const sizes = parents.map((parent) => parent.levels!.length + 1);
  const cellCount = sizes.reduce((a, b) => a * b, 1);
  const cells = cellsOf(sizes, parentColumns, values.length);
  const counts = new Float64Array(cellCount * levels);
  const overall = new Float64Array(levels);
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    counts[cells[i]! * levels + values[i]!]! += weights[i]!;
    overall[values[i]!]! += weights[i]!;
    total += weights[i]!;
  }
  let exact = parents.length > 0 && overall.filter((count) => count > 0).length > 1;
  for (let c = 0; c < cellCount && exact; c++) {
    let filled = 0;
    for (let k = 0; k < levels; k++) if (counts[c * levels + k]! > 0) filled++;
    exact = filled <= 1;
  }
  const probabilities = new Float64Array(cellCount * levels);
  for (let c = 0; c < cellCount; c++) {
    let inCell = 0;
    for (let k = 0; k < levels; k++) inCell += counts[c * levels + k]!;
    const prior = parents.length === 0 || (exact && inCell > 0) ? 0 : PRIOR_ROWS;
    for (let k = 0; k < levels; k++)
      probabilities[c * levels + k] = (counts[c * levels + k]! + (prior * overall[k]!) / total) / (inCell + prior);
  }
  return {
    child: child.name,
    levels: child.levels!,
    parents: parents.map(({ name }) => name),
    sizes,
    probabilities,
    exact,
  };
}

function tableMechanism(parts: TableParts): CategoricalMechanism {
  const levels = parts.levels.length;
  const given = parts.parents.length > 0 ? ` | ${parts.parents.join(', ')}` : '';
  const probabilities = (parents: ParentColumns, rows: number) => {
    const cells = cellsOf(parts.sizes, parents, rows);
    const out = new Float64Array(rows * levels);
    for (let i = 0; i < rows; i++)
      for (let k = 0; k < levels; k++) out[i * levels + k] = parts.probabilities[cells[i]! * levels + k]!;
    return out;
  };
  return categoricalMechanism(
    'conditional-table',
    { levels, probabilities },
    () => ({
      family: 'conditional-table',
      label: parts.exact ? 'Exact rule' : 'Conditional table',
      equation: parts.exact
        ? `${parts.child} is decided by ${parts.parents.join(', ')} in every row`
        : `P(${parts.child}${given}) by counting, ${parts.probabilities.length / levels} cells`,
      terms:
        parts.parents.length === 0 ? parts.levels.map((name, k) => ({ name, value: parts.probabilities[k]! })) : [],
    }),
    (): MechanismJson => ({
      family: 'conditional-table',
      parts: { ...parts, probabilities: Array.from(parts.probabilities) },
    }),
  );
}
