import { useState } from 'react';
import { describeRule } from '../../engine/constraints/catalogue';
import type { Rule } from '../../engine/constraints/rule';
import { printRule } from '../../engine/constraints/ruleText';
import type { ValueSpec } from '../../engine/data/frame';
import { Button } from '../../ui/Button';
import { Field } from '../../ui/Field';
import { Notice } from '../../ui/Notice';
import { Offenders } from './Offenders';
import { useDraftCheck } from './useDraftCheck';
import { violationText } from './violationText';

interface AcceptRuleProps {
  /** The rule as it stands; null while it is not finished. */
  readonly rule: Rule | null;
  /** What is still missing, in a sentence. */
  readonly missing: string;
  readonly isNew: boolean;
  readonly specs: readonly ValueSpec[];
  readonly rows: number;
  readonly reason: string;
  /** Shows the rule as a line of text below its sentence. */
  readonly showsText?: boolean;
  onReason(reason: string): void;
  onAccept(rule: Rule): void;
  onCancel(): void;
}

/** The reason for a rule, what the real rows say to it, and the button that takes it. */
export function AcceptRule(props: AcceptRuleProps) {
  const { rule, missing, isNew, specs, rows, reason, showsText, onReason, onAccept, onCancel } = props;
  const [isReasonWanted, setReasonWanted] = useState(false);
  const answer = useDraftCheck(rule);
  const hasReason = reason.trim() !== '';
  const problem = answer ? (answer.ok ? answer.value.check.problem : answer.message) : null;
  const conflict = answer?.ok ? answer.value.conflict : null;
  const accept = () => {
    setReasonWanted(!hasReason);
    if (hasReason && rule) onAccept({ ...rule, reason: reason.trim() });
  };
  return (
    <>
      <Field
        label="Why it holds (required)"
        error={isReasonWanted && !hasReason ? 'Say why: a rule without a reason cannot be checked by anyone.' : null}
      >
        {(control) => (
          <textarea
            {...control}
            className="input"
            value={reason}
            placeholder="Such as: untreated patients get no dose"
            onChange={(event) => onReason(event.target.value)}
          />
        )}
      </Field>
      <div className="rule-preview" aria-live="polite">
        {!rule && <p className="muted">{missing}</p>}
        {rule && (
          <>
            <p className="rule-sentence">“{describeRule(rule, specs)}”</p>
            {showsText && <code className="rule-line">{printRule({ ...rule, reason: '' }, specs)}</code>}
            {problem !== null && <Notice level="error">{problem}</Notice>}
            {problem === null && conflict && <Notice level="error">{conflict.message}</Notice>}
            {problem === null && !answer && <p className="muted">Counting real rows …</p>}
            {problem === null && answer?.ok && (
              <Notice
                level={answer.value.check.realViolations > 0 ? 'warning' : 'info'}
                action={<Offenders rule={rule} check={answer.value.check} specs={specs} />}
              >
                {violationText(answer.value.check, rows, rule)}
              </Notice>
            )}
            {problem === null && !conflict && answer?.ok && answer.value.emptiesRare && (
              <Notice level="warning">
                With it no real rare row keeps all rules, so that nothing is left to start from.
              </Notice>
            )}
          </>
        )}
      </div>
      <div className="row-wrap">
        <Button look="primary" disabled={!rule || problem !== null || conflict !== null} onClick={accept}>
          {isNew ? 'Accept the rule' : 'Keep the change'}
        </Button>
        <Button look="quiet" onClick={onCancel}>
          {isNew ? 'Clear' : 'Leave it as it was'}
        </Button>
      </div>
    </>
  );
}
