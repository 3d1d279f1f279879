import { useState } from 'react';
import { useStudio } from '../state/StudioProvider';
import { countText, percentText } from '../ui/numbers';
import type { DemoCard } from '../worker/api';
import { DemoPicture } from './DemoPicture';

/** A card for each demo: its map in small, what it is about and the mistake it catches. */
export function DemoGallery() {
  const demos = useStudio((s) => s.demos);
  const loadDemo = useStudio((s) => s.loadDemo);
  const [opening, setOpening] = useState<string | null>(null);
  const open = (id: string) => {
    setOpening(id);
    void loadDemo(id).finally(() => setOpening(null));
  };
  return (
    <section aria-labelledby="demo-heading">
      <h2 className="welcome-heading" id="demo-heading">
        Demos: simulated tables whose truth is known, and two maps from the literature
      </h2>
      <ul className="demo-gallery" aria-busy={demos === null}>
        {(demos ?? []).map((demo) => (
          <li key={demo.id}>
            <button
              type="button"
              className="demo-card"
              aria-label={`Demo: ${demo.title}. ${demo.trap}`}
              title={demo.story}
              disabled={opening !== null}
              onClick={() => open(demo.id)}
            >
              <DemoPicture demo={demo} />
              <strong className="demo-title">{demo.title}</strong>
              <span className="demo-facts number">{opening === demo.id ? 'Opening…' : factsOf(demo)}</span>
              <span className="demo-trap">{demo.trap}</span>
            </button>
          </li>
        ))}
        {demos === null && <li className="demo-card demo-waiting">Loading…</li>}
      </ul>
    </section>
  );
}

function factsOf({ table, map }: DemoCard): string {
  if (!table) return `${map.nodes.length} nodes, no table`;
  // The share in the law, not in this sample of it: it is one of the true values.
  const rare = table.prevalence === null ? '' : `, true share of rare ${percentText(table.prevalence)}`;
  return `${countText(table.rows)} rows${rare}`;
}
