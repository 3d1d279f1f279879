import { useEffect, useState } from 'react';
import { classes } from './classes';
import { Field } from './Field';

interface NumberFieldProps {
  readonly label: string;
  /** Null is an empty field; it is only reported where `isOptional`. */
  readonly value: number | null;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
  readonly hint?: string;
  readonly isOptional?: boolean;
  readonly isDisabled?: boolean;
  readonly isInline?: boolean;
  onChange(value: number | null): void;
}

/** A number, typed or stepped with the arrow keys. What cannot be used is said and never reported. */
export function NumberField(props: NumberFieldProps) {
  const { label, value, min, max, step = 1, hint, isOptional, isDisabled, isInline, onChange } = props;
  const [draft, setDraft] = useState(value === null ? '' : String(value));
  useEffect(() => {
    setDraft((now) => (now.trim() !== '' && Number(now) === value ? now : value === null ? '' : String(value)));
  }, [value]);

  const problem = (text: string): string | null => {
    if (text.trim() === '') return isOptional ? null : 'Enter a number.';
    const number = Number(text);
    if (!Number.isFinite(number)) return `"${text}" is not a number.`;
    if (min !== undefined && number < min) return `At least ${min}.`;
    if (max !== undefined && number > max) return `At most ${max}.`;
    if (Number.isInteger(step) && !Number.isInteger(number)) return 'A whole number, please.';
    return null;
  };
  const error = problem(draft);
  const type = (text: string) => {
    setDraft(text);
    if (problem(text) === null) onChange(text.trim() === '' ? null : Number(text));
  };
  return (
    <Field label={label} hint={hint} error={error} {...(isInline ? { isInline } : {})}>
      {(control) => (
        <input
          {...control}
          className={classes('input number', isInline && 'input-inline')}
          inputMode="decimal"
          role="spinbutton"
          aria-valuenow={value ?? undefined}
          aria-valuemin={min}
          aria-valuemax={max}
          value={draft}
          disabled={isDisabled}
          onChange={(event) => type(event.target.value)}
          onBlur={() => error !== null && setDraft(value === null ? '' : String(value))}
          onKeyDown={(event) => {
            const direction = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0;
            if (direction === 0) return;
            event.preventDefault();
            const next = (value ?? min ?? 0) + direction * step * (event.shiftKey ? 10 : 1);
            const clamped = Math.min(max ?? Number.POSITIVE_INFINITY, Math.max(min ?? Number.NEGATIVE_INFINITY, next));
            // Repeated steps of 0.1 must not show 0.30000000000000004.
            type(String(Number(clamped.toPrecision(12))));
          }}
        />
      )}
    </Field>
  );
}
