import { useEffect, useState } from 'react';
import type { Rule } from '../../engine/constraints/rule';
import { useStudio } from '../../state/StudioProvider';
import type { Outcome, RuleCheck, RulesReview } from '../../worker/api';

export interface DraftCheck {
  readonly check: RuleCheck;
  /** What of the accepted rules it cannot be kept together with; null where nothing is known to conflict. */
  readonly conflict: RulesReview['conflict'];
  /** True where no real rare row would keep it and all others. */
  readonly emptiesRare: boolean;
}

/** How the real rows and the other rules take a rule that is still being written; null while that is counted. */
export function useDraftCheck(rule: Rule | null): Outcome<DraftCheck> | null {
  const ask = useStudio((s) => s.ask);
  const target = useStudio((s) => s.project.target);
  const rules = useStudio((s) => s.project.rules);
  const loaded = useStudio((s) => s.loadedData);
  // The reason does not change what the rule says, and is typed letter by letter.
  const said = rule && JSON.stringify({ ...rule, reason: '' });
  const [answer, setAnswer] = useState<{ readonly to: string; readonly outcome: Outcome<DraftCheck> } | null>(null);
  useEffect(() => {
    if (said === null || loaded === null) return;
    let isLatest = true;
    const timer = setTimeout(() => {
      const draft = JSON.parse(said) as Rule;
      const others = rules.filter(({ id, enabled }) => enabled && id !== draft.id);
      void ask((engine) => engine.checkRules([...others, draft], target)).then((outcome) => {
        if (!isLatest) return;
        if (!outcome.ok) {
          setAnswer({ to: said, outcome });
          return;
        }
        const { checks, conflict, emptied } = outcome.value;
        const value: DraftCheck = {
          check: checks.at(-1)!,
          conflict: conflict?.ruleIds.includes(draft.id) ? conflict : null,
          emptiesRare: emptied?.includes(draft.id) ?? false,
        };
        setAnswer({ to: said, outcome: { ok: true, value } });
      });
    }, 200);
    return () => {
      isLatest = false;
      clearTimeout(timer);
    };
  }, [ask, said, target, loaded, rules]);
  return said !== null && answer?.to === said ? answer.outcome : null;
}
