import type { ReactNode } from 'react';

interface PageProps {
  readonly title: string;
  /** One or two plain sentences: what this place is for. */
  readonly lead?: ReactNode;
  /** Buttons at the right of the title; they wrap below it where there is no room. */
  readonly actions?: ReactNode;
  /** Fills the height of its region instead of growing with its content. */
  readonly isFilling?: boolean;
  readonly children: ReactNode;
}

/** The frame of a stage: title, purpose, main actions, content. */
export function Page({ title, lead, actions, isFilling, children }: PageProps) {
  return (
    <div className={isFilling ? 'page page-filling' : 'page'}>
      <header className="page-head">
        <div className="page-heading">
          <h1 className="page-title">{title}</h1>
          {lead && <p className="page-lead">{lead}</p>}
        </div>
        {actions && <div className="row-wrap">{actions}</div>}
      </header>
      {children}
    </div>
  );
}
