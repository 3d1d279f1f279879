import { describeRule } from '../../engine/constraints/catalogue';
import type { ValueSpec } from '../../engine/data/frame';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { Button } from '../../ui/Button';
import { Notice } from '../../ui/Notice';
import { countText } from '../../ui/numbers';

/** What is wrong with the rules as a whole: those that cannot hold together, and rare rows that none is left of. */
export function RulesTogether({ specs }: { readonly specs: readonly ValueSpec[] }) {
  const store = useStudioStore();
  const rules = useStudio((s) => s.project.rules);
  const together = useStudio((s) => s.rulesTogether);
  if (!together || rules.length === 0) return null;
  const { conflict, unjudged, rareRows, emptied } = together;
  const named = (ids: readonly string[]) => rules.filter(({ id }) => ids.includes(id));
  const switches = (ids: readonly string[]) => (
    <div className="row-wrap">
      {named(ids).map((rule) => (
        <Button
          key={rule.id}
          isSmall
          title={describeRule(rule, specs)}
          onClick={() => store.getState().updateRule({ ...rule, enabled: false })}
        >
          <span className="truncate rule-switch">Switch off “{describeRule(rule, specs)}”</span>
        </Button>
      ))}
    </div>
  );
  return (
    <>
      {conflict && (
        <Notice level="error">
          {conflict.message}
          {switches(conflict.ruleIds)}
        </Notice>
      )}
      {!conflict && emptied && (
        <Notice level="error">
          No real rare row keeps all of {emptied.length === 1 ? 'this rule' : `these ${emptied.length} rules`}:{' '}
          {named(emptied)
            .map((rule) => `“${describeRule(rule, specs)}”`)
            .join(', ')}
          . Nothing is left to start from.
          {switches(emptied)}
        </Notice>
      )}
      {!conflict && !emptied && rareRows && rareRows.keeping < rareRows.all && (
        <p className="muted">
          {countText(rareRows.keeping)} of {countText(rareRows.all)} real rare rows keep all rules; only these start
          synthetic rows.
        </p>
      )}
      {!conflict && unjudged.length > 0 && (
        <details className="muted">
          <summary>
            {countText(unjudged.length)} {unjudged.length === 1 ? 'rule is' : 'rules are'} not judged against the others
          </summary>
          Cells that may be empty, and categories compared with each other, are not followed by the search for rules
          that cannot hold together:{' '}
          {named(unjudged)
            .map((rule) => `“${describeRule(rule, specs)}”`)
            .join(', ')}
          . Each still holds in every row that is made.
        </details>
      )}
    </>
  );
}
