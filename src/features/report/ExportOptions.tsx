import type { ExportSettings } from '../../engine/project/project';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { Segmented } from '../../ui/Segmented';
import { Switch } from '../../ui/Switch';

type SwitchKey = Exclude<keyof ExportSettings, 'columns'>;

const switches: readonly { readonly key: SwitchKey; readonly label: string; readonly hint: string }[] = [
  {
    key: 'flagColumn',
    label: 'Flag synthetic rows',
    hint: 'Column is_synthetic: 1 for synthetic rows, 0 for real ones.',
  },
  {
    key: 'weightColumn',
    label: 'Weights',
    hint: 'Column weight: gives every class its original share back. Pass it as sample weight.',
  },
  {
    key: 'lineageColumns',
    label: 'Lineage',
    hint: 'Columns lineage_…: generator, seed, donor and partner row, candidates tried, columns redrawn.',
  },
  {
    key: 'guardFormulas',
    label: 'Guard against formulas',
    hint: 'An apostrophe before text cells that a spreadsheet would run, such as =1+1. Numbers are never touched.',
  },
  { key: 'onlySynthetic', label: 'Synthetic rows only', hint: 'Leaves the real rows out of the file.' },
];

/** What goes into the file; every choice says in a line what it does. */
export function ExportOptions() {
  const settings = useStudio((s) => s.project.export);
  const offMap = useStudio((s) => s.project.generation.offMap);
  const { setExport } = useStudioStore().getState();
  return (
    <>
      <div className="field">
        <span className="field-label">Columns</span>
        <Segmented
          label="Columns"
          value={settings.columns}
          options={[
            { value: 'all', label: 'All' },
            { value: 'map', label: 'On the map only' },
          ]}
          onChange={(columns) => setExport({ columns })}
        />
        <p className="field-hint">
          {settings.columns === 'map'
            ? 'Columns that are not on the map are left out of every row.'
            : offMap === 'donor'
              ? 'In synthetic rows, columns off the map repeat the real row they started from; ids are new.'
              : 'In synthetic rows, columns off the map are empty; ids are new.'}
        </p>
      </div>
      {switches.map(({ key, label, hint }) => (
        <Switch
          key={key}
          label={label}
          hint={hint}
          isOn={settings[key]}
          onChange={(isOn) => setExport({ [key]: isOn })}
        />
      ))}
    </>
  );
}
