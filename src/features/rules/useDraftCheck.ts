import { useEffect, useState } from 'react';
import type { Rule } from '../../engine/constraints/rule';
import { useStudio } from '../../state/StudioProvider';
import type { Outcome, RuleCheck } from '../../worker/api';

/** How many real rows break a rule that is still being written; null while it is counted. */
export function useDraftCheck(rule: Rule | null): Outcome<RuleCheck> | null {
  const ask = useStudio((s) => s.ask);
  const target = useStudio((s) => s.project.target);
  const loaded = useStudio((s) => s.loadedData);
  // The reason does not change what the rule says, and is typed letter by letter.
  const said = rule && JSON.stringify({ ...rule, reason: '' });
  const [answer, setAnswer] = useState<{ readonly to: string; readonly outcome: Outcome<RuleCheck> } | null>(null);
  useEffect(() => {
    if (said === null || loaded === null) return;
    let isLatest = true;
    const timer = setTimeout(() => {
      void ask((engine) => engine.checkRules([JSON.parse(said) as Rule], target)).then((outcome) => {
        if (!isLatest) return;
        const [check] = outcome.ok ? outcome.value : [];
        if (check) setAnswer({ to: said, outcome: { ok: true, value: check } });
        else if (!outcome.ok) setAnswer({ to: said, outcome });
      });
    }, 200);
    return () => {
      isLatest = false;
      clearTimeout(timer);
    };
  }, [ask, said, target, loaded]);
  return said !== null && answer?.to === said ? answer.outcome : null;
}
