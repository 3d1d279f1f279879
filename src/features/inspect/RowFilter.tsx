import { useState } from 'react';
import { isCarriedKind } from '../../engine/data/table';
import { useStudio } from '../../state/StudioProvider';
import { tableSummary } from '../../state/tableState';
import { Select } from '../../ui/Select';
import type { RowQuery } from '../../worker/inspectApi';
import { useAxes } from './useAxes';

interface RowFilterProps {
  readonly filters: RowQuery['filters'];
  onChange(filters: RowQuery['filters']): void;
}

/** One column and what is asked of it; filters set before stand beside as chips. */
export function RowFilter({ filters, onChange }: RowFilterProps) {
  const columns = useStudio(tableSummary)!.columns.filter(({ kind }) => !isCarriedKind(kind));
  const { mapped } = useAxes();
  const [column, setColumn] = useState(mapped[0] ?? columns[0]?.name ?? '');
  const without = (name: string) => Object.fromEntries(Object.entries(filters).filter(([other]) => other !== name));
  return (
    <>
      <Select
        label="Filter column"
        hasHiddenLabel
        isInline
        value={column}
        options={columns.map(({ name }) => ({ value: name, label: name }))}
        onChange={setColumn}
      />
      <input
        className="input table-filter"
        aria-label={`Filter of ${column}`}
        placeholder="> 5, 2..7, text, !text, missing"
        value={filters[column] ?? ''}
        onChange={(event) =>
          onChange(event.target.value === '' ? without(column) : { ...filters, [column]: event.target.value })
        }
      />
      {Object.entries(filters)
        .filter(([name]) => name !== column)
        .map(([name, text]) => (
          <button
            key={name}
            type="button"
            className="chip-toggle"
            aria-pressed
            title="Take this filter away"
            onClick={() => onChange(without(name))}
          >
            {name} {text} ×
          </button>
        ))}
    </>
  );
}
