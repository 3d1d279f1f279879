import { ArrowLeftRight, MoveHorizontal, Trash2 } from 'lucide-react';
import type { Confidence, MapEdge } from '../../engine/graph/causalMap';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { arrowVerdictAfter } from '../../state/testing';
import { Button } from '../../ui/Button';
import { Notice } from '../../ui/Notice';
import { Panel } from '../../ui/Panel';
import { Select } from '../../ui/Select';
import { Switch } from '../../ui/Switch';
import { TextField } from '../../ui/TextField';
import { arrowStrength, useCheckedMap } from './mapFacts';
import { RulesAbout } from './RulesAbout';
import { StrengthBar } from './StrengthBar';

const confidences: readonly { readonly value: Confidence | ''; readonly label: string }[] = [
  { value: '', label: 'not said' },
  { value: 'certain', label: 'Certain' },
  { value: 'likely', label: 'Likely' },
  { value: 'guess', label: 'A guess' },
];
const signs: readonly { readonly value: '+' | '-' | ''; readonly label: string }[] = [
  { value: '', label: 'not said' },
  { value: '+', label: 'More of it, more of the effect' },
  { value: '-', label: 'More of it, less of the effect' },
];

export function EdgeInspector({ edge }: { readonly edge: MapEdge }) {
  const store = useStudioStore();
  const studio = () => store.getState();
  const { from, to, kind, reason, source, confidence, sign, monotone } = edge;
  const checked = useCheckedMap();
  const map = useStudio((s) => s.project.map);
  const isChecking = useStudio((s) => s.checkingMap.status === 'running');
  const refusal = useStudio((s) => s.refusal);
  const strength = arrowStrength(checked, map, edge);
  const tested = useStudio((s) => arrowVerdictAfter(s, from, to));
  const others = map.edges
    .filter((other) => other.kind === '->' && other.to === to && other.from !== from)
    .map((other) => other.from);
  // The edge under the new form takes the selection with it.
  const follow = (next: { readonly from: string; readonly to: string; readonly kind: MapEdge['kind'] }) =>
    studio().select({ kind: 'map', nodes: [], edges: [next] });

  return (
    <Panel title={`${from} ${kind === '->' ? '→' : '↔'} ${to}`} isPlain>
      <p>
        {kind === '->'
          ? `You say that ${from} is a direct cause of ${to}.`
          : `You say that something not recorded causes both ${from} and ${to}.`}
      </p>
      {kind === '->' && tested && (
        <section className="inspector-section">
          <h3>With synthetic rows</h3>
          <p>{tested.sentence}</p>
        </section>
      )}
      {kind === '->' && (
        <section className="inspector-section">
          <h3>In the data</h3>
          {!strength && <p className="muted">{isChecking ? 'Looking at the data…' : 'Not checked yet.'}</p>}
          {strength && (
            <>
              <StrengthBar effect={strength.effect} low={strength.low} high={strength.high} />
              <p>
                {strength.verdict === 'seen' &&
                  `${to} moves with ${from}${others.length > 0 ? ' once its other causes are held fixed' : ''}: strength ${strength.effect.toFixed(2)}, 95 % interval ${strength.low.toFixed(2)} to ${strength.high.toFixed(2)}, from ${strength.rows.toLocaleString('en')} rows.`}
                {strength.verdict === 'refuted' &&
                  `The data do not show it: strength ${strength.effect.toFixed(3)}, 95 % interval ${strength.low.toFixed(3)} to ${strength.high.toFixed(3)}, next to nothing. Remove the arrow, or say below why it stays.`}
                {strength.verdict === 'cannot-tell' &&
                  `The data cannot tell: strength ${strength.effect.toFixed(2)}, 95 % interval ${strength.low.toFixed(2)} to ${strength.high.toFixed(2)}. The arrow rests on your knowledge.`}
              </p>
              {others.length > 0 && <p className="muted">Held fixed: {others.join(', ')}.</p>}
            </>
          )}
        </section>
      )}
      <TextField
        label="Why you drew it"
        isMultiline
        value={reason}
        placeholder="A study, a mechanism, the order in time…"
        onChange={(next) => studio().setEdgeReason(edge, next)}
      />
      <TextField
        label="Where it is known from"
        value={source}
        placeholder="A paper, a guideline, a person"
        onChange={(next) => studio().describeEdge(edge, { source: next })}
      />
      <Select
        label="How sure you are"
        value={confidence ?? ''}
        options={confidences}
        onChange={(value) => studio().describeEdge(edge, { confidence: value === '' ? null : value })}
      />
      {kind === '->' && (
        <>
          <Select
            label="Direction of the effect"
            value={sign ?? ''}
            options={signs}
            onChange={(value) => studio().describeEdge(edge, { sign: value === '' ? null : value })}
          />
          <Switch
            label="Never turns round"
            hint="Monotone: more of the cause never reverses the effect."
            isOn={monotone}
            onChange={(next) => studio().describeEdge(edge, { monotone: next })}
          />
        </>
      )}
      {kind === '->' && <RulesAbout about="arrow" columns={[from, to]} />}
      {refusal && <Notice level="warning">{refusal.message}</Notice>}
      <div className="row-wrap">
        {kind === '->' && (
          <Button
            isSmall
            icon={<ArrowLeftRight size={14} />}
            onClick={() => {
              if (studio().flipEdge(edge) === null) follow({ from: to, to: from, kind });
            }}
          >
            Reverse
          </Button>
        )}
        <Button
          isSmall
          icon={<MoveHorizontal size={14} />}
          onClick={() => {
            const next = kind === '->' ? '<->' : '->';
            if (studio().setEdgeKind(edge, next) === null) follow({ from, to, kind: next });
          }}
        >
          {kind === '->' ? 'Unrecorded common cause' : 'Make it an arrow'}
        </Button>
        <Button look="danger" isSmall icon={<Trash2 size={14} />} onClick={() => studio().removeFromMap([], [edge])}>
          Remove
        </Button>
      </div>
    </Panel>
  );
}
