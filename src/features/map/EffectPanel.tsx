import { CircleCheck, CircleX } from 'lucide-react';
import type { EffectKind } from '../../engine/graph/effectGraph';
import type { JudgedPath } from '../../engine/graph/listPaths';
import { edgesOf } from '../../engine/graph/pathEdges';
import { useStudio } from '../../state/StudioProvider';
import { classes } from '../../ui/classes';
import { Panel } from '../../ui/Panel';
import { Segmented } from '../../ui/Segmented';
import { arrowText } from './arrowText';
import { Chip } from './Chip';
import { isSameSet, useEffectAnswer } from './effectQuestion';
import { OtherWays } from './OtherWays';
import { TruthLine } from './TruthLine';

const setText = (set: readonly string[]) => (set.length === 0 ? 'nothing' : set.join(', '));

/** The question the map is asked: what to hold fixed to read the effect, whether a set is enough, and every path. */
export function EffectPanel() {
  const ask = useStudio((s) => s.askEffect);
  const answer = useEffectAnswer();
  if (!answer)
    return (
      <Panel title="Effect of a cause" isPlain>
        <p className="muted">
          Choose an exposure above the canvas (or select a card and press E): the map then says what to hold fixed to
          read its effect, and shows the paths that carry it and those that bias it.
        </p>
      </Panel>
    );
  const { sets, moreSets, optimalSet, verdict, paths, morePaths, choices } = answer;
  const { exposure, outcome, effect, held } = answer.asked;
  const toggle = (name: string) =>
    ask({ held: held.includes(name) ? held.filter((one) => one !== name) : [...held, name] });
  const Mark = verdict.valid ? CircleCheck : CircleX;
  return (
    <Panel title={`Effect of ${exposure} on ${outcome}`} isPlain className="effect-panel">
      <Segmented<EffectKind>
        label="Which effect"
        value={effect}
        onChange={(next) => ask({ effect: next })}
        options={[
          { value: 'total', label: 'Total', title: 'Along every path of arrows from cause to effect' },
          { value: 'direct', label: 'Direct', title: 'Along the arrow itself only' },
        ]}
      />
      {sets.length === 0 ? (
        <p>No set of recorded columns is enough to read the {effect} effect: something unrecorded stands between.</p>
      ) : (
        <>
          <p className="field-label" id="effect-sets">
            Enough to hold fixed, nothing to spare
          </p>
          <ul className="chip-list" aria-labelledby="effect-sets">
            {sets.map((set) => (
              <li key={set.join('\n')}>
                <Chip isOn={isSameSet(set, held)} label={setText(set)} onClick={() => ask({ held: set })} />
              </li>
            ))}
            {moreSets && <li className="muted">and more</li>}
          </ul>
          {optimalSet && sets.length > 0 && !sets.some((set) => isSameSet(set, optimalSet)) && (
            <p className="muted">
              Least variance:{' '}
              <Chip
                isOn={isSameSet(optimalSet, held)}
                label={setText(optimalSet)}
                onClick={() => ask({ held: optimalSet })}
              />
            </p>
          )}
        </>
      )}
      <p className="field-label" id="effect-held">
        Held fixed
      </p>
      <ul className="chip-list" aria-labelledby="effect-held">
        {choices.map(({ name, isForbidden }) => (
          <li key={name}>
            <Chip
              isOn={held.includes(name)}
              label={name}
              warning={isForbidden ? `${name} is caused by ${exposure}: holding it fixed spoils this effect` : null}
              onClick={() => toggle(name)}
            />
          </li>
        ))}
      </ul>
      <p className={classes('effect-verdict', verdict.valid ? 'claim-agrees' : 'claim-refuted')} aria-live="polite">
        <Mark size={15} aria-hidden />
        <span>{arrowText(verdict.sentence)}</span>
      </p>
      {paths.length > 0 && (
        <details className="disclosure">
          <summary>
            {paths.length}
            {morePaths ? ' or more' : ''} {paths.length === 1 ? 'path' : 'paths'},{' '}
            {paths.filter(({ open }) => open).length} open
          </summary>
          <ul className="claims">
            {paths.map((path) => (
              <PathItem key={path.text} path={path} />
            ))}
          </ul>
        </details>
      )}
      <TruthLine exposure={exposure} outcome={outcome} />
      <OtherWays answer={answer} />
    </Panel>
  );
}

/** Causal paths carry the effect; an open one that is not causal is a bias. */
const stateOf = ({ causal, open }: JudgedPath) =>
  causal ? (open ? 'causal, open' : 'causal, blocked') : open ? 'bias, open' : 'bias, blocked';

function PathItem({ path }: { readonly path: JudgedPath }) {
  const select = useStudio((s) => s.select);
  const tone = path.causal === path.open ? (path.open ? 'claim-agrees' : 'claim-cannot-tell') : 'claim-refuted';
  return (
    <li>
      <button
        type="button"
        className="claim"
        title="Select it on the map"
        onClick={() => select({ kind: 'map', nodes: path.nodes, edges: edgesOf(path) })}
      >
        <span className="claim-words">
          <span>{arrowText(path.text)}</span>
          <span className={classes('claim-verdict', tone)}>
            {stateOf(path)}. {arrowText(path.reason)}
          </span>
        </span>
      </button>
    </li>
  );
}
