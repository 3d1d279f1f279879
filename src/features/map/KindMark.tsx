import {
  Binary,
  Calendar,
  CircleDashed,
  Equal,
  Hash,
  IdCard,
  ListOrdered,
  RefreshCw,
  Ruler,
  Shapes,
  Tally5,
  Text,
  Timer,
} from 'lucide-react';
import type { ColumnKind } from '../../engine/data/table';

const icons = {
  continuous: Ruler,
  integer: Hash,
  count: Tally5,
  ordinal: ListOrdered,
  nominal: Shapes,
  binary: Binary,
  cyclic: RefreshCw,
  datetime: Calendar,
  duration: Timer,
  constant: Equal,
  text: Text,
  id: IdCard,
  latent: CircleDashed,
} as const;

export const kindWords: Record<ColumnKind | 'latent', string> = {
  continuous: 'number',
  integer: 'whole number',
  count: 'count',
  ordinal: 'ordered categories',
  nominal: 'categories',
  binary: 'two values',
  cyclic: 'cycle',
  datetime: 'date',
  duration: 'duration',
  constant: 'constant',
  text: 'free text',
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
