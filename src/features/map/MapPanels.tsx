import { useStudio } from '../../state/StudioProvider';
import type { MapPanel } from '../../state/ui';
import { Tabs } from '../../ui/Tabs';
import { AskPanel } from './AskPanel';
import { ClaimsPanel } from './ClaimsPanel';
import { ComparePanel } from './ComparePanel';
import { EffectPanel } from './EffectPanel';
import { HintsPanel } from './HintsPanel';
import { MapProblems } from './MapProblems';
import { PaperPanel } from './PaperPanel';

/** What the inspector tells of the map as a whole: its answers, its claims, what data would allow, what a paper would say. */
export function MapPanels() {
  const panel = useStudio((s) => s.mapPanel);
  const show = useStudio((s) => s.showMapPanel);
  return (
    <>
      <MapProblems />
      <Tabs<MapPanel>
        label="About the map"
        value={panel}
        onChange={show}
        tabs={[
          {
            value: 'effect',
            label: 'Effect',
            content: (
              <>
                <EffectPanel />
                <AskPanel />
              </>
            ),
          },
          { value: 'claims', label: 'Claims', content: <ClaimsPanel /> },
          { value: 'hints', label: 'Hints', content: <HintsPanel /> },
          { value: 'compare', label: 'Compare', content: <ComparePanel /> },
          { value: 'paper', label: 'Text', content: <PaperPanel /> },
        ]}
      />
    </>
  );
}
