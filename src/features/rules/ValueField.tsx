import { Field } from '../../ui/Field';
import { NumberField } from '../../ui/NumberField';
import type { RuleColumn } from './ruleDraft';

interface ValueFieldProps {
  readonly label: string;
  readonly column: RuleColumn | undefined;
  /** A number, or milliseconds since 1970-01-01 UTC for a date column. */
  readonly value: number | null;
  onChange(value: number | null): void;
}

/** A number or a date, as the column holds it; may be left empty. */
export function ValueField({ label, column, value, onChange }: ValueFieldProps) {
  if (column?.kind === 'datetime')
    return (
      <Field label={label}>
        {(control) => (
          <input
            {...control}
            type="date"
            className="input"
            value={value === null ? '' : new Date(value).toISOString().slice(0, 10)}
            onChange={(event) => {
              const ms = Date.parse(event.target.value);
              onChange(Number.isFinite(ms) ? ms : null);
            }}
          />
        )}
      </Field>
    );
  const step = column?.kind === 'integer' ? 1 : 10 ** -Math.max(1, column?.decimals ?? 1);
  return <NumberField label={label} value={value} step={step} isOptional onChange={onChange} />;
}
