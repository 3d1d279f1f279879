import { ruleKinds } from '../../engine/constraints/catalogue';
import type { Rule, RuleKind } from '../../engine/constraints/rule';
import type { ValueSpec } from '../../engine/data/frame';
import { Select } from '../../ui/Select';
import { AcceptRule } from './AcceptRule';
import { KindFields } from './KindFields';
import { type RuleColumn, type RuleDraft, ruleOf } from './ruleDraft';

interface RuleBuilderProps {
  readonly draft: RuleDraft;
  readonly isNew: boolean;
  readonly columns: readonly RuleColumn[];
  readonly specs: readonly ValueSpec[];
  readonly rows: number;
  onChange(draft: RuleDraft): void;
  onAccept(rule: Rule): void;
  onCancel(): void;
}

const kinds = Object.values(ruleKinds).map(({ kind, label }) => ({ value: kind as RuleKind, label }));

/** Writes one rule as a sentence with blanks. */
export function RuleBuilder({ draft, isNew, columns, specs, rows, onChange, onAccept, onCancel }: RuleBuilderProps) {
  const set = (patch: Partial<RuleDraft>) => onChange({ ...draft, ...patch });
  const outcome = ruleOf(draft, columns);
  return (
    <div className="stack">
      <Select<RuleKind>
        label="Kind of rule"
        value={draft.kind}
        options={kinds}
        hint={ruleKinds[draft.kind].help}
        onChange={(kind) => set({ kind })}
      />
      <KindFields draft={draft} columns={columns} set={set} />
      <AcceptRule
        rule={outcome.ok ? outcome.rule : null}
        missing={outcome.ok ? '' : outcome.missing}
        isNew={isNew}
        specs={specs}
        rows={rows}
        reason={draft.reason}
        showsText
        onReason={(reason) => set({ reason })}
        onAccept={onAccept}
        onCancel={onCancel}
      />
    </div>
  );
}
