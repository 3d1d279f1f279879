import { useStudio } from '../../state/StudioProvider';
import { Button } from '../../ui/Button';
import { classes } from '../../ui/classes';
import { Notice } from '../../ui/Notice';
import { Panel } from '../../ui/Panel';
import { ProgressBar } from '../../ui/ProgressBar';
import { Select } from '../../ui/Select';
import { Switch } from '../../ui/Switch';
import type { ArrowSuggestions, HintMethod } from '../../worker/api';
import { arrowText } from './arrowText';
import { useStudied } from './useStudied';

const methods: readonly { readonly value: HintMethod; readonly label: string }[] = [
  { value: 'boss', label: 'by score (BOSS, BIC)' },
  { value: 'pc-stable', label: 'by tests (PC-stable)' },
];

type Hint = ArrowSuggestions['hints'][number];

/** What else the data would allow. Off until asked for: data alone cannot say what causes what. */
export function HintsPanel() {
  const activity = useStudio((s) => s.hinting);
  const { found, isCurrent } = useStudied((s) => s.hints);
  const method = useStudio((s) => s.hintMethod);
  const setMethod = useStudio((s) => s.setHintMethod);
  const areShown = useStudio((s) => s.areHintsShown);
  const show = useStudio((s) => s.showHints);
  const start = useStudio((s) => s.startHints);
  const cancel = useStudio((s) => s.cancelMapStudy);
  const hasTable = useStudio((s) => s.loadedData !== null);
  return (
    <Panel title="What else the data would allow" isPlain>
      <p className="muted">
        Links that the columns on the map show again and again in resamples of your rows, against those you drew. They
        honour tiers, certain arrows and forbidden arrows. Data cannot prove an arrow: take none that you cannot
        explain.
      </p>
      {!hasTable && <p className="muted">Open a table to ask it.</p>}
      <Select<HintMethod> label="How links are found" value={method} options={methods} onChange={setMethod} />
      {activity.status === 'running' ? (
        <ProgressBar
          label="Looking for links"
          share={activity.share}
          phase={activity.phase}
          action={
            <Button isSmall onClick={cancel}>
              Cancel
            </Button>
          }
        />
      ) : (
        <div>
          <Button isSmall disabled={!hasTable} onClick={() => void start()}>
            {found ? 'Ask the data again' : 'Ask the data'}
          </Button>
        </div>
      )}
      {activity.status === 'failed' && <Notice level="error">{activity.message}</Notice>}
      {found && (
        <>
          <Switch
            label="Show on the canvas"
            hint="Dashed, with the share of resamples."
            isOn={areShown}
            onChange={show}
          />
          {!isCurrent && <p className="muted">Of the map before your last edit.</p>}
          {found.result.messages.map((message) => (
            <p key={message} className="muted">
              {message}
            </p>
          ))}
          {found.result.hints.length === 0 ? (
            <p>Nothing beyond the map: the data show no steady link you have not drawn, and miss none that you did.</p>
          ) : (
            <ul className={classes('hints', !isCurrent && 'claims-old')}>
              {found.result.hints.map((hint) => (
                <HintItem key={`${hint.kind} ${hint.from} ${hint.to}`} hint={hint} />
              ))}
            </ul>
          )}
        </>
      )}
    </Panel>
  );
}

function HintItem({ hint }: { readonly hint: Hint }) {
  const select = useStudio((s) => s.select);
  const connect = useStudio((s) => s.connect);
  const remove = useStudio((s) => s.removeFromMap);
  const flip = useStudio((s) => s.flipEdge);
  const isDone = useStudio(
    (s) =>
      s.project.map.edges.some(
        ({ from, to }) => (from === hint.from && to === hint.to) || (from === hint.to && to === hint.from),
      ) ===
      (hint.kind === 'add'),
  );
  const { from, to, kind, edge, text } = hint;
  const choices =
    edge === '--'
      ? ([
          [from, to],
          [to, from],
        ] as const)
      : ([[from, to]] as const);
  return (
    <li className="hint">
      <button
        type="button"
        className="link-button"
        title="Select both on the map"
        onClick={() => select({ kind: 'map', nodes: [from, to], edges: [] })}
      >
        {from} {edge === '--' ? '—' : edge === '<->' ? '↔' : '→'} {to}
      </button>
      <p>{arrowText(text)}</p>
      {!isDone && (
        <div className="row-wrap">
          {kind === 'add' &&
            choices.map(([a, b]) => (
              <Button key={a} isSmall onClick={() => connect(a, b, edge === '<->' ? '<->' : '->')}>
                Draw {a} {edge === '<->' ? '↔' : '→'} {b}
              </Button>
            ))}
          {kind === 'remove' && (
            <Button isSmall onClick={() => remove([], [{ from, to, kind: edge === '<->' ? '<->' : '->' }])}>
              Remove the arrow
            </Button>
          )}
        </div>
      )}
      {kind === 'reverse' && (
        <Button isSmall onClick={() => flip({ from: to, to: from, kind: '->' })}>
          Turn it round
        </Button>
      )}
    </li>
  );
}
