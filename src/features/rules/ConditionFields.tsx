import { isCategoricalKind } from '../../engine/data/table';
import { Select } from '../../ui/Select';
import { type ConditionDraft, conditionOn, type RuleColumn } from './ruleDraft';
import { ValueField } from './ValueField';

interface ConditionFieldsProps {
  /** Names the group of fields, such as "If" or "Then". */
  readonly label: string;
  readonly condition: ConditionDraft;
  readonly columns: readonly RuleColumn[];
  onChange(condition: ConditionDraft): void;
}

const numberOps = [
  { value: '=', label: 'is' },
  { value: '!=', label: 'is not' },
  { value: '<', label: 'is below' },
  { value: '<=', label: 'is at most' },
  { value: '>', label: 'is above' },
  { value: '>=', label: 'is at least' },
] as const;
const levelOps = [
  { value: 'in', label: 'is one of' },
  { value: 'not-in', label: 'is none of' },
] as const;
/** More levels than this are chosen in a scrolling list. */
const MANY = 8;

/** One condition: a column, a comparison, a value or some levels. */
export function ConditionFields({ label, condition, columns, onChange }: ConditionFieldsProps) {
  const column = columns.find(({ name }) => name === condition.column);
  const isCategorical = column !== undefined && isCategoricalKind(column.kind);
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
      {column && !isCategorical && (
        <ValueField
          label="Value"
          column={column}
          value={condition.value}
          onChange={(value) => onChange({ ...condition, value })}
        />
      )}
      {column && isCategorical && (
        <fieldset className="rule-levels" data-many={column.levels.length > MANY}>
          <legend className="visually-hidden">Values of {column.name}</legend>
          {column.levels.map((level) => (
            <label key={level} className="choice">
              <input
                type="checkbox"
                checked={condition.levels.includes(level)}
                onChange={(event) =>
                  onChange({
                    ...condition,
                    levels: event.target.checked
                      ? [...condition.levels, level]
                      : condition.levels.filter((one) => one !== level),
                  })
                }
              />
              <span className="truncate" title={level}>
                {level}
              </span>
            </label>
          ))}
        </fieldset>
      )}
    </div>
  );
}
