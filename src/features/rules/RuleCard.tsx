import { Pencil, Trash2 } from 'lucide-react';
import { describeRule } from '../../engine/constraints/catalogue';
import type { Rule } from '../../engine/constraints/rule';
import type { ValueSpec } from '../../engine/data/frame';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { Badge } from '../../ui/Badge';
import { Button } from '../../ui/Button';
import { IconButton } from '../../ui/IconButton';
import { Notice } from '../../ui/Notice';
import { countText } from '../../ui/numbers';
import { Switch } from '../../ui/Switch';
import { violationText } from './violationText';

interface RuleCardProps {
  readonly rule: Rule;
  readonly specs: readonly ValueSpec[];
  readonly rows: number;
  readonly isEdited: boolean;
  onEdit(): void;
}

/** One accepted rule: what it says, why, and how the real rows take it. */
export function RuleCard({ rule, specs, rows, isEdited, onEdit }: RuleCardProps) {
  const store = useStudioStore();
  const check = useStudio((s) => s.ruleChecks[rule.id]);
  const sentence = describeRule(rule, specs);
  const look = (row: number) => {
    const studio = store.getState();
    studio.select({ kind: 'row', layer: 'common', row: row - 1 });
    studio.goTo('inspect');
  };
  return (
    <li className="rule-card" data-edited={isEdited} data-off={!rule.enabled}>
      <div className="rule-head">
        <div className="grow">
          <p className="rule-sentence">{sentence}</p>
          {rule.reason && <p className="muted">Because: {rule.reason}</p>}
        </div>
        <Switch
          label={rule.enabled ? 'On' : 'Off'}
          isOn={rule.enabled}
          onChange={(enabled) => store.getState().updateRule({ ...rule, enabled })}
        />
        <IconButton label={`Change: ${sentence}`} icon={<Pencil size={14} />} onClick={onEdit} />
        <IconButton
          label={`Delete: ${sentence}`}
          icon={<Trash2 size={14} />}
          onClick={() => store.getState().removeRule(rule.id)}
        />
      </div>
      {check?.problem && <Notice level="error">{check.problem}</Notice>}
      {check && !check.problem && check.realViolations === 0 && (
        <div>
          <Badge tone="good">{violationText(check, rows)}</Badge>
        </div>
      )}
      {check && !check.problem && check.realViolations > 0 && (
        <Notice level="warning">
          {violationText(check, rows)}{' '}
          {check.examples.map((row) => (
            <Button key={row} isSmall look="quiet" onClick={() => look(row)}>
              Row {countText(row)}
            </Button>
          ))}
        </Notice>
      )}
    </li>
  );
}
