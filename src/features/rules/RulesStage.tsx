import { useEffect, useState } from 'react';
import type { Rule } from '../../engine/constraints/rule';
import { printRule, printRules } from '../../engine/constraints/ruleText';
import type { RuleRequest } from '../../state/rules';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { tableSummary } from '../../state/tableState';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { Page } from '../../ui/Page';
import { Panel } from '../../ui/Panel';
import { pickFile } from '../../ui/pickFiles';
import { Segmented } from '../../ui/Segmented';
import { saveFile } from '../../ui/saveFile';
import { FoundRules } from './FoundRules';
import { RuleBuilder } from './RuleBuilder';
import { RuleList } from './RuleList';
import { RuleText } from './RuleText';
import { draftOf, emptyDraft, type RuleColumn, type RuleDraft } from './ruleDraft';
import { useRuleColumns } from './useRuleColumns';
import './rules.css';

const newDraft = () => emptyDraft(crypto.randomUUID());

/** What must hold in every synthetic row, written by the expert and held against the real rows first. */
export function RulesStage() {
  const store = useStudioStore();
  const rules = useStudio((s) => s.project.rules);
  const summary = useStudio(tableSummary);
  const request = useStudio((s) => s.ruleRequest);
  const { columns, specs } = useRuleColumns();
  const [draft, setDraft] = useState(newDraft);
  const [form, setForm] = useState<'sentence' | 'text'>('sentence');
  const [text, setText] = useState('');
  const [view, setView] = useState<'accepted' | 'found'>('accepted');
  useEffect(() => {
    if (!request || columns.length === 0) return;
    setDraft(draftFor(request, columns));
    setForm('sentence');
    store.getState().takeRuleRequest();
  }, [request, columns, store]);
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
  const accept = (accepted: readonly Rule[]) => {
    const studio = store.getState();
    const [only] = accepted;
    const old = rules.find(({ id }) => id === only?.id);
    if (old && only) studio.updateRule({ ...only, enabled: old.enabled });
    else if (accepted.length === 1 && only) studio.addRule(only);
    else studio.addRules(accepted);
    setDraft(newDraft());
    setText('');
    setView('accepted');
  };
  const readFile = async () => {
    const file = await pickFile('.txt,text/plain');
    if (!file) return;
    setText(await file.text());
    setForm('text');
  };
  return (
    <Page
      title="Rules"
      lead="Say what can never be otherwise. A synthetic row that breaks a rule is never made; each rule is held against the real rows before it is accepted."
      actions={
        <>
          <Button onClick={() => void readFile()}>Read from a file</Button>
          <Button
            disabled={rules.length === 0}
            onClick={() => saveFile('rules.txt', new Blob([printRules(rules, specs)], { type: 'text/plain' }))}
          >
            Save as text
          </Button>
        </>
      }
    >
      <div className="page-columns rules-columns">
        <Panel title={isNew ? 'New rule' : 'Change a rule'}>
          <Segmented
            label="How to write it"
            value={form}
            options={[
              { value: 'sentence', label: 'As a sentence' },
              { value: 'text', label: 'As text' },
            ]}
            onChange={(next) => {
              // What was begun as a sentence goes on as text.
              if (next === 'text' && !isNew) {
                const edited = rules.find(({ id }) => id === draft.id);
                if (edited) setText(printRule(edited, specs));
              }
              setForm(next);
            }}
          />
          {form === 'sentence' ? (
            <RuleBuilder
              key={draft.id}
              draft={draft}
              isNew={isNew}
              columns={columns}
              specs={specs}
              rows={summary.rows}
              onChange={setDraft}
              onAccept={(rule) => accept([rule])}
              onCancel={() => setDraft(newDraft())}
            />
          ) : (
            <RuleText
              key={draft.id}
              text={text}
              id={draft.id}
              specs={specs}
              rows={summary.rows}
              onText={setText}
              onAccept={accept}
            />
          )}
        </Panel>
        <div className="stack">
          <Segmented<'accepted' | 'found'>
            label="Which rules"
            value={view}
            options={[
              { value: 'accepted', label: rules.length === 0 ? 'Accepted' : `Accepted (${rules.length})` },
              { value: 'found', label: 'Found in the data' },
            ]}
            onChange={setView}
          />
          {view === 'accepted' ? (
            <Panel title="Accepted rules">
              <RuleList
                specs={specs}
                rows={summary.rows}
                edited={draft.id}
                onEdit={(rule) => {
                  setDraft(draftOf(rule));
                  setForm('sentence');
                }}
                onFind={() => setView('found')}
              />
            </Panel>
          ) : (
            <Panel title="Found in the data">
              <FoundRules specs={specs} />
            </Panel>
          )}
        </div>
      </div>
    </Page>
  );
}

/** The draft that a wish made on the map begins with. */
function draftFor({ about, columns: names }: RuleRequest, columns: readonly RuleColumn[]): RuleDraft {
  const [first = '', second = ''] = names;
  const id = crypto.randomUUID();
  if (about === 'arrow') return emptyDraft(id, { kind: 'monotone', cause: first, effect: second });
  const column = columns.find(({ name }) => name === first);
  const isCategory = column !== undefined && column.levels.length > 0;
  return emptyDraft(id, { kind: isCategory ? 'allowed' : 'range', column: first });
}
