import { useMemo, useState } from 'react';
import { useStudio } from '../../state/StudioProvider';
import { Button } from '../../ui/Button';
import { Switch } from '../../ui/Switch';
import { saveFile } from '../../ui/saveFile';
import { effectColours } from './effectPart';
import { useEffectAnswer } from './effectQuestion';
import { useQuestion } from './mapFacts';
import { pictureFont, pictureOf, pngOf } from './picture';

/** Names are measured as the browser will draw them. */
function textMeasure(): (text: string) => number {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return (text) => 8 * text.length;
  context.font = `bold ${pictureFont}`;
  return (text) => context.measureText(text).width;
}

/** The map as SVG or PNG, as it would stand in a paper. */
export function PictureExport() {
  const map = useStudio((s) => s.project.map);
  const name = useStudio((s) => s.project.name);
  const notify = useStudio((s) => s.notify);
  const question = useQuestion();
  const answer = useEffectAnswer();
  const [wantsEffect, setWantsEffect] = useState(false);
  const svg = useMemo(
    () =>
      pictureOf(map, {
        ...question,
        effect: wantsEffect && answer ? effectColours(answer) : null,
        widthOf: textMeasure(),
      }),
    [map, question, wantsEffect, answer],
  );
  const fileName = (extension: string) => `${name.replace(/[^\p{L}\p{N} _-]/gu, '')} map.${extension}`;
  const savePng = async () => {
    try {
      saveFile(fileName('png'), await pngOf(svg));
    } catch (error) {
      notify('error', error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <div className="stack map-text">
      <img className="map-picture" src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`} alt="The map" />
      {answer && (
        <Switch
          label="Show the paths of the effect"
          hint="Green carries it, dashed red biases it, a double frame is held fixed."
          isOn={wantsEffect}
          onChange={setWantsEffect}
        />
      )}
      <div className="row">
        <span className="muted grow">LaTeX (TikZ) and Mermaid are among the formats under Copy out.</span>
        <Button onClick={() => void savePng()}>Save PNG</Button>
        <Button look="primary" onClick={() => saveFile(fileName('svg'), new Blob([svg], { type: 'image/svg+xml' }))}>
          Save SVG
        </Button>
      </div>
    </div>
  );
}
