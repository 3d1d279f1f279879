import { Switch as Radix } from 'radix-ui';
import { Field } from './Field';

interface SwitchProps {
  readonly label: string;
  readonly isOn: boolean;
  readonly hint?: string;
  readonly isDisabled?: boolean;
  onChange(isOn: boolean): void;
}

export function Switch({ label, isOn, hint, isDisabled, onChange }: SwitchProps) {
  return (
    <Field label={label} hint={hint} isInline>
      {({ id, 'aria-describedby': describedBy }) => (
        <Radix.Root
          id={id}
          aria-describedby={describedBy}
          className="switch"
          checked={isOn}
          disabled={isDisabled ?? false}
          onCheckedChange={onChange}
        >
          <Radix.Thumb className="switch-thumb" />
        </Radix.Root>
      )}
    </Field>
  );
}
