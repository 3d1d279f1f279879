import { adjustments } from '../../engine/dependence/adjustments/catalogue';
import type { TestSettings } from '../../engine/project/project';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { NumberField } from '../../ui/NumberField';
import { Select } from '../../ui/Select';
import { Switch } from '../../ui/Switch';

/** Margin, adjustment and whether the unweighted table is judged: part of the document, undone like any edit. */
export function TestSettingsBar() {
  const store = useStudioStore();
  const { margin, adjustment, withWeights } = useStudio((s) => s.project.tests);
  return (
    <div className="test-settings">
      <NumberField
        isInline
        label="Margin"
        value={margin}
        min={0.01}
        max={0.5}
        step={0.01}
        onChange={(value) => value !== null && store.getState().setTests({ margin: value })}
      />
      <Select<TestSettings['adjustment']>
        isInline
        label="Many p-values"
        value={adjustment}
        options={adjustments.map(({ id, label }) => ({ value: id, label }))}
        onChange={(value) => store.getState().setTests({ adjustment: value })}
      />
      <Switch
        label="Weights only"
        isOn={withWeights ?? false}
        onChange={(isOn) => store.getState().setTests({ withWeights: isOn })}
      />
    </div>
  );
}
