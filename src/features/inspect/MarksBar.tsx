import { Download, X } from 'lucide-react';
import { useState } from 'react';
import { countMarks, viewSource } from '../../state/inspect';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { IconButton } from '../../ui/IconButton';
import { counted, countText } from '../../ui/numbers';
import { saveFile } from '../../ui/saveFile';
import { LayerGlyph } from './LayerToggle';
import { layerNames } from './layers';

/** How many rows are marked, of which kind, and what can be done with them. */
export function MarksBar() {
  const store = useStudioStore();
  const marks = useStudio((s) => s.marks);
  const origin = useStudio((s) => s.marksOrigin);
  const [isSaving, setSaving] = useState(false);
  if (marks.length === 0) return null;
  const save = async () => {
    const source = viewSource(store.getState());
    if (source === null) return;
    setSaving(true);
    const outcome = await store.getState().ask((engine) => engine.exportMarked(source, marks));
    setSaving(false);
    if (outcome.ok) saveFile(outcome.value.fileName, outcome.value.blob);
    else store.getState().notify('error', outcome.message);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset's legend cannot stand in a flex row
    <div className="marks-bar" role="group" aria-label="Marked rows">
      <strong>{counted(countMarks(marks), 'row')} marked</strong>
      {marks.map(({ layer, rows }) => (
        <span key={layer} className="marks-part" title={layerNames[layer]}>
          <LayerGlyph layer={layer} />
          <span className="number">{countText(rows.length)}</span>
          <span className="visually-hidden">{layerNames[layer]}</span>
        </span>
      ))}
      <span className="muted truncate grow">{origin}</span>
      <IconButton
        label="Save the marked rows as CSV"
        icon={<Download size={14} />}
        disabled={isSaving}
        onClick={() => void save()}
      />
      <IconButton
        label="Take all marks away"
        hint="Escape"
        icon={<X size={14} />}
        onClick={() => store.getState().clearMarks()}
      />
    </div>
  );
}
