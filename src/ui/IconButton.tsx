import type { ComponentProps, ReactNode } from 'react';
import { classes } from './classes';
import { Tooltip } from './Tooltip';

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  /** The accessible name, shown as the tooltip too. */
  readonly label: string;
  /** Said after the label in the tooltip, such as a shortcut or the reason it is disabled. */
  readonly hint?: string | undefined;
  readonly icon: ReactNode;
  readonly isPressed?: boolean;
  readonly side?: 'top' | 'right' | 'bottom' | 'left';
}

export function IconButton({ label, hint, icon, isPressed, side, className, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={hint ? `${label} (${hint})` : label} side={side ?? 'bottom'}>
      <button
        type="button"
        aria-label={label}
        aria-pressed={isPressed}
        className={classes('icon-button', className)}
        {...rest}
      >
        {icon}
      </button>
    </Tooltip>
  );
}
