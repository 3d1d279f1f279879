import { useMemo } from 'react';
import { isCarriedKind, isCategoricalKind } from '../../engine/data/table';
import { tableSummary } from '../../state/data';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { MiniHistogram } from '../../ui/MiniHistogram';
import { columnDistance } from './columnDistance';

/** Every column of the map with its real and synthetic rare rows, one over the other; a press puts it on the x axis. */
export function ColumnsView() {
  const store = useStudioStore();
  const summary = useStudio(tableSummary);
  const histograms = useStudio((s) => s.histograms);
  const marked = useStudio((s) => s.markedHistograms);
  const map = useStudio((s) => s.project.map);
  const targetName = useStudio((s) => s.project.target?.column);
  const chosen = useStudio((s) => s.scatterX);
  const columns = useMemo(() => {
    const onMap = new Set(map.nodes.map(({ name }) => name));
    return (summary?.columns ?? []).filter(
      ({ name, kind }) => onMap.has(name) && !isCarriedKind(kind) && name !== targetName,
    );
  }, [summary, map, targetName]);
  if (columns.length === 0) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be a scrolling row
    <div className="column-strip" role="group" aria-label="Real rare rows beside synthetic ones, column by column">
      {columns.map(({ name, kind }) => {
        const histogram = histograms[name];
        const distance = histogram?.synthetic ? columnDistance(histogram.rare, histogram.synthetic) : null;
        const words = distance === null ? 'no synthetic rows' : `${Math.round(distance * 100)} % lies elsewhere`;
        return (
          <button
            key={name}
            type="button"
            className="column-tile"
            aria-pressed={chosen === name}
            title={`${name}: real rare rows (solid) and synthetic rows (dashed); ${words}. Press to put it across.`}
            onClick={() => {
              const { scatterX, scatterY, setScatterAxes } = store.getState();
              setScatterAxes(name, scatterY === name ? scatterX : scatterY);
            }}
          >
            <div className="truncate">{name}</div>
            {histogram ? (
              <MiniHistogram
                label={`${name}: ${words}`}
                common={[]}
                rare={histogram.rare}
                synthetic={histogram.synthetic}
                marked={marked[name] ?? null}
                isCategorical={isCategoricalKind(kind)}
                height={34}
              />
            ) : (
              <div style={{ height: 34 }} />
            )}
            <div className="muted number">{words}</div>
          </button>
        );
      })}
    </div>
  );
}
