import type { InspectView } from '../../state/inspect';
import { Segmented } from '../../ui/Segmented';
import { inspectViews } from './views';

interface ViewTabsProps {
  readonly label: string;
  readonly value: InspectView;
  onChange(view: InspectView): void;
}

/** Chooses a way of looking at the rows. */
export function ViewTabs({ label, value, onChange }: ViewTabsProps) {
  return (
    <Segmented<InspectView>
      label={label}
      value={value}
      options={inspectViews.map(({ id, label: text }) => ({ value: id, label: text }))}
      onChange={onChange}
    />
  );
}
