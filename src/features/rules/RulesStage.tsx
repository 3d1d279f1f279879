import { useState } from 'react';
import { tableSummary } from '../../state/data';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { Notice } from '../../ui/Notice';
import { Page } from '../../ui/Page';
import { Panel } from '../../ui/Panel';
import { RuleBuilder } from './RuleBuilder';
import { RuleCard } from './RuleCard';
import { draftOf, emptyDraft } from './ruleDraft';
import { useRuleColumns } from './useRuleColumns';
import './rules.css';

const newDraft = () => emptyDraft(crypto.randomUUID());

/** What must hold in every synthetic row, written by the expert and held against the real rows first. */
export function RulesStage() {
  const store = useStudioStore();
  const rules = useStudio((s) => s.project.rules);
  const summary = useStudio(tableSummary);
  const checking = useStudio((s) => s.checkingRules);
  const { columns, specs } = useRuleColumns();
  const [draft, setDraft] = useState(newDraft);
  const isNew = !rules.some(({ id }) => id === draft.id);
  if (!summary)
    return (
      <Page title="Rules">
        <EmptyState
          text="Rules speak of columns, and there is no table yet."
          action={
            <Button look="primary" onClick={() => store.getState().goTo('data')}>
              Open a table
            </Button>
          }
        />
      </Page>
    );
  return (
    <Page
      title="Rules"
      lead="Say what can never be otherwise. A synthetic row that breaks a rule is never made; each rule is held against the real rows before it is accepted."
    >
      <div className="page-columns rules-columns">
        <RuleBuilder
          key={draft.id}
          draft={draft}
          isNew={isNew}
          columns={columns}
          specs={specs}
          rows={summary.rows}
          onChange={setDraft}
          onAccept={(rule) => {
            const studio = store.getState();
            const old = rules.find(({ id }) => id === rule.id);
            if (old) studio.updateRule({ ...rule, enabled: old.enabled });
            else studio.addRule(rule);
            setDraft(newDraft());
          }}
          onCancel={() => setDraft(newDraft())}
        />
        <Panel title={rules.length === 0 ? 'Rules' : `Rules (${rules.length})`}>
          {checking.status === 'failed' && (
            <Notice
              level="error"
              action={
                <Button isSmall onClick={() => void store.getState().startRuleCheck()}>
                  Check again
                </Button>
              }
            >
              {checking.message}
            </Notice>
          )}
          {rules.length === 0 ? (
            <EmptyState text="No rules yet. Rows are then held by the map alone: write a rule for what is impossible, such as a dose without a treatment." />
          ) : (
            <ul className="rule-list">
              {rules.map((rule) => (
                <RuleCard
                  key={rule.id}
                  rule={rule}
                  specs={specs}
                  rows={summary.rows}
                  isEdited={rule.id === draft.id}
                  onEdit={() => setDraft(draftOf(rule))}
                />
              ))}
            </ul>
          )}
        </Panel>
      </div>
    </Page>
  );
}
