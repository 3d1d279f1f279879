import { type ReactNode, useId } from 'react';
import { classes } from './classes';

interface PanelProps {
  readonly title: string;
  /** Buttons at the right end of the title bar. */
  readonly actions?: ReactNode;
  /** Without border and corners, for a panel that fills its region. */
  readonly isPlain?: boolean;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A titled region. */
export function Panel({ title, actions, isPlain, className, children }: PanelProps) {
  const id = useId();
  return (
    <section className={classes('panel', isPlain && 'panel-plain', className)} aria-labelledby={id}>
      <header className="panel-head">
        <h2 className="panel-title truncate" id={id} title={title}>
          {title}
        </h2>
        {actions}
      </header>
      <div className="panel-body">{children}</div>
    </section>
  );
}
