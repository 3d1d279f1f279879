import type { RuleColumn } from './ruleDraft';

interface TierFieldsProps {
  readonly columns: readonly RuleColumn[];
  readonly tiers: Readonly<Record<string, number>>;
  onChange(tiers: Readonly<Record<string, number>>): void;
}

const TIERS = 6;

/** When each column is settled; a column without a time is left out. */
export function TierFields({ columns, tiers, onChange }: TierFieldsProps) {
  return (
    <div className="tier-fields">
      {columns.map(({ name }) => (
        <label key={name} className="tier-field">
          <span className="truncate" title={name}>
            {name}
          </span>
          <select
            className="input select"
            value={tiers[name] ?? ''}
            onChange={(event) => {
              const { [name]: _, ...others } = tiers;
              onChange(event.target.value === '' ? others : { ...others, [name]: Number(event.target.value) });
            }}
          >
            <option value="">no time</option>
            {Array.from({ length: TIERS }, (_, tier) => (
              <option key={String(tier)} value={tier}>
                {tier === 0 ? 'first' : `then ${tier + 1}`}
              </option>
            ))}
          </select>
        </label>
      ))}
    </div>
  );
}
