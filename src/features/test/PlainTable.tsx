import type { ReactNode } from 'react';

interface PlainTableProps {
  readonly label: string;
  readonly head: readonly { readonly text: string; readonly title?: string; readonly isNumber?: boolean }[];
  /** Many like columns beside one of names, which stay in sight while the rest scrolls. */
  readonly isMatrix?: boolean;
  readonly children: ReactNode;
}

/** A small table that is all in view, and scrolls sideways where it is wider than the page. */
export function PlainTable({ label, head, isMatrix, children }: PlainTableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
    <section className={isMatrix ? 'test-table test-matrix' : 'scroll-x test-table'} tabIndex={0} aria-label={label}>
      <table className="plain-table">
        <thead>
          <tr>
            {head.map(({ text, title, isNumber }) => (
              <th key={text} scope="col" title={title} className={isNumber ? 'number' : undefined}>
                {text}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  );
}
