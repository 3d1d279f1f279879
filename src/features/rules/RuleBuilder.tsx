import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { describeRule, ruleKinds } from '../../engine/constraints/catalogue';
import type { Rule, RuleKind } from '../../engine/constraints/rule';
import type { ValueSpec } from '../../engine/data/frame';
import { isNumericKind } from '../../engine/data/table';
import { Button } from '../../ui/Button';
import { Field } from '../../ui/Field';
import { IconButton } from '../../ui/IconButton';
import { Notice } from '../../ui/Notice';
import { Panel } from '../../ui/Panel';
import { Segmented } from '../../ui/Segmented';
import { Select } from '../../ui/Select';
import { Switch } from '../../ui/Switch';
import { ConditionFields } from './ConditionFields';
import { emptyCondition, type RuleColumn, type RuleDraft, ruleOf, splitValues } from './ruleDraft';
import { useDraftCheck } from './useDraftCheck';
import { ValueField } from './ValueField';
import { violationText } from './violationText';

interface RuleBuilderProps {
  readonly draft: RuleDraft;
  readonly isNew: boolean;
  readonly columns: readonly RuleColumn[];
  readonly specs: readonly ValueSpec[];
  readonly rows: number;
  onChange(draft: RuleDraft): void;
  onAccept(rule: Rule): void;
  onCancel(): void;
}

const kindNames: Readonly<Record<RuleKind, string>> = {
  range: 'Range',
  allowed: 'Allowed values',
  order: 'Order',
  implication: 'If … then',
};
const kinds = (Object.keys(ruleKinds) as RuleKind[]).map((value) => ({ value, label: kindNames[value] }));

/** Writes one rule; it says how many real rows would break it before it is accepted. */
export function RuleBuilder(props: RuleBuilderProps) {
  const { draft, isNew, columns, specs, rows, onChange, onAccept, onCancel } = props;
  const [isReasonWanted, setReasonWanted] = useState(false);
  const set = (patch: Partial<RuleDraft>) => onChange({ ...draft, ...patch });
  const outcome = ruleOf(draft, columns);
  const check = useDraftCheck(outcome.ok ? outcome.rule : null);
  const hasReason = draft.reason.trim() !== '';
  const problem = check ? (check.ok ? check.value.problem : check.message) : null;
  const accept = () => {
    if (!hasReason) {
      setReasonWanted(true);
      return;
    }
    if (outcome.ok) {
      setReasonWanted(false);
      onAccept(outcome.rule);
    }
  };
  return (
    <Panel title={isNew ? 'New rule' : 'Change a rule'}>
      <Segmented<RuleKind> label="Kind of rule" value={draft.kind} options={kinds} onChange={(kind) => set({ kind })} />
      <KindFields draft={draft} columns={columns} set={set} />
      <Field
        label="Why it holds (required)"
        error={isReasonWanted && !hasReason ? 'Say why: a rule without a reason cannot be checked by anyone.' : null}
      >
        {(control) => (
          <textarea
            {...control}
            className="input"
            value={draft.reason}
            placeholder="Such as: untreated patients get no dose"
            onChange={(event) => set({ reason: event.target.value })}
          />
        )}
      </Field>
      <div className="rule-preview" aria-live="polite">
        {!outcome.ok && <p className="muted">{outcome.missing}</p>}
        {outcome.ok && (
          <>
            <p>
              <strong>“{describeRule(outcome.rule, specs)}”</strong>
            </p>
            {problem !== null && <Notice level="error">{problem}</Notice>}
            {problem === null && !check && <p className="muted">Counting real rows …</p>}
            {problem === null && check?.ok && (
              <Notice level={check.value.realViolations > 0 ? 'warning' : 'info'}>
                {violationText(check.value, rows)}
                {check.value.examples.length > 0 && ` Rows ${check.value.examples.join(', ')}.`}
              </Notice>
            )}
          </>
        )}
      </div>
      <div className="row-wrap">
        <Button look="primary" disabled={!outcome.ok || problem !== null} onClick={accept}>
          {isNew ? 'Accept the rule' : 'Keep the change'}
        </Button>
        <Button look="quiet" onClick={onCancel}>
          {isNew ? 'Clear' : 'Leave it as it was'}
        </Button>
      </div>
    </Panel>
  );
}

interface KindFieldsProps {
  readonly draft: RuleDraft;
  readonly columns: readonly RuleColumn[];
  set(patch: Partial<RuleDraft>): void;
}

function KindFields({ draft, columns, set }: KindFieldsProps) {
  const choose = (which: readonly RuleColumn[]) => [
    { value: '', label: 'Choose …' },
    ...which.map(({ name }) => ({ value: name, label: name })),
  ];
  const column = columns.find(({ name }) => name === draft.column);
  switch (draft.kind) {
    case 'range':
      return (
        <>
          <Select
            label="Column"
            value={column && isNumericKind(column.kind) ? draft.column : ''}
            options={choose(columns.filter(({ kind }) => isNumericKind(kind)))}
            onChange={(name) => set({ column: name, min: null, max: null })}
          />
          <div className="two-fields">
            <ValueField label="Smallest value" column={column} value={draft.min} onChange={(min) => set({ min })} />
            <ValueField label="Largest value" column={column} value={draft.max} onChange={(max) => set({ max })} />
          </div>
        </>
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
    case 'order': {
      const ordered = columns.filter(({ kind }) => isNumericKind(kind) || kind === 'ordinal');
      return (
        <>
          <div className="two-fields">
            <Select
              label="Lower column"
              value={draft.lower}
              options={choose(ordered)}
              onChange={(lower) => set({ lower })}
            />
            <Select
              label="Upper column"
              value={draft.upper}
              options={choose(ordered)}
              onChange={(upper) => set({ upper })}
            />
          </div>
          <Switch label="They may not be equal" isOn={draft.strict} onChange={(strict) => set({ strict })} />
        </>
      );
    }
    case 'implication':
      return (
        <div className="stack">
          {draft.when.map((condition, i) => (
            // Conditions have no identity of their own: their place is what the user sees.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <div key={i} className="condition-row">
              <span className="condition-word">{i === 0 ? 'If' : 'and'}</span>
              <ConditionFields
                label={`If, condition ${i + 1}`}
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
          <div className="condition-row">
            <span className="condition-word">then</span>
            <ConditionFields label="Then" condition={draft.then} columns={columns} onChange={(then) => set({ then })} />
          </div>
        </div>
      );
  }
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
      <fieldset className="rule-levels" data-many={column.levels.length > 8}>
        <legend className="field-label">Allowed values of {column.name}</legend>
        {column.levels.map((level) => (
          <label key={level} className="choice">
            <input
              type="checkbox"
              checked={values.includes(level)}
              onChange={(event) =>
                onChange(event.target.checked ? [...values, level] : values.filter((one) => one !== level))
              }
            />
            <span className="truncate" title={level}>
              {level}
            </span>
          </label>
        ))}
      </fieldset>
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
