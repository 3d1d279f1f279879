import { Plus } from 'lucide-react';
import { describeRule, ruleColumns } from '../../engine/constraints/catalogue';
import type { RuleRequest } from '../../state/rules';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { Button } from '../../ui/Button';

/** The rules that speak of a column, or of both ends of an arrow, and the way to one more. */
export function RulesAbout({ about, columns }: RuleRequest) {
  const store = useStudioStore();
  const rules = useStudio((s) => s.project.rules);
  const own = rules.filter((rule) => {
    const names = ruleColumns(rule);
    return columns.every((name) => names.includes(name));
  });
  return (
    <section className="inspector-section" aria-label="Rules">
      <h3>Rules ({own.length})</h3>
      {own.length === 0 ? (
        <p className="muted">{about === 'column' ? 'No rule speaks of it.' : 'No rule speaks of both ends.'}</p>
      ) : (
        <ul className="plain-list">
          {own.map((rule) => (
            <li key={rule.id} className={rule.enabled ? undefined : 'muted'} title={rule.reason}>
              {describeRule(rule)}
              {!rule.enabled && ' (off)'}
            </li>
          ))}
        </ul>
      )}
      <div>
        <Button isSmall icon={<Plus size={13} />} onClick={() => store.getState().requestRule({ about, columns })}>
          Add a rule
        </Button>
      </div>
    </section>
  );
}
