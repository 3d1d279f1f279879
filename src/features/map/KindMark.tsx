import { Binary, Calendar, CircleDashed, Hash, IdCard, ListOrdered, Ruler, Shapes } from 'lucide-react';
import type { ColumnKind } from '../../engine/data/table';

const icons = {
  continuous: Ruler,
  integer: Hash,
  ordinal: ListOrdered,
  nominal: Shapes,
  binary: Binary,
  datetime: Calendar,
  id: IdCard,
  latent: CircleDashed,
} as const;

export const kindWords: Record<ColumnKind | 'latent', string> = {
  continuous: 'number',
  integer: 'whole number',
  ordinal: 'ordered categories',
  nominal: 'categories',
  binary: 'two values',
  datetime: 'date',
  id: 'id',
  latent: 'not recorded',
};

/** The kind of a column as a small mark. */
export function KindMark({ kind, size = 13 }: { readonly kind: ColumnKind | 'latent'; readonly size?: number }) {
  const Icon = icons[kind];
  return (
    <span className="kind-mark" role="img" aria-label={kindWords[kind]} title={kindWords[kind]}>
      <Icon size={size} aria-hidden />
    </span>
  );
}
