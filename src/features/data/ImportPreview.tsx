import { useEffect, useState } from 'react';
import type { ImportOptions } from '../../engine/data/importOptions';
import { useStudioStore } from '../../state/StudioProvider';
import { Notice } from '../../ui/Notice';
import { countText } from '../../ui/numbers';
import type { Outcome, TablePreview } from '../../worker/api';
import { kindNames } from './kindNames';

const WAIT_MS = 150;
const COLUMNS = 12;

/** The first rows as these options would read them; null until the answer comes. */
export function usePreview(options: ImportOptions): Outcome<TablePreview> | null {
  const store = useStudioStore();
  const [preview, setPreview] = useState<Outcome<TablePreview> | null>(null);
  useEffect(() => {
    let isWanted = true;
    const timer = setTimeout(() => {
      void store
        .getState()
        .previewImport(options)
        .then((outcome) => isWanted && setPreview(outcome));
    }, WAIT_MS);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [store, options]);
  return preview;
}

/** The first rows of the file under the names and kinds they would get. */
export function ImportPreview({ preview }: { readonly preview: Outcome<TablePreview> | null }) {
  if (!preview) return <p className="muted">Reading the first rows …</p>;
  if (!preview.ok) return <Notice level="error">{preview.message}</Notice>;
  const { columns, rows, rowsSeen, notices } = preview.value;
  const more = columns.length - COLUMNS;
  return (
    <div className="stack">
      <div className="import-preview">
        <table aria-label="Preview of the first rows">
          <thead>
            <tr>
              {columns.slice(0, COLUMNS).map(({ name, kind }) => (
                <th key={name} scope="col" title={name}>
                  <span className="truncate">{name}</span>
                  <span className="muted">{kindNames[kind].split(' (')[0]}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((cells, row) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the rows of a preview have no other name
              <tr key={row}>
                {columns.slice(0, COLUMNS).map(({ name }, column) => (
                  <td key={name} title={cells[column]}>
                    {cells[column]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="muted">
        {columns.length === 1 ? 'One column' : `${countText(columns.length)} columns`}
        {more > 0 ? `, ${more} of them not shown` : ''}; kinds guessed from the first {countText(rowsSeen)} rows.{' '}
        {notices
          .filter(({ level }) => level === 'warning')
          .slice(0, 2)
          .map(({ text }) => text)
          .join(' ')}
      </p>
    </div>
  );
}
