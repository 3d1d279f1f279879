import { useEffect, useState } from 'react';
import { Field } from './Field';

interface TextFieldProps {
  readonly label: string;
  /** Keeps the label for screen readers only. */
  readonly hasHiddenLabel?: boolean;
  readonly value: string;
  readonly hint?: string;
  readonly error?: string | null;
  readonly placeholder?: string;
  readonly isMultiline?: boolean;
  readonly isDisabled?: boolean;
  onChange(value: string): void;
}

/** A text that is committed when the field is left or Enter is pressed; Escape takes the typing back. */
export function TextField({
  label,
  hasHiddenLabel,
  value,
  hint,
  error,
  placeholder,
  isMultiline,
  isDisabled,
  onChange,
}: TextFieldProps) {
  const [draft, setDraft] = useState(value);
  useEffect(() => setDraft(value), [value]);
  const commit = () => draft !== value && onChange(draft);
  const field = (control: object) =>
    isMultiline ? (
      <textarea
        {...control}
        className="input"
        value={draft}
        placeholder={placeholder}
        disabled={isDisabled}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={commit}
      />
    ) : (
      <input
        {...control}
        className="input"
        value={draft}
        placeholder={placeholder}
        disabled={isDisabled}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit();
          if (event.key === 'Escape') setDraft(value);
        }}
      />
    );
  if (hasHiddenLabel) return field({ 'aria-label': label });
  return (
    <Field label={label} hint={hint} error={error ?? null}>
      {field}
    </Field>
  );
}
