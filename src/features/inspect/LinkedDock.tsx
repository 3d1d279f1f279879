import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { MarksBar } from './MarksBar';
import { ViewTabs } from './ViewTabs';
import { GatedView } from './views';
import './inspect.css';

/** A second view of the rows under a stage, linked with the first one and with the map. */
export function LinkedDock() {
  const { chosen, place } = useDockView();
  return (
    <div className="linked-dock">
      {place === 'elsewhere' && <MarksBar />}
      <div className="linked-dock-view">
        <GatedView id={chosen} />
      </div>
    </div>
  );
}

/** Which view the dock shows. */
export function LinkedDockTabs() {
  const store = useStudioStore();
  const { chosen, place } = useDockView();
  return (
    <ViewTabs label="View in the dock" value={chosen} onChange={(view) => store.getState().showDockView(place, view)} />
  );
}

function useDockView() {
  const place = useStudio((s) => (s.stage === 'inspect' ? ('inspect' as const) : ('elsewhere' as const)));
  const chosen = useStudio((s) => s.dockViews[place]);
  return { chosen, place };
}
