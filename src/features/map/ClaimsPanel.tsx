import { LoaderCircle } from 'lucide-react';
import { useState } from 'react';
import { useStudio } from '../../state/StudioProvider';
import { classes } from '../../ui/classes';
import { Notice } from '../../ui/Notice';
import { Panel } from '../../ui/Panel';
import { Select } from '../../ui/Select';
import { type Claim, ClaimItem, claimMarks } from './ClaimItem';
import { FalsifyPanel } from './FalsifyPanel';
import { useCheckedMap } from './mapFacts';

const verdicts: readonly Claim['verdict'][] = ['refuted', 'cannot-tell', 'agrees'];

type Order = 'verdict' | 'strength' | 'name';
const orders: readonly { readonly value: Order; readonly label: string }[] = [
  { value: 'verdict', label: 'by verdict' },
  { value: 'strength', label: 'by strength' },
  { value: 'name', label: 'by name' },
];
const comparing: Record<Order, (a: Claim, b: Claim) => number> = {
  verdict: (a, b) => verdicts.indexOf(a.verdict) - verdicts.indexOf(b.verdict) || b.effect - a.effect,
  strength: (a, b) => b.effect - a.effect,
  name: (a, b) => a.x.localeCompare(b.x) || a.y.localeCompare(b.y),
};

/** What the map claims by the arrows it leaves out, and what the data say to each claim. */
export function ClaimsPanel() {
  const map = useStudio((s) => s.project.map);
  const checking = useStudio((s) => s.checkingMap);
  const hasTable = useStudio((s) => s.loadedData !== null);
  const checked = useCheckedMap();
  const [order, setOrder] = useState<Order>('verdict');
  const arrows = map.edges.filter(({ kind }) => kind === '->').length;
  const claims = [...(checked?.check.independences ?? [])].sort(comparing[order]);
  const count = (verdict: Claim['verdict']) => claims.filter((claim) => claim.verdict === verdict).length;

  return (
    <>
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
        {checking.status === 'failed' && <Notice level="error">{checking.message}</Notice>}
        {!hasTable && <p className="muted">Open a table to check these claims.</p>}
        {checked?.isCurrent && claims.length === 0 && (
          <p className="muted">The map leaves out no arrow between recorded columns, so there is nothing to check.</p>
        )}
        {claims.length > 0 && (
          <p className="claim-counts">
            {verdicts.map((verdict) => (
              <span key={verdict} className={count(verdict) > 0 ? `claim-${verdict}` : 'muted'}>
                <strong className="number">{count(verdict)}</strong> {claimMarks[verdict].words}
              </span>
            ))}
          </p>
        )}
      </Panel>
      {hasTable && <FalsifyPanel />}
      {claims.length > 0 && (
        <Panel title="Claim by claim" isPlain>
          <Select<Order> label="Order" value={order} options={orders} onChange={setOrder} />
          {checked && !checked.isCurrent && (
            <p className="muted">Before your last edit; the data are being asked again.</p>
          )}
          <ul className={classes('claims', checked && !checked.isCurrent && 'claims-old')}>
            {claims.map((claim) => (
              <ClaimItem key={JSON.stringify([claim.x, claim.y, claim.given])} claim={claim} claims={claims} />
            ))}
          </ul>
        </Panel>
      )}
    </>
  );
}
