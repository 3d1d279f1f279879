import { useStudioStore } from '../../state/StudioProvider';
import { Select } from '../../ui/Select';
import { useAxes } from './useAxes';

/** The two columns that plane views share with the scatter plot. */
export function AxisSelects() {
  const store = useStudioStore();
  const { columns, x, y } = useAxes();
  const options = columns.map(({ name }) => ({ value: name, label: name }));
  const { setScatterAxes } = store.getState();
  return (
    <>
      <Select
        label="Across"
        value={x ?? ''}
        options={options}
        isInline
        onChange={(next) => setScatterAxes(next, next === y ? x : y)}
      />
      <Select
        label="Up"
        value={y ?? ''}
        options={options}
        isInline
        onChange={(next) => setScatterAxes(next === x ? y : x, next)}
      />
    </>
  );
}
