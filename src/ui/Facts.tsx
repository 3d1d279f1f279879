import type { ReactNode } from 'react';

export interface Fact {
  readonly label: string;
  readonly value: ReactNode;
  /** What it means, said on hover and to screen readers after the value. */
  readonly note?: string;
}

/** Short facts side by side, each with its label. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className="facts">
      {facts.map(({ label, value, note }) => (
        <div key={label} className="fact" title={note}>
          <dt>{label}</dt>
          <dd className="number">
            {value}
            {note && <span className="visually-hidden">. {note}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
