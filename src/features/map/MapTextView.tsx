import { useCallback, useEffect, useState } from 'react';
import { writeMap } from '../../engine/graph/formats/catalogue';
import { readMap } from '../../engine/graph/formats/readMap';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { Notice } from '../../ui/Notice';
import { useQuestion } from './mapFacts';

const restMs = 300;

/** The map as DAGitty code to type in: whatever can be read is on the map after a moment, and nothing else of it is lost. */
export function MapTextView() {
  const store = useStudioStore();
  const map = useStudio((s) => s.project.map);
  const { exposure, outcome } = useQuestion();
  // Places are left to the canvas: as numbers they would only hide the arrows.
  const placeless = { ...map, nodes: map.nodes.map((node) => ({ ...node, position: null })) };
  const written = writeMap('dagitty', placeless, { exposure, outcome }).text;
  const [draft, setDraft] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const problemWith = useCallback(
    (text: string) => {
      try {
        return store.getState().rewriteMap(readMap(text, 'dagitty').map)?.message ?? null;
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
    },
    [store],
  );
  useEffect(() => {
    if (draft === null) return;
    const timer = setTimeout(() => setProblem(problemWith(draft)), restMs);
    return () => clearTimeout(timer);
  }, [draft, problemWith]);
  return (
    <div className="map-text-view">
      <textarea
        className="input map-code"
        aria-label="The map as text"
        aria-describedby="map-text-state"
        spellCheck={false}
        value={draft ?? written}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={() => {
          if (draft === null) return;
          const left = problemWith(draft);
          setProblem(left);
          // What could be read is on the map: show it in its own order again.
          if (left === null) setDraft(null);
        }}
      />
      <div id="map-text-state" role="status">
        {problem !== null ? (
          <Notice level="error">{problem} The map stays as it was until this is mended.</Notice>
        ) : (
          <p className="muted">
            DAGitty code: <code>a -&gt; b</code> for a cause, <code>a &lt;-&gt; b</code> for an unrecorded common cause,{' '}
            <code>u [latent]</code> for an unrecorded variable. Tags, tiers, notes and reasons stay with their names.
          </p>
        )}
      </div>
    </div>
  );
}
