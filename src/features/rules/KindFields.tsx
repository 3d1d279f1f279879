import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { isNumericKind } from '../../engine/data/table';
import { Button } from '../../ui/Button';
import { Field } from '../../ui/Field';
import { IconButton } from '../../ui/IconButton';
import { NumberField } from '../../ui/NumberField';
import { Segmented } from '../../ui/Segmented';
import { Select } from '../../ui/Select';
import { Switch } from '../../ui/Switch';
import { ConditionFields } from './ConditionFields';
import { LevelChoice } from './LevelChoice';
import { emptyCondition, type RuleColumn, type RuleDraft, splitValues } from './ruleDraft';
import { TierFields } from './TierFields';
import { ValueField } from './ValueField';

export interface KindFieldsProps {
  readonly draft: RuleDraft;
  readonly columns: readonly RuleColumn[];
  set(patch: Partial<RuleDraft>): void;
}

const choose = (which: readonly RuleColumn[]) => [
  { value: '', label: 'Choose …' },
  ...which.map(({ name }) => ({ value: name, label: name })),
];

/** The blanks of the sentence, for the kind that is being written. */
export function KindFields(props: KindFieldsProps) {
  const { draft, columns, set } = props;
  const column = columns.find(({ name }) => name === draft.column);
  const numeric = columns.filter(({ kind }) => isNumericKind(kind));
  const amounts = numeric.filter(({ kind }) => kind !== 'datetime');
  switch (draft.kind) {
    case 'range':
      return (
        <>
          <Select
            label="Column"
            value={column && isNumericKind(column.kind) ? draft.column : ''}
            options={choose(numeric)}
            onChange={(name) => set({ column: name, min: null, max: null, step: null })}
          />
          <div className="two-fields">
            <ValueField label="Smallest value" column={column} value={draft.min} onChange={(min) => set({ min })} />
            <ValueField label="Largest value" column={column} value={draft.max} onChange={(max) => set({ max })} />
          </div>
          {column?.kind !== 'datetime' && (
            <NumberField
              label="Step of the grid, if there is one"
              value={draft.step}
              step={0.1}
              isOptional
              onChange={(step) => set({ step })}
            />
          )}
        </>
      );
    case 'whole':
    case 'fixed':
      return (
        <Select
          label="Column"
          value={draft.column}
          options={choose(draft.kind === 'whole' ? amounts : columns)}
          onChange={(name) => set({ column: name })}
        />
      );
    case 'allowed':
      return (
        <>
          <Select
            label="Column"
            value={draft.column}
            options={choose(columns.filter(({ kind }) => kind !== 'datetime'))}
            onChange={(name) => set({ column: name, values: [] })}
          />
          {column && (
            <AllowedValues
              key={column.name}
              column={column}
              values={draft.values}
              onChange={(values) => set({ values })}
            />
          )}
        </>
      );
    case 'order':
      return <OrderFields {...props} />;
    case 'formula':
      return (
        <>
          <Select
            label="Column that is calculated"
            value={draft.column}
            options={choose(numeric)}
            onChange={(name) => set({ column: name })}
          />
          <Field label="Formula">
            {(control) => (
              <input
                {...control}
                className="input rule-code"
                spellCheck={false}
                value={draft.formula}
                placeholder="price * count"
                onChange={(event) => set({ formula: event.target.value })}
              />
            )}
          </Field>
          <NumberField
            label="Tolerance, if any"
            value={draft.tolerance}
            min={0}
            step={0.1}
            isOptional
            onChange={(tolerance) => set({ tolerance })}
          />
        </>
      );
    case 'implication':
    case 'forbidden':
      return <ConditionList {...props} />;
    case 'monotone':
    case 'bounded-effect':
      return (
        <>
          <div className="two-fields">
            <Select label="Cause" value={draft.cause} options={choose(columns)} onChange={(cause) => set({ cause })} />
            <Select
              label="Effect"
              value={draft.effect}
              options={choose(columns)}
              onChange={(effect) => set({ effect })}
            />
          </div>
          {draft.kind === 'monotone' ? (
            <Segmented
              label="More of the cause means"
              value={draft.direction}
              options={[
                { value: 'rises', label: 'never less of the effect' },
                { value: 'falls', label: 'never more of it' },
              ]}
              onChange={(direction) => set({ direction })}
            />
          ) : (
            <NumberField
              label="Largest effect"
              hint="In units of the effect (in log odds for a category), between any two values of the cause, all else equal."
              value={draft.most}
              min={0}
              step={0.1}
              isOptional
              onChange={(most) => set({ most })}
            />
          )}
        </>
      );
    case 'tiers':
      return <TierFields columns={columns} tiers={draft.tiers} onChange={(tiers) => set({ tiers })} />;
    case 'support':
      return (
        <NumberField
          label="Least support"
          hint="0.02: every synthetic row is at least as near to real rare rows as the 2 % of them that lie farthest out."
          value={draft.least}
          min={0}
          max={1}
          step={0.01}
          isOptional
          onChange={(least) => set({ least })}
        />
      );
    case 'expression':
      return (
        <Field label="What must hold of every row">
          {(control) => (
            <textarea
              {...control}
              className="input rule-code"
              spellCheck={false}
              value={draft.text}
              placeholder="if dose > 20 then weight >= 40"
              onChange={(event) => set({ text: event.target.value })}
            />
          )}
        </Field>
      );
  }
}

function OrderFields({ draft, columns, set }: KindFieldsProps) {
  const ordered = columns.filter(({ kind }) => isNumericKind(kind) || kind === 'ordinal');
  const kind = columns.find(({ name }) => name === draft.lower)?.kind;
  const unit = kind === 'datetime' ? ', in days' : '';
  return (
    <>
      <div className="two-fields">
        <Select
          label={kind === 'datetime' ? 'Earlier column' : 'Lower column'}
          value={draft.lower}
          options={choose(ordered)}
          onChange={(lower) => set({ lower })}
        />
        <Select
          label={kind === 'datetime' ? 'Later column' : 'Upper column'}
          value={draft.upper}
          options={choose(ordered)}
          onChange={(upper) => set({ upper })}
        />
      </div>
      <Switch label="They may not be equal" isOn={draft.strict} onChange={(strict) => set({ strict })} />
      {kind !== 'ordinal' && (
        <div className="two-fields">
          <NumberField
            label={`Least gap${unit}`}
            value={draft.gapMin}
            min={0}
            step={0.1}
            isOptional
            onChange={(gapMin) => set({ gapMin })}
          />
          <NumberField
            label={`Largest gap${unit}`}
            value={draft.gapMax}
            min={0}
            step={0.1}
            isOptional
            onChange={(gapMax) => set({ gapMax })}
          />
        </div>
      )}
    </>
  );
}

function ConditionList({ draft, columns, set }: KindFieldsProps) {
  const isNever = draft.kind === 'forbidden';
  const first = isNever ? 'Never' : 'If';
  return (
    <div className="stack">
      {draft.when.map((condition, i) => (
        // Conditions have no identity of their own: their place is what the user sees.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <div key={i} className="condition-row">
          <span className="condition-word">{i === 0 ? first : 'and'}</span>
          <ConditionFields
            label={`${first}, condition ${i + 1}`}
            condition={condition}
            columns={columns}
            onChange={(next) => set({ when: draft.when.map((one, j) => (j === i ? next : one)) })}
          />
          <IconButton
            label={`Remove condition ${i + 1}`}
            icon={<X size={14} />}
            onClick={() => set({ when: draft.when.filter((_, j) => j !== i) })}
          />
        </div>
      ))}
      <div>
        <Button
          isSmall
          look="quiet"
          icon={<Plus size={13} />}
          onClick={() => set({ when: [...draft.when, emptyCondition] })}
        >
          {draft.when.length === 0 ? 'Add a condition' : 'And …'}
        </Button>
      </div>
      {!isNever && (
        <div className="condition-row">
          <span className="condition-word">then</span>
          <ConditionFields label="Then" condition={draft.then} columns={columns} onChange={(then) => set({ then })} />
        </div>
      )}
    </div>
  );
}

interface AllowedValuesProps {
  readonly column: RuleColumn;
  readonly values: readonly string[];
  onChange(values: readonly string[]): void;
}

/** Levels are ticked, numbers are typed. */
function AllowedValues({ column, values, onChange }: AllowedValuesProps) {
  const [text, setText] = useState(values.join(', '));
  if (!isNumericKind(column.kind))
    return (
      <LevelChoice
        legend={`Allowed values of ${column.name}`}
        levels={column.levels}
        chosen={values}
        onChange={onChange}
      />
    );
  return (
    <Field label="Allowed numbers, separated by commas">
      {(control) => (
        <input
          {...control}
          className="input"
          value={text}
          placeholder="0, 10, 20"
          onChange={(event) => {
            setText(event.target.value);
            onChange(splitValues(event.target.value));
          }}
        />
      )}
    </Field>
  );
}
