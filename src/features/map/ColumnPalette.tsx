import { CircleDashed, ListPlus, Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import type { StudioState } from '../../state/studioState';
import { tableSummary } from '../../state/tableState';
import { Button } from '../../ui/Button';
import { IconButton } from '../../ui/IconButton';
import type { ColumnSummary } from '../../worker/api';
import { ColumnHistogram } from './ColumnHistogram';
import { KindMark } from './KindMark';
import { freshLatentName } from './latentName';
import { dragType } from './MapCanvas';

/** Columns drawn at once: of 500 nobody looks through all, and drawing them would hold up the page. */
const MOST_AT_ONCE = 60;

/** Why a column cannot be a cause or an effect; null when it can. */
function unfitReason({ kind, distinct }: ColumnSummary): string | null {
  if (kind === 'id') return 'An id: carried along, never learned from.';
  if (kind === 'text') return 'Free text: carried along, never learned from.';
  if (distinct <= 1) return 'Constant: it can neither cause nor show anything.';
  return null;
}

/** Whether the table has a column that could still be put on the map. */
export function hasUsableColumnLeft(state: StudioState): boolean {
  const onMap = new Set(state.project.map.nodes.map(({ name }) => name));
  return tableSummary(state)?.columns.some((column) => !onMap.has(column.name) && unfitReason(column) === null) ?? true;
}

/** The columns that are not on the map yet: dragged, double-clicked or added with Enter. */
export function ColumnPalette() {
  const store = useStudioStore();
  const summary = useStudio(tableSummary);
  const map = useStudio((s) => s.project.map);
  const [sought, setSought] = useState('');
  const [most, setMost] = useState(MOST_AT_ONCE);
  const onMap = useMemo(() => new Set(map.nodes.map(({ name }) => name)), [map]);
  const absent = (summary?.columns ?? []).filter(({ name }) => !onMap.has(name));
  const shown = absent.filter(({ name }) => name.toLowerCase().includes(sought.trim().toLowerCase()));
  const usable = absent.filter((column) => unfitReason(column) === null);
  const add = (name: string) => {
    const studio = store.getState();
    studio.addNode(name);
    studio.select({ kind: 'map', nodes: [name], edges: [] });
    studio.announce(`${name} added to the map.`);
  };
  return (
    <section className="palette-panel" aria-label="Columns not on the map">
      <header className="palette-head">
        <h2 className="panel-title">Columns</h2>
        <IconButton
          label="Add all columns that can take part"
          icon={<ListPlus size={16} />}
          disabled={usable.length === 0}
          onClick={() => store.getState().addNodes(usable.map(({ name }) => name))}
        />
        <IconButton
          label="Add an unrecorded variable"
          icon={<CircleDashed size={15} />}
          onClick={() => store.getState().addNode(freshLatentName(store.getState().project.map), { latent: true })}
        />
      </header>
      <div className="palette-search">
        <input
          className="input"
          type="search"
          id="column-search"
          aria-label="Search columns"
          placeholder="Search columns"
          value={sought}
          onChange={(event) => setSought(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && shown[0]) add(shown[0].name);
          }}
        />
      </div>
      {shown.length === 0 && (
        <p className="palette-none">
          {!summary
            ? 'Open a table to see its columns here.'
            : absent.length === 0
              ? 'Every column is on the map.'
              : 'No column has that name.'}
        </p>
      )}
      <ul className="palette-columns">
        {shown.slice(0, most).map((column) => {
          const reason = unfitReason(column);
          return (
            <li key={column.name}>
              <button
                type="button"
                className="palette-column"
                draggable={reason === null}
                disabled={reason !== null}
                title={reason ?? `${column.name}: drag it onto the map, or double-click`}
                onDragStart={(event) => {
                  event.dataTransfer.setData(dragType, column.name);
                  event.dataTransfer.effectAllowed = 'copy';
                }}
                onDoubleClick={() => add(column.name)}
                onKeyDown={(event) => {
                  if (event.key !== 'Enter') return;
                  event.preventDefault();
                  add(column.name);
                }}
              >
                <span className="row">
                  <KindMark kind={column.kind} />
                  <span className="truncate grow">{column.name}</span>
                  {reason && (
                    <span className="badge">
                      {column.kind === 'id' || column.kind === 'text' ? column.kind : 'constant'}
                    </span>
                  )}
                </span>
                {!reason && <ColumnHistogram column={column.name} width={152} height={22} />}
              </button>
              {!reason && (
                <IconButton
                  label={`Add ${column.name}`}
                  icon={<Plus size={14} />}
                  onClick={() => add(column.name)}
                  side="right"
                />
              )}
            </li>
          );
        })}
        {shown.length > most && (
          <li>
            <Button isSmall look="quiet" onClick={() => setMost(most + MOST_AT_ONCE)}>
              Show {Math.min(MOST_AT_ONCE, shown.length - most)} more of {shown.length}
            </Button>
          </li>
        )}
      </ul>
      {map.nodes.length < 2 && usable.length > 0 && (
        <div className="palette-foot">
          <Button isSmall onClick={() => store.getState().addNodes(usable.map(({ name }) => name))}>
            Add all {usable.length} columns
          </Button>
        </div>
      )}
    </section>
  );
}
