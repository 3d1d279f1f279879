import { useEffect, useState } from 'react';
import { Field } from './Field';

interface TextFieldProps {
  readonly label: string;
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
  return (
    <Field label={label} hint={hint} error={error ?? null}>
      {(control) =>
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
        )
      }
    </Field>
  );
}
