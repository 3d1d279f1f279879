import { classes } from './classes';
import { Field } from './Field';

export interface SelectOption<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly isDisabled?: boolean;
}

interface SelectProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly SelectOption<T>[];
  readonly hint?: string;
  readonly error?: string | null;
  readonly isInline?: boolean;
  readonly isDisabled?: boolean;
  /** Keeps the label for screen readers only. */
  readonly hasHiddenLabel?: boolean;
  onChange(value: T): void;
}

/** One of several, by the platform's own list: it opens with the keyboard, on touch and at 200 % zoom alike. */
export function Select<T extends string>(props: SelectProps<T>) {
  const { label, value, options, hint, error, isInline, isDisabled, hasHiddenLabel, onChange } = props;
  const list = (control: object) => (
    <select
      {...control}
      className={classes('input select', isInline && 'input-inline')}
      value={value}
      disabled={isDisabled}
      onChange={(event) => onChange(event.target.value as T)}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value} disabled={option.isDisabled}>
          {option.label}
        </option>
      ))}
    </select>
  );
  if (hasHiddenLabel) return list({ 'aria-label': label });
  return (
    <Field label={label} hint={hint} error={error ?? null} {...(isInline ? { isInline } : {})}>
      {list}
    </Field>
  );
}
