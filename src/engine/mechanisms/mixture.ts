import { gather } from '../numeric/gather';
import { insideUnit } from './locationScale';
import type { CategoricalMechanism, Mechanism, MechanismJson, ParentColumns } from './mechanism';

/** A piece of a mixed law: a fixed value (NaN: a missing cell), or the continuous or coded part. */
export type Piece = { readonly kind: 'atom'; readonly value: number } | { readonly kind: 'core' };

export interface Mixture {
  readonly child: string;
  readonly pieces: readonly Piece[];
  /** Which piece a row belongs to, given its parents: levels are the pieces in order. */
  readonly gate: CategoricalMechanism;
  /** The law of the core piece; null when every piece is an atom. */
  readonly core: Mechanism | null;
}

const pieceOf = (pieces: readonly Piece[], v: number): number => {
  const at = pieces.findIndex((piece) => piece.kind === 'atom' && Object.is(piece.value, v === 0 ? 0 : v));
  return at >= 0 ? at : pieces.findIndex((piece) => piece.kind === 'core');
};

/**
 * A hurdle: u first picks the piece by the gate's cumulative probabilities, then, inside the core's interval, is
 * stretched back to (0, 1) and handed to the core. Missing cells, a heavy zero, a bound where values pile up and
 * numbers with few distinct values are all atoms; a lowest atom comes before the core and a highest one after it, so
 * the law stays monotone in u (a missing cell, which has no place in the order, comes first).
 */
export function mixtureMechanism(mixture: Mixture): Mechanism {
  const { pieces, gate, core } = mixture;
  const size = pieces.length;
  const corePiece = pieces.findIndex(({ kind }) => kind === 'core');
  const atoms = Float64Array.from(pieces, (piece) => (piece.kind === 'atom' ? piece.value : 0));
  /** Runs `part` of the core on some rows only. */
  const onRows = (rows: readonly number[], parents: ParentColumns, columns: readonly Float64Array[]) => ({
    parents: parents.map((column) => gather(column, rows)),
    columns: columns.map((column) => gather(column, rows)),
  });
  return {
    family: 'mixture',
    quantile(parents, noise) {
      const p = gate.probabilities(parents, noise.length);
      const out = new Float64Array(noise.length);
      const rows: number[] = [];
      const inner = new Float64Array(core ? noise.length : 0);
      for (let i = 0; i < noise.length; i++) {
        let rest = noise[i]!;
        let k = 0;
        for (; k < size - 1 && rest >= p[i * size + k]!; k++) rest -= p[i * size + k]!;
        if (k !== corePiece) out[i] = atoms[k]!;
        else {
          rows.push(i);
          inner[i] = insideUnit(rest / p[i * size + k]!);
        }
      }
      if (rows.length > 0) {
        const part = onRows(rows, parents, [inner]);
        const values = core!.quantile(part.parents, part.columns[0]!);
        rows.forEach((i, at) => {
          out[i] = values[at]!;
        });
      }
      return out;
    },
    noise(parents, values, tieBreak) {
      const p = gate.probabilities(parents, values.length);
      const out = new Float64Array(values.length);
      const rows: number[] = [];
      values.forEach((v, i) => {
        const k = pieceOf(pieces, v);
        if (k < 0) {
          out[i] = Number.NaN; // a value that no noise gives
          return;
        }
        let below = 0;
        for (let l = 0; l < k; l++) below += p[i * size + l]!;
        out[i] = below;
        if (k === corePiece) rows.push(i);
        else out[i] = insideUnit(below + tieBreak[i]! * p[i * size + k]!);
      });
      if (rows.length > 0) {
        const part = onRows(rows, parents, [values, tieBreak]);
        const inner = core!.noise(part.parents, part.columns[0]!, part.columns[1]!);
        rows.forEach((i, at) => {
          out[i] = insideUnit(out[i]! + inner[at]! * p[i * size + corePiece]!);
        });
      }
      return out;
    },
    logDensity(parents, values) {
      const p = gate.probabilities(parents, values.length);
      const out = new Float64Array(values.length);
      const rows: number[] = [];
      values.forEach((v, i) => {
        const k = pieceOf(pieces, v);
        if (k < 0) {
          out[i] = Number.NEGATIVE_INFINITY;
          return;
        }
        out[i] = Math.log(Math.max(1e-300, p[i * size + k]!));
        if (k === corePiece) rows.push(i);
      });
      if (rows.length > 0) {
        const part = onRows(rows, parents, [values]);
        const inner = core!.logDensity(part.parents, part.columns[0]!);
        rows.forEach((i, at) => {
          out[i]! += inner[at]!;
        });
      }
      return out;
    },
    card() {
      const atoms = pieces.filter((piece): piece is { kind: 'atom'; value: number } => piece.kind === 'atom');
      const names = atoms.map(({ value }) => (Number.isNaN(value) ? 'missing' : String(value))).join(', ');
      const inner = core?.card();
      return {
        family: 'mixture',
        label: inner ? `${inner.label}, with ${names} apart` : `Choice among ${atoms.length} values`,
        equation: inner
          ? `first ${names} or not: ${gate.card().equation}; if not: ${inner.equation}`
          : gate.card().equation,
        terms: inner ? inner.terms : gate.card().terms,
      };
    },
    toJSON: () => ({
      family: 'mixture',
      child: mixture.child,
      // JSON has no NaN: a missing cell is written as null.
      pieces: pieces.map((piece) =>
        piece.kind === 'core' ? piece : { ...piece, value: Number.isNaN(piece.value) ? null : piece.value },
      ),
      gate: gate.toJSON(),
      core: core?.toJSON() ?? null,
    }),
  };
}

type JsonPiece = { kind: 'core' } | { kind: 'atom'; value: number | null };

export function mixtureFromJson(json: MechanismJson, read: (json: MechanismJson) => Mechanism): Mechanism {
  const core = json.core as MechanismJson | null;
  return mixtureMechanism({
    child: json.child as string,
    pieces: (json.pieces as JsonPiece[]).map((piece) =>
      piece.kind === 'core' ? piece : { kind: 'atom', value: piece.value ?? Number.NaN },
    ),
    // A gate is always one of the categorical families.
    gate: read(json.gate as MechanismJson) as CategoricalMechanism,
    core: core ? read(core) : null,
  });
}
