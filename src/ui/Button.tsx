import type { ComponentProps, ReactNode } from 'react';
import { classes } from './classes';

interface ButtonProps extends ComponentProps<'button'> {
  readonly look?: 'plain' | 'primary' | 'quiet' | 'danger';
  readonly isSmall?: boolean;
  readonly icon?: ReactNode;
}

export function Button({ look = 'plain', isSmall, icon, className, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      className={classes('button', look !== 'plain' && `button-${look}`, isSmall && 'button-small', className)}
      {...rest}
    >
      {icon}
      {children}
    </button>
  );
}
