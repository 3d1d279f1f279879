import { useState } from 'react';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Notice } from '../../ui/Notice';
import { NumberField } from '../../ui/NumberField';
import { bytesText, countText } from '../../ui/numbers';
import { Select } from '../../ui/Select';
import './data.css';
import type { LargeFile, SheetChoice } from '../../sources/source';

/** What only the person can decide before files become a table: the sheet of a workbook, a sample of a large file. */
export function IntakeDialog() {
  const intake = useStudio((s) => s.intake);
  if (!intake) return null;
  return intake.question.kind === 'choose-sheet' ? (
    <ChooseSheet question={intake.question} />
  ) : (
    <OfferSample question={intake.question} />
  );
}

function ChooseSheet({ question }: { readonly question: SheetChoice }) {
  const store = useStudioStore();
  return (
    <Dialog
      isOpen
      title="Which sheet holds the table?"
      description={`${question.fileName} has ${question.sheets.length} sheets with cells.`}
      onClose={() => store.getState().dismissIntake()}
    >
      <ul className="sheet-list">
        {question.sheets.map(({ name, rows, columns }) => (
          <li key={name}>
            <button
              type="button"
              className="sheet-choice"
              onClick={() => void store.getState().answerIntake({ sheet: name })}
            >
              <strong className="truncate" title={name}>
                {name}
              </strong>
              <span className="muted number">
                {countText(rows)} × {countText(columns)} cells
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

const none = '';

function OfferSample({ question }: { readonly question: LargeFile }) {
  const store = useStudioStore();
  const { columns, suggested } = question;
  const [rows, setRows] = useState(200_000);
  const [column, setColumn] = useState(suggested?.column ?? none);
  const [rare, setRare] = useState<readonly string[]>(suggested?.rareLevels ?? []);
  const levels = columns.find(({ name }) => name === column)?.levels ?? [];
  const choose = (name: string) => {
    setColumn(name);
    const rarest = columns.find((one) => one.name === name)?.levels.toSorted((a, b) => a.count - b.count)[0];
    setRare(rarest ? [rarest.text] : []);
  };
  const answer = (sample: Parameters<ReturnType<typeof store.getState>['answerIntake']>[0]['sample']) =>
    void store.getState().answerIntake({ sample: sample ?? null });
  return (
    <Dialog
      isOpen
      title="This file is large for a browser tab"
      description={`${question.fileName}: ${bytesText(question.bytes)}, about ${countText(question.rows)} rows. Reading all of it would need about ${bytesText(question.bytes * 4)} of memory.`}
      width={620}
      onClose={() => store.getState().dismissIntake()}
      actions={
        <>
          {question.canReadAll && <Button onClick={() => answer('all')}>Read all of it anyway</Button>}
          <Button
            look="primary"
            disabled={column !== none && rare.length === 0}
            onClick={() =>
              answer({
                rows,
                column: column === none ? null : column,
                rareLevels: column === none ? [] : rare,
                seed: 1,
              })
            }
          >
            Read a sample
          </Button>
        </>
      }
    >
      <div className="stack">
        <Notice>
          A sample keeps every row with the rare outcome and draws the others at random. That it is a sample, and of how
          much, stays with the project and its exports.
        </Notice>
        <Select
          label="Column with the outcome"
          value={column}
          options={[
            { value: none, label: 'None: draw all rows alike' },
            ...columns.map(({ name }) => ({ value: name, label: name })),
          ]}
          onChange={choose}
        />
        {levels.length > 0 && (
          <fieldset className="levels">
            <legend className="field-label">Values that are rare: all of their rows are kept</legend>
            {levels.slice(0, 12).map(({ text, count }) => (
              <label key={text} className="choice">
                <input
                  type="checkbox"
                  checked={rare.includes(text)}
                  onChange={(event) =>
                    setRare(event.target.checked ? [...rare, text] : rare.filter((one) => one !== text))
                  }
                />
                <span className="level">
                  <span className="truncate">{text}</span>
                  <span className="number muted">{countText(count)} among the first rows</span>
                </span>
              </label>
            ))}
          </fieldset>
        )}
        <NumberField
          label="Other rows to draw, about"
          value={rows}
          min={1000}
          max={2_000_000}
          step={10_000}
          onChange={(value) => value !== null && setRows(value)}
        />
      </div>
    </Dialog>
  );
}
