import { CircleCheck, CircleHelp, CircleX, LoaderCircle } from 'lucide-react';
import { useStudio } from '../../state/StudioProvider';
import { classes } from '../../ui/classes';
import { Notice } from '../../ui/Notice';
import { Panel } from '../../ui/Panel';
import type { MapCheck } from '../../worker/api';
import { arrowText } from './arrowText';
import { useCheckedMap, useMapFacts } from './mapFacts';
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
  const conflicts = [...facts.conflicts];
  const arrows = map.edges.filter(({ kind }) => kind === '->').length;
  const claims = [...(check?.independences ?? [])].sort(
    (a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict) || b.effect - a.effect,
  );
  const count = (verdict: Claim['verdict']) => claims.filter((claim) => claim.verdict === verdict).length;

  return (
    <Panel
      title="What the map claims"
      isPlain
      actions={
        checking.status === 'running' && <LoaderCircle size={15} className="spin" aria-label="Checking the data" />
      }
    >
      <p className="muted">
        {map.nodes.length} nodes, {arrows} {arrows === 1 ? 'arrow' : 'arrows'}. Every arrow left out claims that two
        columns are unrelated once some others are held fixed.
      </p>
      {facts.problem && <Notice>{facts.problem}</Notice>}
      {conflicts.map(([name, sentence]) => (
        <Notice key={name} level="warning">
          {arrowText(sentence)}
        </Notice>
      ))}
      {checking.status === 'failed' && <Notice level="error">{checking.message}</Notice>}
      {!hasTable && <p className="muted">Open a table to check these claims.</p>}
      {check && claims.length === 0 && (
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
      {checked && !checked.isCurrent && <p className="muted">Before your last edit; the data are being asked again.</p>}
      <ul className={classes('claims', checked && !checked.isCurrent && 'claims-old')}>
        {claims.map((claim) => (
          <ClaimItem key={JSON.stringify([claim.x, claim.y, claim.given])} claim={claim} />
        ))}
      </ul>
    </Panel>
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
