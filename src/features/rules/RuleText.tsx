import { useMemo, useState } from 'react';
import { describeRule } from '../../engine/constraints/catalogue';
import type { Rule } from '../../engine/constraints/rule';
import { type RuleProblem, readRules, saysTheSame } from '../../engine/constraints/ruleText';
import type { ValueSpec } from '../../engine/data/frame';
import { useStudio } from '../../state/StudioProvider';
import { Button } from '../../ui/Button';
import { Field } from '../../ui/Field';
import { Notice } from '../../ui/Notice';
import { counted } from '../../ui/numbers';
import { AcceptRule } from './AcceptRule';
import { RuleHelp } from './RuleHelp';

interface RuleTextProps {
  readonly text: string;
  /** Id of the next rule; those of further lines are new. */
  readonly id: string;
  readonly specs: readonly ValueSpec[];
  readonly rows: number;
  onText(text: string): void;
  onAccept(rules: readonly Rule[]): void;
}

/** Rules as text, one a line: typed, pasted, or read from a file. */
export function RuleText({ text, id, specs, rows, onText, onAccept }: RuleTextProps) {
  const present = useStudio((s) => s.project.rules);
  const [reason, setReason] = useState('');
  const read = useMemo(() => readRules(text, specs, (line) => (line === 1 ? id : `${id}-${line}`)), [text, specs, id]);
  const { rules, problems } = read;
  const single = rules.length === 1 && problems.length === 0 ? rules[0]! : null;
  const isEmpty = text.trim() === '';
  return (
    <div className="stack">
      <Field label="Rules, one a line; the reason comes after #">
        {(control) => (
          <textarea
            {...control}
            className="input rule-code rule-text"
            spellCheck={false}
            value={text}
            placeholder={
              'dose in 0 .. 50 step 10  # the drug comes in these doses\nif treated = "no" then dose = 0  # no drug, no dose'
            }
            onChange={(event) => onText(event.target.value)}
          />
        )}
      </Field>
      <RuleHelp />
      {problems.map((problem) => (
        <LineProblem key={problem.line} problem={problem} line={text.split(/\r\n|\r|\n/)[problem.line - 1] ?? ''} />
      ))}
      {(isEmpty || single) && (
        <AcceptRule
          rule={single}
          missing="Write a rule above, or paste several."
          isNew
          specs={specs}
          rows={rows}
          reason={single?.reason || reason}
          onReason={(next) => {
            setReason(next);
            // A reason that stands in the text is changed there.
            if (single?.reason) onText(text.replace(/#.*$/m, `# ${next}`));
          }}
          onAccept={(rule) => onAccept([rule])}
          onCancel={() => onText('')}
        />
      )}
      {!single && rules.length > 0 && (
        <SeveralRules rules={rules} present={present} problems={problems} specs={specs} onAccept={onAccept} />
      )}
    </div>
  );
}

/** What is wrong with a line, with the place marked in it. */
function LineProblem({ problem, line }: { readonly problem: RuleProblem; readonly line: string }) {
  const { span } = problem;
  return (
    <Notice level="error">
      Line {problem.line}. {problem.message}
      {span && (
        <code className="rule-line">
          {line.slice(0, span.from)}
          <mark>{line.slice(span.from, Math.max(span.to, span.from + 1)) || ' '}</mark>
          {line.slice(Math.max(span.to, span.from + 1))}
        </code>
      )}
    </Notice>
  );
}

interface SeveralRulesProps {
  readonly rules: readonly Rule[];
  readonly present: readonly Rule[];
  readonly problems: readonly RuleProblem[];
  readonly specs: readonly ValueSpec[];
  onAccept(rules: readonly Rule[]): void;
}

function SeveralRules({ rules, present, problems, specs, onAccept }: SeveralRulesProps) {
  const fresh = rules.filter((rule) => !present.some((one) => saysTheSame(one, rule, specs)));
  const unreasoned = fresh.filter((rule) => rule.reason === '');
  const known = rules.length - fresh.length;
  return (
    <>
      <ol className="plain-list rule-read">
        {fresh.map((rule) => (
          <li key={rule.id}>
            {describeRule(rule, specs)}
            {rule.reason ? <span className="muted"> – {rule.reason}</span> : <strong> – no reason yet</strong>}
          </li>
        ))}
      </ol>
      {known > 0 && <p className="muted">{counted(known, 'line')} said before and left out.</p>}
      {unreasoned.length > 0 && (
        <Notice level="warning">
          {counted(unreasoned.length, 'rule')} without a reason: write it after # in the same line.
        </Notice>
      )}
      <div className="row-wrap">
        <Button
          look="primary"
          disabled={fresh.length === 0 || unreasoned.length > 0 || problems.length > 0}
          onClick={() => onAccept(fresh)}
        >
          Accept {counted(fresh.length, 'rule')}
        </Button>
      </div>
    </>
  );
}
