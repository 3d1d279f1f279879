import { type ReactNode, useId } from 'react';
import { classes } from './classes';

interface FieldProps {
  readonly label: string;
  /** One sentence under the control. */
  readonly hint?: ReactNode;
  readonly error?: string | null;
  /** Label and control on one line: switches, short selects. */
  readonly isInline?: boolean;
  /** Receives the ids the control must carry. */
  readonly children: (control: {
    readonly id: string;
    readonly 'aria-describedby': string | undefined;
    readonly 'aria-invalid': boolean | undefined;
  }) => ReactNode;
}

/** A labelled control with its hint or its error. */
export function Field({ label, hint, error, isInline, children }: FieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const hasNote = Boolean(error ?? hint);
  const control = children({
    id,
    'aria-describedby': hasNote ? noteId : undefined,
    'aria-invalid': error ? true : undefined,
  });
  return (
    <div className="field">
      <div className={classes('field', isInline && 'field-inline')}>
        <label className="field-label" htmlFor={id}>
          {label}
        </label>
        {control}
      </div>
      {hasNote && (
        <p id={noteId} className={error ? 'field-error' : 'field-hint'}>
          {error ?? hint}
        </p>
      )}
    </div>
  );
}
