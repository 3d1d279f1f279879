import { Pencil, Trash2 } from 'lucide-react';
import { describeRule } from '../../engine/constraints/catalogue';
import type { Rule } from '../../engine/constraints/rule';
import type { ValueSpec } from '../../engine/data/frame';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { Badge } from '../../ui/Badge';
import { IconButton } from '../../ui/IconButton';
import { Notice } from '../../ui/Notice';
import { Switch } from '../../ui/Switch';
import { Offenders } from './Offenders';
import { RuleCost } from './RuleCost';
import { violationText } from './violationText';

interface RuleCardProps {
  readonly rule: Rule;
  readonly specs: readonly ValueSpec[];
  readonly rows: number;
  readonly isEdited: boolean;
  onEdit(): void;
}

/** One accepted rule: what it says, why, how the real rows take it, and what it costs. */
export function RuleCard({ rule, specs, rows, isEdited, onEdit }: RuleCardProps) {
  const store = useStudioStore();
  const check = useStudio((s) => s.ruleChecks[rule.id]);
  const sentence = describeRule(rule, specs);
  return (
    <li className="rule-card" data-edited={isEdited} data-off={!rule.enabled}>
      <div className="rule-head">
        <div className="grow">
          <p className="rule-sentence">{sentence}</p>
          {rule.reason ? (
            <p className="muted">Because: {rule.reason}</p>
          ) : (
            <p className="rule-unreasoned">No reason given: add one, or nobody can check it.</p>
          )}
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
        <div className="row-wrap">
          <Badge tone="good">{violationText(check, rows, rule)}</Badge>
        </div>
      )}
      {check && !check.problem && check.realViolations > 0 && (
        <Notice level="warning" action={<Offenders rule={rule} check={check} specs={specs} />}>
          {violationText(check, rows, rule)}
        </Notice>
      )}
      {rule.enabled && <RuleCost ruleId={rule.id} />}
    </li>
  );
}
