import { useEffect, useState } from 'react';
import { generatorById } from '../../engine/generators/catalogue';
import { inputsHash } from '../../state/runInputs';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { Facts } from '../../ui/Facts';
import { Notice } from '../../ui/Notice';
import { countText, percentText, shortNumber } from '../../ui/numbers';
import { Panel } from '../../ui/Panel';
import { Select } from '../../ui/Select';
import { PreviewPlot } from './PreviewPlot';
import { movedShare, previewAxes } from './previewFacts';

/** The first rows of the run as it would be now, beside the real rare rows they start from; follows every change. */
export function PreviewPanel() {
  const store = useStudioStore();
  const isReady = useStudio((s) => s.table.status === 'ready' && s.project.target !== null);
  const inputs = useStudio((s) => inputsHash(s.project, s.project.generation));
  const usesMap = useStudio((s) => generatorById(s.project.generation.generator).usesMap);
  const target = useStudio((s) => s.project.target?.column);
  const { result, message, waiting } = useStudio((s) => s.preview);
  const [axes, setAxes] = useState<{ readonly x: string | null; readonly y: string | null }>({ x: null, y: null });
  // biome-ignore lint/correctness/useExhaustiveDependencies: `inputs` names everything the preview depends on
  useEffect(() => {
    if (isReady && usesMap) void store.getState().requestPreview();
  }, [store, isReady, usesMap, inputs]);
  if (!usesMap)
    return (
      <Panel title="Preview">
        <p className="muted">
          Baselines are drawn at once and not previewed: run this one to see it beside the causal rows.
        </p>
      </Panel>
    );
  const names = result?.columnNames.filter((name) => name !== target) ?? [];
  const chosen = result ? previewAxes(result, target ?? '', axes) : null;
  const options = names.map((name) => ({ value: name, label: name }));
  const busy = waiting && !result ? `${waiting.phase} …` : null;
  return (
    <Panel
      title="Preview"
      actions={
        <span className="muted number" aria-live="off">
          {result ? `${countText(result.made[0]?.length ?? 0)} rows in ${result.milliseconds} ms` : (busy ?? '')}
        </span>
      }
    >
      {message && <Notice>{message}</Notice>}
      {!result && !message && (
        <p className="muted preview-wait" role="status">
          {busy ?? 'Learning how every column follows from its causes …'}
        </p>
      )}
      {result && chosen && (
        <>
          <div className="preview-axes">
            <Select
              label="Across"
              value={chosen.x}
              options={options}
              isInline
              onChange={(x) => setAxes((now) => ({ ...now, x }))}
            />
            <Select
              label="Up"
              value={chosen.y}
              options={options}
              isInline
              onChange={(y) => setAxes((now) => ({ ...now, y }))}
            />
          </div>
          <PreviewPlot preview={result} x={chosen.x} y={chosen.y} isStale={waiting !== null} />
          <Facts
            facts={[
              ...(result.step === null
                ? []
                : [{ label: 'Step', value: shortNumber(result.step), note: 'Size of one long move of the noises' }]),
              ...(result.steps === null
                ? []
                : [{ label: 'Moves a row', value: countText(result.steps), note: 'Long and short ones in turn' }]),
              ...(result.acceptance === null
                ? []
                : [
                    {
                      label: 'Moves accepted',
                      value: percentText(result.acceptance),
                      note: 'The others would have made the outcome too unlikely or broken a rule',
                    },
                  ]),
              ...(movedShare(result) === null
                ? []
                : [
                    {
                      label: 'Cells changed',
                      value: percentText(movedShare(result)!),
                      note: 'Share of cells that differ from the real row',
                    },
                  ]),
            ]}
          />
        </>
      )}
    </Panel>
  );
}
