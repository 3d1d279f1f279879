import { classes } from '../../ui/classes';

interface ChipProps {
  readonly isOn: boolean;
  readonly label: string;
  /** Why it should stay off. */
  readonly warning?: string | null;
  onClick(): void;
}

/** A small switch among many: a column or a set that is held fixed. */
export function Chip({ isOn, label, warning = null, onClick }: ChipProps) {
  return (
    <button
      type="button"
      className={classes('chip-button', warning !== null && 'chip-forbidden')}
      aria-pressed={isOn}
      title={warning ?? undefined}
      onClick={onClick}
    >
      {label}
    </button>
  );
}
