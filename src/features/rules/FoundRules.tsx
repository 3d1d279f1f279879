import { useState } from 'react';
import { describeRule } from '../../engine/constraints/catalogue';
import type { Rule } from '../../engine/constraints/rule';
import { printRule, saysTheSame } from '../../engine/constraints/ruleText';
import type { ValueSpec } from '../../engine/data/frame';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { Button } from '../../ui/Button';
import { Notice } from '../../ui/Notice';
import { counted, countText, percentText } from '../../ui/numbers';
import { ProgressBar } from '../../ui/ProgressBar';
import type { FoundRule } from '../../worker/api';
import { Offenders } from './Offenders';

/** Rules the real rows suggest, to be accepted one by one with a reason. */
export function FoundRules({ specs }: { readonly specs: readonly ValueSpec[] }) {
  const store = useStudioStore();
  const finding = useStudio((s) => s.findingRules);
  const found = useStudio((s) => s.foundRules);
  const rules = useStudio((s) => s.project.rules);
  const fresh = found?.filter(({ rule }) => !rules.some((one) => saysTheSame(one, rule, specs))) ?? [];
  const search = (
    <Button look={found ? 'plain' : 'primary'} onClick={() => void store.getState().startRuleSearch()}>
      {found ? 'Look again' : 'Look for rules in the data'}
    </Button>
  );
  if (finding.status === 'running')
    return (
      <ProgressBar
        label="Looking for rules in the data"
        share={finding.share}
        phase={finding.phase}
        action={
          <Button isSmall onClick={() => store.getState().cancelRuleSearch()}>
            Cancel
          </Button>
        }
      />
    );
  return (
    <div className="stack">
      {finding.status === 'failed' && <Notice level="error">{finding.message}</Notice>}
      <p className="muted">
        Bounds, grids, orders, dependencies and what follows from one condition. What no row breaks may still be chance:
        of n rows that keep a rule, up to 3 / n of all such rows may break it (the rule of three). Accept what you can
        give a reason for.
      </p>
      <div>{search}</div>
      {found && fresh.length === 0 && <Notice>Nothing that the rules do not say already.</Notice>}
      <FoundList title="How columns hang together" found={fresh.filter(({ tier }) => tier === 1)} specs={specs} />
      <FoundList title="How far the values seen reach" found={fresh.filter(({ tier }) => tier === 2)} specs={specs} />
    </div>
  );
}

interface FoundListProps {
  readonly title: string;
  readonly found: readonly FoundRule[];
  readonly specs: readonly ValueSpec[];
}

function FoundList({ title, found, specs }: FoundListProps) {
  if (found.length === 0) return null;
  return (
    <section className="stack" aria-label={title}>
      <h3>{title}</h3>
      <ul className="rule-list">
        {found.map((one) => (
          <FoundCard key={printRule(one.rule, specs)} found={one} specs={specs} />
        ))}
      </ul>
    </section>
  );
}

function FoundCard({ found, specs }: { readonly found: FoundRule; readonly specs: readonly ValueSpec[] }) {
  const store = useStudioStore();
  const [reason, setReason] = useState('');
  const { rule, support, counterexamples, expected, mayBreakShare, examples } = found;
  const sentence = describeRule(rule, specs);
  const accept = () => {
    const accepted: Rule = { ...rule, id: crypto.randomUUID(), reason: reason.trim() };
    store.getState().addRule(accepted);
    store.getState().announce(`Accepted: ${sentence}`);
  };
  return (
    <li className="rule-card">
      <p className="rule-sentence">{sentence}</p>
      <p className="muted">
        {counterexamples === 0
          ? `None of ${counted(support, 'row')} breaks it; by chance up to ${percentText(mayBreakShare)} may.`
          : `${countText(counterexamples)} of ${counted(support, 'row')} break it; up to ${percentText(mayBreakShare)} may.`}
        {expected !== null && ` Were the columns unrelated, about ${countText(Math.round(expected))} would.`}
      </p>
      {counterexamples > 0 && (
        <div>
          <Offenders rule={rule} check={{ realViolations: counterexamples, examples }} specs={specs} />
        </div>
      )}
      <form
        className="found-accept"
        onSubmit={(event) => {
          event.preventDefault();
          if (reason.trim() !== '') accept();
        }}
      >
        <input
          className="input"
          value={reason}
          placeholder="Why it holds"
          aria-label={`Why it holds: ${sentence}`}
          onChange={(event) => setReason(event.target.value)}
        />
        <Button type="submit" disabled={reason.trim() === ''} aria-label={`Accept: ${sentence}`}>
          Accept
        </Button>
      </form>
    </li>
  );
}
