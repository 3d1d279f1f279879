import { Plus } from 'lucide-react';
import { useState } from 'react';
import { describeRule } from '../../engine/constraints/catalogue';
import type { Rule } from '../../engine/constraints/rule';
import { tableSummary } from '../../state/data';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { Notice } from '../../ui/Notice';
import { counted } from '../../ui/numbers';
import { Page } from '../../ui/Page';
import { Panel } from '../../ui/Panel';
import { Switch } from '../../ui/Switch';
import { RuleBuilder } from './RuleBuilder';

/** What no row may break: rules in sentences, each with the real rows that break it. */
export function RulesStage() {
  const rules = useStudio((s) => s.project.rules);
  const summary = useStudio(tableSummary);
  const [isAdding, setAdding] = useState(false);
  const { goTo } = useStudioStore().getState();

  if (!summary)
    return (
      <Page title="Rules" lead="What no synthetic row may break.">
        <EmptyState
          text="Rules are about columns, and no table is open yet."
          action={
            <Button look="primary" onClick={() => goTo('data')}>
              Go to Data
            </Button>
          }
        />
      </Page>
    );
  return (
    <Page
      title="Rules"
      lead="What no synthetic row may break. Causal twins never do; SMOTE knows nothing of rules, so its broken rows are counted."
      actions={
        <Button
          look="primary"
          icon={<Plus size={15} aria-hidden />}
          disabled={isAdding}
          onClick={() => setAdding(true)}
        >
          Add a rule
        </Button>
      }
    >
      {isAdding && <RuleBuilder columns={summary.columns} onDone={() => setAdding(false)} />}
      {rules.length === 0 && !isAdding && (
        <EmptyState
          text="No rules yet. Say what can never be, such as a dose without a treatment, and no twin will have it."
          action={<Button onClick={() => setAdding(true)}>Add the first rule</Button>}
        />
      )}
      <div className="stack">
        {rules.map((rule) => (
          <RuleCard key={rule.id} rule={rule} rows={summary.rows} />
        ))}
      </div>
    </Page>
  );
}

function RuleCard({ rule, rows }: { readonly rule: Rule; readonly rows: number }) {
  const check = useStudio((s) => s.ruleChecks[rule.id]);
  const { updateRule, removeRule, announce } = useStudioStore().getState();
  const text = describeRule(rule);
  return (
    <Panel
      title={text}
      actions={
        <Button
          isSmall
          look="quiet"
          onClick={() => {
            removeRule(rule.id);
            announce(`Rule removed: ${text}`);
          }}
        >
          Remove
        </Button>
      }
    >
      <p className="muted">{rule.reason}</p>
      {check?.problem ? (
        <Notice level="error">{check.problem}</Notice>
      ) : (
        check && (
          <Violations
            real={check.realViolations}
            rare={check.realRareViolations}
            rows={rows}
            examples={check.examples}
          />
        )
      )}
      <Switch label="In force" isOn={rule.enabled} onChange={(enabled) => updateRule({ ...rule, enabled })} />
    </Panel>
  );
}

interface ViolationsProps {
  readonly real: number;
  readonly rare: number;
  readonly rows: number;
  readonly examples: readonly number[];
}

/** How many real rows disagree: the rule may be wrong, or the data. */
export function Violations({ real, rare, rows, examples }: ViolationsProps) {
  if (real === 0) return <p>No real row of {rows.toLocaleString('en')} breaks it.</p>;
  return (
    <Notice level="warning">
      {counted(real, 'real row')} {real === 1 ? 'breaks' : 'break'} it, {counted(rare, 'rare one')} among them: is the
      rule wrong, or the data? See row {examples.join(', ')}. Rare rows that break a rule are not used as donors.
    </Notice>
  );
}
