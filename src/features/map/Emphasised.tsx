import { Fragment } from 'react';

/** A sentence in which the term between asterisks stands out. */
export function Emphasised({ text }: { readonly text: string }) {
  return text.split('*').map((part, i) => {
    const key = `${i}`;
    return i % 2 === 1 ? <em key={key}>{part}</em> : <Fragment key={key}>{part}</Fragment>;
  });
}
