import { useState } from 'react';
import { isNumericKind } from '../../engine/data/table';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { Button } from '../../ui/Button';
import { NumberField } from '../../ui/NumberField';
import { Select } from '../../ui/Select';
import type { TableSummary } from '../../worker/api';

const none = '';

/** A number as the outcome: rare are the rows on one side of a threshold. A column that says so is added to the table. */
export function ThresholdTarget({ summary }: { readonly summary: TableSummary }) {
  const store = useStudioStore();
  const isBusy = useStudio((s) => s.table.status === 'importing');
  const numbers = summary.columns.filter(
    ({ kind, distinct }) => isNumericKind(kind) && kind !== 'datetime' && distinct > 2,
  );
  const [column, setColumn] = useState(none);
  const [op, setOp] = useState<'>=' | '<='>('>=');
  const [value, setValue] = useState<number | null>(null);
  const chosen = numbers.find(({ name }) => name === column);
  if (numbers.length === 0) return null;
  const choose = (name: string) => {
    const range = numbers.find((one) => one.name === name)?.range;
    setColumn(name);
    setValue(range ? (op === '>=' ? range.q3 : range.q1) : null);
  };
  return (
    <details className="disclosure">
      <summary>Or a number past a threshold</summary>
      <div className="stack">
        <div className="import-form">
          <Select
            label="Number"
            value={column}
            options={[
              { value: none, label: 'Choose a column …' },
              ...numbers.map(({ name }) => ({ value: name, label: name })),
            ]}
            onChange={choose}
          />
          <Select<'>=' | '<='>
            label="Rare are rows"
            value={op}
            options={[
              { value: '>=', label: 'at or above' },
              { value: '<=', label: 'at or below' },
            ]}
            onChange={setOp}
          />
          <NumberField
            label="Threshold"
            value={value}
            step={10 ** -(chosen?.decimals ?? 0)}
            isOptional
            onChange={setValue}
          />
        </div>
        <Button
          isSmall
          disabled={isBusy || !chosen || value === null}
          onClick={() => value !== null && void store.getState().setThresholdTarget(column, op, value)}
        >
          Add the column and make it the outcome
        </Button>
        <p className="muted">
          Leave the number itself off the map: it gives the outcome away. Synthetic rows keep their donor’s.
        </p>
      </div>
    </details>
  );
}
