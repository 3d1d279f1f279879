import { useEffect, useState } from 'react';
import { describeRule } from '../../engine/constraints/catalogue';
import type { RuleKind } from '../../engine/constraints/rule';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { Button } from '../../ui/Button';
import { Notice } from '../../ui/Notice';
import { Panel } from '../../ui/Panel';
import { Segmented } from '../../ui/Segmented';
import { Select } from '../../ui/Select';
import { Switch } from '../../ui/Switch';
import { TextField } from '../../ui/TextField';
import type { ColumnSummary, RuleCheck } from '../../worker/api';
import { ConditionFields } from './ConditionFields';
import { emptyCondition, emptyDraft, isNumber, ruleOf } from './draft';
import { Violations } from './RulesStage';

const kinds: readonly { readonly value: RuleKind; readonly label: string }[] = [
  { value: 'implication', label: 'If … then' },
  { value: 'range', label: 'Range' },
  { value: 'allowed', label: 'Allowed values' },
  { value: 'order', label: 'Order' },
];

interface RuleBuilderProps {
  readonly columns: readonly ColumnSummary[];
  onDone(): void;
}

/** Builds a rule and shows, before it is accepted, how it reads and which real rows break it. */
export function RuleBuilder({ columns: all, onDone }: RuleBuilderProps) {
  const columns = all.filter(({ kind }) => kind !== 'id');
  const numbers = columns.filter(isNumber);
  const [draft, setDraft] = useState(() => emptyDraft(columns));
  const [id] = useState(() => `rule-${crypto.randomUUID().slice(0, 8)}`);
  const [check, setCheck] = useState<RuleCheck | null>(null);
  const target = useStudio((s) => s.project.target);
  const rows = useStudio((s) => s.project.data?.rows ?? 0);
  const { addRule, ask, announce } = useStudioStore().getState();
  const rule = ruleOf(draft, id);
  const key = JSON.stringify(rule);
  const change = (patch: Partial<typeof draft>) => setDraft((now) => ({ ...now, ...patch }));

  useEffect(() => {
    setCheck(null);
    const asked = JSON.parse(key) as typeof rule;
    if (typeof asked === 'string') return;
    let isCurrent = true;
    const timer = setTimeout(async () => {
      const outcome = await ask((engine) => engine.checkRules([asked], target));
      if (isCurrent && outcome.ok) setCheck(outcome.value[0] ?? null);
    }, 200);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [key, target, ask]);

  const accept = () => {
    if (typeof rule === 'string') return;
    addRule(rule);
    announce(`Rule added: ${describeRule(rule)}`);
    onDone();
  };
  const options = (list: readonly ColumnSummary[]) => list.map(({ name }) => ({ value: name, label: name }));
  const isReady = typeof rule !== 'string' && rule.reason !== '' && check !== null && check.problem === null;

  return (
    <Panel title="New rule">
      <Segmented label="Kind of rule" value={draft.kind} options={kinds} onChange={(kind) => change({ kind })} />
      {draft.kind === 'range' && (
        <div className="row-wrap">
          <Select
            label="Column"
            value={draft.column}
            options={options(numbers)}
            onChange={(column) => change({ column })}
          />
          <TextField label="At least" value={draft.min} onChange={(min) => change({ min })} />
          <TextField label="At most" value={draft.max} onChange={(max) => change({ max })} />
        </div>
      )}
      {draft.kind === 'allowed' && (
        <div className="row-wrap">
          <Select
            label="Column"
            value={draft.column}
            options={options(columns)}
            onChange={(column) => change({ column })}
          />
          <TextField
            label="Allowed values, separated by commas"
            value={draft.values}
            onChange={(values) => change({ values })}
          />
        </div>
      )}
      {draft.kind === 'order' && (
        <div className="row-wrap">
          <Select
            label="Smaller column"
            value={draft.column}
            options={options(numbers)}
            onChange={(column) => change({ column })}
          />
          <Select
            label="Larger column"
            value={draft.other}
            options={options(numbers)}
            onChange={(other) => change({ other })}
          />
          <Switch label="Never equal" isOn={draft.strict} onChange={(strict) => change({ strict })} />
        </div>
      )}
      {draft.kind === 'implication' && (
        <>
          {draft.when.map((condition, at) => (
            <ConditionFields
              // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no identity but their place
              key={at}
              label={at === 0 ? 'When' : 'and'}
              columns={columns}
              condition={condition}
              onChange={(next) => change({ when: draft.when.map((old, i) => (i === at ? next : old)) })}
            />
          ))}
          <div>
            <Button isSmall look="quiet" onClick={() => change({ when: [...draft.when, emptyCondition(columns[0])] })}>
              Add a condition
            </Button>
            {draft.when.length > 1 && (
              <Button isSmall look="quiet" onClick={() => change({ when: draft.when.slice(0, -1) })}>
                Remove the last
              </Button>
            )}
          </div>
          <ConditionFields
            label="then"
            columns={columns}
            condition={draft.then}
            onChange={(then) => change({ then })}
          />
        </>
      )}
      <TextField
        label="Reason"
        hint="Required: whoever reads the report wants to know why."
        value={draft.reason}
        onChange={(reason) => change({ reason })}
      />
      {typeof rule === 'string' ? (
        <Notice>{rule}</Notice>
      ) : (
        <>
          <p>
            <strong>{describeRule(rule)}</strong>
          </p>
          {check?.problem && <Notice level="error">{check.problem}</Notice>}
          {check && !check.problem && (
            <Violations
              real={check.realViolations}
              rare={check.realRareViolations}
              rows={rows}
              examples={check.examples}
            />
          )}
        </>
      )}
      <div className="row">
        <Button look="primary" disabled={!isReady} onClick={accept}>
          Accept
        </Button>
        <Button onClick={onDone}>Cancel</Button>
      </div>
    </Panel>
  );
}
