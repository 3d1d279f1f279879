import type { Amount } from '../../engine/project/project';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { NumberField } from '../../ui/NumberField';
import { percentText } from '../../ui/numbers';
import { Segmented } from '../../ui/Segmented';
import { Slider } from '../../ui/Slider';

const starts: Readonly<Record<Amount['kind'], Amount>> = {
  parity: { kind: 'parity' },
  share: { kind: 'share', share: 0.3 },
  rows: { kind: 'rows', rows: 1000 },
};

/** How many rows, with the weight that this implies. */
export function AmountFields() {
  const amount = useStudio((s) => s.project.generation.amount);
  const { setGeneration } = useStudioStore().getState();
  return (
    <div className="stack">
      <Segmented
        label="Amount"
        value={amount.kind}
        options={[
          { value: 'parity', label: 'To parity' },
          { value: 'share', label: 'To a share' },
          { value: 'rows', label: 'Rows' },
        ]}
        onChange={(kind) => setGeneration({ amount: starts[kind] })}
      />
      {amount.kind === 'parity' && (
        <p className="muted">As many rows as the largest class has. The weights undo it for training.</p>
      )}
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
      {amount.kind === 'rows' && (
        <NumberField
          label="Rows for each rare level"
          value={amount.rows}
          min={1}
          max={20_000_000}
          onChange={(rows) => rows !== null && setGeneration({ amount: { kind: 'rows', rows } })}
        />
      )}
    </div>
  );
}
