import { useMemo } from 'react';
import { generatorById } from '../../engine/generators/catalogue';
import type { Amount } from '../../engine/project/project';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { tableSummary } from '../../state/tableState';
import { NumberField } from '../../ui/NumberField';
import { counted, percentText, shortNumber } from '../../ui/numbers';
import { Segmented } from '../../ui/Segmented';
import { Slider } from '../../ui/Slider';
import { amountPlan } from './amountPlan';

type Choice = 'none' | Amount['kind'];
const starts: Readonly<Record<Choice, Amount>> = {
  none: { kind: 'rows', rows: 0 },
  parity: { kind: 'parity' },
  share: { kind: 'share', share: 0.3 },
  rows: { kind: 'rows', rows: 1000 },
};
const choiceOf = (amount: Amount): Choice => (amount.kind === 'rows' && amount.rows === 0 ? 'none' : amount.kind);

/** How many rows, and the weights that this implies. */
export function AmountFields() {
  const amount = useStudio((s) => s.project.generation.amount);
  const target = useStudio((s) => s.project.target);
  const column = useStudio((s) => tableSummary(s)?.columns.find(({ name }) => name === s.project.target?.column));
  const isDrawn = useStudio((s) => generatorById(s.project.generation.generator).drawsTarget === true);
  const { setGeneration } = useStudioStore().getState();
  const data = useStudio((s) => s.project.data);
  const plan = useMemo(() => target && amountPlan(column, target, amount, data), [column, target, amount, data]);
  const choice = choiceOf(amount);
  return (
    <div className="stack">
      <div className="field">
        <span className="field-label">How many rows</span>
        <Segmented<Choice>
          label="How many rows"
          value={choice}
          options={[
            { value: 'none', label: 'None' },
            { value: 'parity', label: 'To parity' },
            { value: 'share', label: 'To a share' },
            { value: 'rows', label: 'A number' },
          ]}
          onChange={(next) => setGeneration({ amount: starts[next] })}
        />
      </div>
      {amount.kind === 'share' && (
        <Slider
          label="Share of rare rows in the augmented table"
          value={amount.share}
          min={0.02}
          max={0.8}
          step={0.01}
          format={percentText}
          onChange={(share) => setGeneration({ amount: { kind: 'share', share } })}
        />
      )}
      {choice === 'rows' && amount.kind === 'rows' && (
        <NumberField
          label={target && target.rareLevels.length > 1 ? 'Rows for each rare value' : 'Rows'}
          value={amount.rows}
          min={1}
          max={20_000_000}
          onChange={(rows) => rows !== null && setGeneration({ amount: { kind: 'rows', rows } })}
        />
      )}
      {choice === 'none' ? (
        <p className="field-hint">
          Train on the table as it is, with class weights or a moved threshold. Nothing has to be generated for that.
        </p>
      ) : (
        plan && (
          <p className="field-hint number" aria-live="polite">
            {plan.added === 0
              ? 'The rare rows have that share already: nothing would be added.'
              : isDrawn
                ? `Makes ${counted(plan.added, 'row')}, each with a weight of its own; how many of them are rare is drawn, and told after the run.`
                : `Makes ${counted(plan.added, 'row')}: the rare share goes from ${percentText(plan.shareBefore)} to ${percentText(plan.shareAfter)}. Weights undo it in training: ${plan.classes
                    .map(({ level, weight }) => `${level} ${shortNumber(weight)}`)
                    .join(', ')}.`}
          </p>
        )
      )}
    </div>
  );
}
