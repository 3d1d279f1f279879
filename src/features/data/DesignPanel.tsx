import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { Button } from '../../ui/Button';
import { Notice } from '../../ui/Notice';
import { counted, countText } from '../../ui/numbers';
import { Panel } from '../../ui/Panel';
import { Select } from '../../ui/Select';
import type { TableSummary } from '../../worker/api';
import { suggestGroup } from './suggestGroup';

const none = '';

/** Rows that belong together, and the column that orders them in time. */
export function DesignPanel({ summary }: { readonly summary: TableSummary }) {
  const store = useStudioStore();
  const design = useStudio((s) => s.project.design);
  const groups = design?.groups ?? [];
  const { columns, rows } = summary;
  const target = useStudio((s) => s.project.target?.column ?? null);
  const set = store.getState().setDesign;
  const unit = suggestGroup(columns, rows, groups, target);
  const groupable = columns.filter(
    ({ name, distinct, kind }) =>
      distinct > 1 && distinct < rows && kind !== 'continuous' && kind !== 'text' && !groups.includes(name),
  );
  const timely = columns.filter(({ kind }) => kind === 'datetime' || kind === 'integer' || kind === 'count');
  return (
    <Panel title="Rows that belong together">
      {unit && (
        <Notice
          level="warning"
          action={
            <Button isSmall onClick={() => set({ groups: [...groups, unit.name] })}>
              Group by {unit.name}
            </Button>
          }
        >
          “{unit.name}” has {countText(unit.distinct)} values in {counted(rows, 'row')}. If it names who was measured,
          rows of one belong together, and it is nothing to learn from: keep it off the map.
        </Notice>
      )}
      <div className="import-form">
        <Select
          label="Add a group column (patient, site, machine)"
          hint="Rows of one group stay on the same side of every split."
          value={none}
          options={[
            { value: none, label: 'Choose a column …' },
            ...groupable.map(({ name, distinct }) => ({ value: name, label: `${name} (${distinct} groups)` })),
          ]}
          onChange={(name) => name !== none && set({ groups: [...groups, name] })}
        />
        <Select
          label="Time column"
          hint="Mechanisms are checked on later rare rows than they were learned from."
          value={design?.time ?? none}
          options={[{ value: none, label: 'None' }, ...timely.map(({ name }) => ({ value: name, label: name }))]}
          onChange={(name) => set({ time: name === none ? null : name })}
        />
      </div>
      {groups.length > 0 && (
        <div className="row-wrap">
          {groups.map((name) => (
            <Button
              key={name}
              isSmall
              title={`Rows no longer belong together by ${name}`}
              onClick={() => set({ groups: groups.filter((one) => one !== name) })}
            >
              {name} ×
            </Button>
          ))}
        </div>
      )}
    </Panel>
  );
}
