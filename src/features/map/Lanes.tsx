import { useStore as useRfStore, ViewportPortal } from '@xyflow/react';
import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import type { MapLane } from '../../engine/graph/causalMap';
import { laneStarts } from '../../engine/graph/lanes';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { IconButton } from '../../ui/IconButton';

/** Far beyond any map: a lane has no upper or lower end. */
const reach = 100_000;

/** Time from left to right: a band behind the cards for each tier, and its name above the canvas. */
export function Lanes({ lanes }: { readonly lanes: readonly MapLane[] }) {
  const store = useStudioStore();
  const [x, , zoom] = useRfStore((state) => state.transform);
  const nodes = useStudio((s) => s.project.map.nodes);
  const starts = laneStarts(lanes);
  return (
    <>
      <ViewportPortal>
        {lanes.map(({ width }, tier) => (
          <div
            // biome-ignore lint/suspicious/noArrayIndexKey: a lane is its place in time
            key={tier}
            className="lane-band"
            style={{ transform: `translate(${starts[tier]}px, ${-reach}px)`, width, height: 2 * reach }}
          />
        ))}
      </ViewportPortal>
      <ol className="lane-heads" aria-label="Lanes of time">
        {lanes.map((lane, tier) => (
          <LaneHead
            // biome-ignore lint/suspicious/noArrayIndexKey: a lane is its place in time
            key={tier}
            lane={lane}
            tier={tier}
            isEmpty={nodes.every((node) => node.tier !== tier)}
            left={x + starts[tier]! * zoom}
            width={lane.width * zoom}
          />
        ))}
        <li className="lane-add" style={{ transform: `translateX(${x + starts.at(-1)! * zoom}px)` }}>
          <IconButton label="Add a lane" icon={<Plus size={14} />} onClick={() => store.getState().addLane()} />
        </li>
      </ol>
    </>
  );
}

interface LaneHeadProps {
  readonly lane: MapLane;
  readonly tier: number;
  readonly isEmpty: boolean;
  readonly left: number;
  readonly width: number;
}

function LaneHead({ lane, tier, isEmpty, left, width }: LaneHeadProps) {
  const store = useStudioStore();
  const [draft, setDraft] = useState<string | null>(null);
  const commit = () => {
    if (draft !== null) store.getState().renameLane(tier, draft);
    setDraft(null);
  };
  return (
    <li className="lane-head" style={{ transform: `translateX(${left}px)`, width }}>
      {draft === null ? (
        <button
          type="button"
          className="lane-name truncate"
          title={`${lane.name}: click to rename`}
          onClick={() => setDraft(lane.name)}
        >
          {lane.name}
        </button>
      ) : (
        <input
          className="lane-input"
          aria-label={`Name of lane ${tier + 1}`}
          // biome-ignore lint/a11y/noAutofocus: it takes the place of the button that was pressed
          autoFocus
          value={draft}
          onFocus={(event) => event.target.select()}
          onChange={(event) => setDraft(event.target.value)}
          onBlur={commit}
          onKeyDown={(event) => {
            if (event.key === 'Enter') commit();
            if (event.key === 'Escape') setDraft(null);
          }}
        />
      )}
      {isEmpty && draft === null && (
        <IconButton
          label={`Remove the empty lane ${lane.name}`}
          icon={<X size={12} />}
          onClick={() => store.getState().removeLane(tier)}
        />
      )}
    </li>
  );
}
