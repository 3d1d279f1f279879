import type { MapLane, RoleTag } from '../../engine/graph/causalMap';

export const tagOptions: readonly { readonly value: RoleTag | ''; readonly label: string }[] = [
  { value: '', label: 'no tag' },
  { value: 'confounder', label: 'Confounder' },
  { value: 'mediator', label: 'Mediator' },
  { value: 'collider', label: 'Collider' },
  { value: 'exposure', label: 'Exposure' },
  { value: 'outcome', label: 'Outcome' },
  { value: 'instrument', label: 'Instrument' },
];

const TIERS = 10;

/** No tier, the usual ones (the lanes, where there are any), and the node's own where a map file gave it a later one. */
export const tierOptions = (lanes: readonly MapLane[] | undefined, own: number | null) => {
  const count = Math.max(lanes?.length ?? TIERS, own === null ? 0 : own + 1);
  return [
    { value: '', label: 'no tier' },
    ...Array.from({ length: count }, (_, tier) => ({
      value: String(tier),
      label: lanes?.[tier] ? `${tier}: ${lanes[tier].name}` : String(tier),
    })),
  ];
};
