import { ArrowDown, ArrowUp } from 'lucide-react';
import { isCategoricalKind } from '../../engine/data/table';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Facts } from '../../ui/Facts';
import { IconButton } from '../../ui/IconButton';
import { Notice } from '../../ui/Notice';
import { countText, percentText } from '../../ui/numbers';
import { Select } from '../../ui/Select';
import { TextField } from '../../ui/TextField';
import type { ColumnSummary } from '../../worker/api';
import { kindNames, kindOptions } from './kindNames';

interface ColumnDetailsProps {
  readonly column: ColumnSummary;
  readonly rows: number;
  onClose(): void;
}

const missingNames = {
  model: 'Learn being missing as part of its mechanism',
  drop: 'Leave rows without a value out of learning',
  level: 'Treat missing as a value of its own',
} as const;

/** One column: what it holds and why, in which order, what its missing cells mean, and what it is called and measured in. */
export function ColumnDetails({ column, rows, onClose }: ColumnDetailsProps) {
  const { name, kind, reason, answers, missing, distinct, notices } = column;
  const store = useStudioStore();
  const choice = useStudio((s) => s.project.data?.kinds.find((one) => one.column === name));
  const note = useStudio((s) => s.project.columnNotes?.find((one) => one.column === name));
  const chosen = useStudio(
    (s) => s.project.data?.options.missing.find((one) => one.column === name)?.choice ?? 'model',
  );
  const byClass = useStudio((s) => s.targetReview?.missing.find((one) => one.column === name));
  const isBusy = useStudio((s) => s.table.status === 'importing');
  const studio = () => store.getState();
  return (
    <Dialog isOpen title={name} description={reason} width={640} onClose={onClose}>
      <div className="stack">
        <div className="import-form">
          <Select
            label="Read as"
            value={kind}
            isDisabled={isBusy}
            options={kindOptions}
            onChange={(value) => studio().setColumnKind(name, value)}
          />
          {choice && (
            <div className="field">
              <span className="field-label">Chosen by you</span>
              <Button isSmall disabled={isBusy} onClick={() => studio().setColumnKind(name, null)}>
                Back to the guess
              </Button>
            </div>
          )}
        </div>
        {answers.length > 0 && (
          <Notice level="warning">
            <p>Both readings fit. Which is right?</p>
            <div className="row-wrap">
              {answers.map(({ label, kind: answer, datePattern }) => (
                <Button
                  key={label}
                  isSmall
                  disabled={isBusy}
                  onClick={() => studio().setColumnKind(name, answer, datePattern ? { datePattern } : {})}
                >
                  {label}
                </Button>
              ))}
            </div>
          </Notice>
        )}
        {notices.map(({ level, text }) => (
          <Notice key={text} level={level}>
            {text}
          </Notice>
        ))}
        {(kind === 'ordinal' || kind === 'cyclic') && <LevelOrder column={column} />}
        {missing > 0 && (
          <section className="stack">
            <Facts
              facts={[
                {
                  label: 'Missing cells',
                  value: `${countText(missing)} (${percentText(missing / Math.max(1, rows))})`,
                },
                ...(byClass
                  ? [
                      { label: 'Missing in rare rows', value: percentText(byClass.rareMissing / byClass.rareRows) },
                      { label: 'In common rows', value: percentText(byClass.commonMissing / byClass.commonRows) },
                      {
                        label: 'Same share in both',
                        value: byClass.pValue < 0.001 ? 'p < 0.001' : `p = ${byClass.pValue.toFixed(3)}`,
                        note: 'Two-sided test of equal shares, adjusted over all columns with missing cells.',
                      },
                    ]
                  : []),
              ]}
            />
            <Select<keyof typeof missingNames>
              label="What missing cells mean"
              hint="Nothing is filled in: a cell that is missing stays so."
              value={chosen}
              isDisabled={isBusy}
              options={(Object.keys(missingNames) as (keyof typeof missingNames)[]).map((value) => ({
                value,
                label: missingNames[value],
                isDisabled: value === 'level' && !isCategoricalKind(kind),
              }))}
              onChange={(value) => studio().setMissing(name, value)}
            />
          </section>
        )}
        <div className="import-form">
          <TextField
            label="Label"
            value={note?.label ?? ''}
            onChange={(label) => studio().describeColumn(name, { label })}
          />
          <TextField
            label="Unit"
            value={note?.unit ?? ''}
            placeholder={kind === 'duration' ? 's' : ''}
            onChange={(unit) => studio().describeColumn(name, { unit })}
          />
        </div>
        <TextField
          label="Description"
          isMultiline
          value={note?.description ?? ''}
          onChange={(description) => studio().describeColumn(name, { description })}
        />
        <p className="muted">
          {countText(distinct)} different values. {kindNames[kind]}.
        </p>
      </div>
    </Dialog>
  );
}

/** Levels in their order, each moved by a button; the summary lists them by frequency, so the order comes with the choice. */
function LevelOrder({ column: { name, kind, levels, order } }: { readonly column: ColumnSummary }) {
  const store = useStudioStore();
  const isBusy = useStudio((s) => s.table.status === 'importing');
  const move = (from: number, to: number) => {
    const next = [...order];
    const [moved] = next.splice(from, 1);
    next.splice(to, 0, moved!);
    store.getState().setColumnKind(name, kind, { order: next });
  };
  return (
    <fieldset className="levels">
      <legend className="field-label">
        {kind === 'cyclic' ? 'The cycle: after the last comes the first' : 'Order, lowest first'}
      </legend>
      <ol className="level-order">
        {order.map((level, i) => (
          <li key={level}>
            <span className="truncate grow" title={level}>
              {level}
            </span>
            <span className="muted number">{countText(levels.find(({ text }) => text === level)?.count ?? 0)}</span>
            <IconButton
              label={`Move ${level} up`}
              icon={<ArrowUp size={14} />}
              disabled={isBusy || i === 0}
              onClick={() => move(i, i - 1)}
            />
            <IconButton
              label={`Move ${level} down`}
              icon={<ArrowDown size={14} />}
              disabled={isBusy || i === order.length - 1}
              onClick={() => move(i, i + 1)}
            />
          </li>
        ))}
      </ol>
    </fieldset>
  );
}
