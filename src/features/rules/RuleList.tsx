import { useState } from 'react';
import { describeRule } from '../../engine/constraints/catalogue';
import type { Rule } from '../../engine/constraints/rule';
import type { ValueSpec } from '../../engine/data/frame';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { Field } from '../../ui/Field';
import { Notice } from '../../ui/Notice';
import { RuleCard } from './RuleCard';
import { RulesTogether } from './RulesTogether';

interface RuleListProps {
  readonly specs: readonly ValueSpec[];
  readonly rows: number;
  readonly edited: string;
  onEdit(rule: Rule): void;
  onFind(): void;
}

/** More rules than this are worth a search. */
const MANY = 8;

/** The accepted rules, with what is wrong with them together on top. */
export function RuleList({ specs, rows, edited, onEdit, onFind }: RuleListProps) {
  const store = useStudioStore();
  const rules = useStudio((s) => s.project.rules);
  const checking = useStudio((s) => s.checkingRules);
  const [words, setWords] = useState('');
  if (rules.length === 0)
    return (
      <EmptyState
        text="No rules yet. Rows are then held by the map alone: write a rule for what is impossible, such as a dose without a treatment, or see what the data suggest."
        action={<Button onClick={onFind}>See what the data suggest</Button>}
      />
    );
  const wanted = words.trim().toLowerCase();
  const shown = rules.filter((rule) => `${describeRule(rule, specs)} ${rule.reason}`.toLowerCase().includes(wanted));
  return (
    <div className="stack">
      {checking.status === 'failed' && (
        <Notice
          level="error"
          action={
            <Button isSmall onClick={() => void store.getState().startRuleCheck()}>
              Check again
            </Button>
          }
        >
          {checking.message}
        </Notice>
      )}
      <RulesTogether specs={specs} />
      {rules.length > MANY && (
        <Field label="Find a rule">
          {(control) => (
            <input
              {...control}
              type="search"
              className="input"
              value={words}
              placeholder="A column, a value, a word of the reason"
              onChange={(event) => setWords(event.target.value)}
            />
          )}
        </Field>
      )}
      {shown.length === 0 && <p className="muted">No rule speaks of “{words.trim()}”.</p>}
      <ul className="rule-list">
        {shown.map((rule) => (
          <RuleCard
            key={rule.id}
            rule={rule}
            specs={specs}
            rows={rows}
            isEdited={rule.id === edited}
            onEdit={() => onEdit(rule)}
          />
        ))}
      </ul>
    </div>
  );
}
