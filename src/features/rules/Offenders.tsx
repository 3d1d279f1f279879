import { useEffect, useState } from 'react';
import { describeRule, ruleColumns } from '../../engine/constraints/catalogue';
import type { Rule } from '../../engine/constraints/rule';
import type { ValueSpec } from '../../engine/data/frame';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { tableSummary } from '../../state/tableState';
import { Button } from '../../ui/Button';
import { DataTable } from '../../ui/DataTable';
import { Dialog } from '../../ui/Dialog';
import { Notice } from '../../ui/Notice';
import { counted, countText } from '../../ui/numbers';
import type { Outcome, RuleCheck } from '../../worker/api';

interface OffendersProps {
  readonly rule: Rule;
  readonly check: Pick<RuleCheck, 'realViolations' | 'examples'>;
  readonly specs: readonly ValueSpec[];
}

/** Opens the real rows that break a rule, as a table with its columns first. */
export function Offenders({ rule, check, specs }: OffendersProps) {
  const [isOpen, setOpen] = useState(false);
  if (check.examples.length === 0) return null;
  return (
    <>
      <Button isSmall onClick={() => setOpen(true)}>
        Show {check.realViolations === 1 ? 'it' : 'them'}
      </Button>
      {isOpen && <OffenderTable rule={rule} check={check} specs={specs} onClose={() => setOpen(false)} />}
    </>
  );
}

type Rows = readonly { readonly row: number; readonly cells: readonly string[] }[];

function OffenderTable({ rule, check, specs, onClose }: OffendersProps & { onClose(): void }) {
  const store = useStudioStore();
  const ask = useStudio((s) => s.ask);
  const summary = useStudio(tableSummary);
  const [answer, setAnswer] = useState<Outcome<Rows> | null>(null);
  const { examples } = check;
  useEffect(() => {
    let isLatest = true;
    void ask((engine) => engine.readRows(examples.map((row) => row - 1))).then((outcome) => {
      if (isLatest) setAnswer(outcome);
    });
    return () => {
      isLatest = false;
    };
  }, [ask, examples]);
  const names = summary?.columns.map(({ name }) => name) ?? [];
  const own = ruleColumns(rule);
  const shown = [...own, ...names.filter((name) => !own.includes(name)).slice(0, 8)];
  const rows = answer?.ok ? answer.value : [];
  return (
    <Dialog
      isOpen
      width={860}
      title="Real rows that break the rule"
      description={`“${describeRule(rule, specs)}”: is the rule wrong, or the data? Press a row to see it whole.`}
      onClose={onClose}
    >
      {answer && !answer.ok && <Notice level="error">{answer.message}</Notice>}
      <DataTable<Rows[number]>
        label="Real rows that break the rule"
        count={rows.length}
        height={Math.min(420, 40 + 28 * Math.max(1, examples.length))}
        row={(index) => rows[index] ?? null}
        onSelect={(index) => {
          const found = rows[index];
          if (!found) return;
          store.getState().select({ kind: 'row', layer: 'common', row: found.row });
          store.getState().goTo('inspect');
        }}
        columns={[
          { id: 'row', header: 'Row', width: '72px', isNumeric: true, cell: ({ row }) => countText(row + 1) },
          ...shown.map((name) => ({
            id: name,
            header: <span title={name}>{name}</span>,
            width: 'minmax(90px, 1fr)',
            cell: ({ cells }: Rows[number]) => {
              const text = cells[names.indexOf(name)] ?? '';
              const content = text === '' ? <span className="muted">missing</span> : text;
              return own.includes(name) ? <strong title={text}>{content}</strong> : <span title={text}>{content}</span>;
            },
          })),
        ]}
      />
      {check.realViolations > examples.length && (
        <p className="muted">
          The first {countText(examples.length)} of {counted(check.realViolations, 'row')}.
        </p>
      )}
    </Dialog>
  );
}
