import type { ReactNode } from 'react';
import { classes } from './classes';

interface BadgeProps {
  readonly tone?: 'neutral' | 'accent' | 'good' | 'warning' | 'bad';
  readonly title?: string;
  readonly children: ReactNode;
}

export function Badge({ tone = 'neutral', title, children }: BadgeProps) {
  return (
    <span className={classes('badge', tone !== 'neutral' && `badge-${tone}`)} title={title}>
      {children}
    </span>
  );
}
