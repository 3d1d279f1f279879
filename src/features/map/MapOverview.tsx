import { CircleCheck, CircleHelp, CircleX, LoaderCircle } from 'lucide-react';
import { useStudio } from '../../state/StudioProvider';
import { Button } from '../../ui/Button';
import { classes } from '../../ui/classes';
import { Notice } from '../../ui/Notice';
import { Panel } from '../../ui/Panel';
import type { MapCheck } from '../../worker/api';
import { arrowText } from './arrowText';
import { EffectPanel } from './EffectPanel';
import { useCheckedMap, useColumns, useMapFacts } from './mapFacts';
import { StrengthBar } from './StrengthBar';

type Claim = MapCheck['independences'][number];

const marks = {
  refuted: { icon: CircleX, words: 'data disagree' },
  'cannot-tell': { icon: CircleHelp, words: 'cannot tell' },
  agrees: { icon: CircleCheck, words: 'data agree' },
} as const;
const order: readonly Claim['verdict'][] = ['refuted', 'cannot-tell', 'agrees'];

/** What the map claims by the arrows it leaves out, and what the data say to each claim. */
export function MapOverview() {
  const map = useStudio((s) => s.project.map);
  const checking = useStudio((s) => s.checkingMap);
  const hasTable = useStudio((s) => s.loadedData !== null);
  const checked = useCheckedMap();
  const check = checked?.check;
  const facts = useMapFacts();
  const columns = useColumns();
  const target = useStudio((s) => s.project.target?.column ?? null);
  const addNode = useStudio((s) => s.addNode);
  const goTo = useStudio((s) => s.goTo);
  const isTargetOff = target !== null && !map.nodes.some(({ name }) => name === target);
  const strangers = hasTable
    ? map.nodes.filter(({ name, latent }) => !latent && !columns.has(name)).map(({ name }) => name)
    : [];
  const conflicts = [...facts.conflicts];
  const arrows = map.edges.filter(({ kind }) => kind === '->').length;
  const claims = [...(check?.independences ?? [])].sort(
    (a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict) || b.effect - a.effect,
  );
  const count = (verdict: Claim['verdict']) => claims.filter((claim) => claim.verdict === verdict).length;

  return (
    <>
      <EffectPanel />
      <Panel
        title="What the map claims"
        isPlain
        actions={
          checking.status === 'running' && <LoaderCircle size={15} className="spin" aria-label="Checking the data" />
        }
      >
        <p className="muted">
          {map.nodes.length} {map.nodes.length === 1 ? 'node' : 'nodes'}, {arrows} {arrows === 1 ? 'arrow' : 'arrows'}.{' '}
          {map.edges.length === 0
            ? 'Draw what causes what: drag from the rim of one card onto another, or select a card and press A.'
            : 'Every arrow left out claims that two columns are unrelated once some others are held fixed.'}
        </p>
        {facts.problem && (
          <Notice
            level={isTargetOff ? 'warning' : 'info'}
            action={
              <Button isSmall onClick={() => (isTargetOff ? addNode(target) : goTo('data'))}>
                {isTargetOff ? `Add ${target}` : 'Choose it'}
              </Button>
            }
          >
            {facts.problem}
          </Notice>
        )}
        {strangers.length > 0 && (
          <Notice level="warning">
            {strangers.length === 1 ? `${strangers[0]} has` : `${strangers.length} nodes have`} no column in the table
            {strangers.length > 1 && `: ${strangers.slice(0, 5).join(', ')}${strangers.length > 5 ? '…' : ''}`}. Remove
            them, or draw them as unrecorded variables.
          </Notice>
        )}
        {conflicts.map(([name, sentence]) => (
          <Notice key={name} level="warning">
            {arrowText(sentence)}
          </Notice>
        ))}
        {checking.status === 'failed' && <Notice level="error">{checking.message}</Notice>}
        {!hasTable && <p className="muted">Open a table to check these claims.</p>}
        {checked?.isCurrent && claims.length === 0 && strangers.length === 0 && (
          <p className="muted">The map leaves out no arrow between recorded columns, so there is nothing to check.</p>
        )}
        {claims.length > 0 && (
          <p className="claim-counts">
            {order.map((verdict) => (
              <span key={verdict} className={count(verdict) > 0 ? `claim-${verdict}` : 'muted'}>
                <strong className="number">{count(verdict)}</strong> {marks[verdict].words}
              </span>
            ))}
          </p>
        )}
        {checked && !checked.isCurrent && (
          <p className="muted">Before your last edit; the data are being asked again.</p>
        )}
        <ul className={classes('claims', checked && !checked.isCurrent && 'claims-old')}>
          {claims.map((claim) => (
            <ClaimItem key={JSON.stringify([claim.x, claim.y, claim.given])} claim={claim} />
          ))}
        </ul>
      </Panel>
    </>
  );
}

function ClaimItem({ claim }: { readonly claim: Claim }) {
  const select = useStudio((s) => s.select);
  const { x, y, given, effect, low, high, verdict } = claim;
  const { icon: Icon, words } = marks[verdict];
  return (
    <li>
      <button
        type="button"
        className="claim"
        onClick={() => select({ kind: 'map', nodes: [x, y], edges: [] })}
        title="Select both on the map"
      >
        <span className={`claim-mark claim-${verdict}`}>
          <Icon size={15} aria-hidden />
        </span>
        <span className="claim-words">
          <span>
            <strong>{x}</strong> and <strong>{y}</strong> unrelated
            {given.length > 0 && <span className="muted"> given {given.join(', ')}</span>}
          </span>
          <span className={`claim-verdict claim-${verdict}`}>
            {words}: {effect.toFixed(2)} ({low.toFixed(2)} to {high.toFixed(2)})
          </span>
          <StrengthBar effect={effect} low={low} high={high} />
        </span>
      </button>
    </li>
  );
}
