import type { Condition } from '../../engine/constraints/rule';
import { Select } from '../../ui/Select';
import { TextField } from '../../ui/TextField';
import type { ColumnSummary } from '../../worker/api';
import { type ConditionDraft, emptyCondition, isNumber } from './draft';

const numberOps: readonly { readonly value: Condition['op']; readonly label: string }[] = [
  { value: '=', label: 'is' },
  { value: '!=', label: 'is not' },
  { value: '<', label: 'is below' },
  { value: '<=', label: 'is at most' },
  { value: '>', label: 'is above' },
  { value: '>=', label: 'is at least' },
];
const levelOps: readonly { readonly value: Condition['op']; readonly label: string }[] = [
  { value: 'in', label: 'is one of' },
  { value: 'not-in', label: 'is none of' },
];

interface ConditionFieldsProps {
  readonly label: string;
  readonly columns: readonly ColumnSummary[];
  readonly condition: ConditionDraft;
  onChange(condition: ConditionDraft): void;
}

/** One side of an if-then rule: column, comparison, value. */
export function ConditionFields({ label, columns, condition, onChange }: ConditionFieldsProps) {
  const column = columns.find(({ name }) => name === condition.column);
  const levels = column?.levels.slice(0, 6).map(({ text }) => text) ?? [];
  return (
    <div className="row-wrap">
      <Select
        label={`${label}: column`}
        value={condition.column}
        options={columns.map(({ name }) => ({ value: name, label: name }))}
        onChange={(name) => onChange(emptyCondition(columns.find((one) => one.name === name)))}
      />
      <Select
        label={`${label}: comparison`}
        value={condition.op}
        options={isNumber(column) ? numberOps : levelOps}
        onChange={(op) => onChange({ ...condition, op })}
      />
      <TextField
        label={`${label}: ${isNumber(column) ? 'number' : 'values'}`}
        value={condition.text}
        placeholder={isNumber(column) ? '0' : levels.join(', ')}
        onChange={(text) => onChange({ ...condition, text })}
      />
    </div>
  );
}
