import { isCategoricalKind } from '../../engine/data/table';
import { Select } from '../../ui/Select';
import { LevelChoice } from './LevelChoice';
import { type ConditionDraft, conditionOn, type RuleColumn } from './ruleDraft';
import { ValueField } from './ValueField';

interface ConditionFieldsProps {
  /** Names the group of fields, such as "If" or "Then". */
  readonly label: string;
  readonly condition: ConditionDraft;
  readonly columns: readonly RuleColumn[];
  onChange(condition: ConditionDraft): void;
}

const missingOps = [
  { value: 'missing', label: 'is missing' },
  { value: 'known', label: 'is not missing' },
] as const;
const numberOps = [
  { value: '=', label: 'is' },
  { value: '!=', label: 'is not' },
  { value: '<', label: 'is below' },
  { value: '<=', label: 'is at most' },
  { value: '>', label: 'is above' },
  { value: '>=', label: 'is at least' },
  ...missingOps,
] as const;
const levelOps = [
  { value: 'in', label: 'is one of' },
  { value: 'not-in', label: 'is none of' },
  ...missingOps,
] as const;

/** One condition: a column, a comparison, a value or some levels. */
export function ConditionFields({ label, condition, columns, onChange }: ConditionFieldsProps) {
  const column = columns.find(({ name }) => name === condition.column);
  const isCategorical = column !== undefined && isCategoricalKind(column.kind);
  const needsValue = condition.op !== 'missing' && condition.op !== 'known';
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be a flex column in every browser
    <div className="condition" role="group" aria-label={label}>
      <Select
        label="Column"
        value={condition.column}
        options={[{ value: '', label: 'Choose …' }, ...columns.map(({ name }) => ({ value: name, label: name }))]}
        onChange={(name) => {
          const next = columns.find((one) => one.name === name);
          if (next) onChange(conditionOn(next));
        }}
      />
      {column && (
        <Select<ConditionDraft['op']>
          label="Comparison"
          value={condition.op}
          options={isCategorical ? levelOps : numberOps}
          onChange={(op) => onChange({ ...condition, op })}
        />
      )}
      {column && !isCategorical && needsValue && (
        <ValueField
          label="Value"
          column={column}
          value={condition.value}
          onChange={(value) => onChange({ ...condition, value })}
        />
      )}
      {column && isCategorical && needsValue && (
        <LevelChoice
          legend={`Values of ${column.name}`}
          isLegendHidden
          levels={column.levels}
          chosen={condition.levels}
          onChange={(levels) => onChange({ ...condition, levels })}
        />
      )}
    </div>
  );
}
