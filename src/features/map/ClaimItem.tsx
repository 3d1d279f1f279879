import { CircleCheck, CircleHelp, CircleX } from 'lucide-react';
import { useMemo } from 'react';
import { editInWords } from '../../engine/graph/mapEdit';
import { type Repair, repairsOf } from '../../engine/graph/repairs';
import { useStudio } from '../../state/StudioProvider';
import { Button } from '../../ui/Button';
import type { MapCheck } from '../../worker/api';
import { arrowText } from './arrowText';
import { StrengthBar } from './StrengthBar';

export type Claim = MapCheck['independences'][number];

export const claimMarks = {
  refuted: { icon: CircleX, words: 'data disagree' },
  'cannot-tell': { icon: CircleHelp, words: 'cannot tell' },
  agrees: { icon: CircleCheck, words: 'data agree' },
} as const;

/** A claim of the map with what the data say; for a refuted one the edits that would take it back. */
export function ClaimItem({ claim, claims }: { readonly claim: Claim; readonly claims: readonly Claim[] }) {
  const select = useStudio((s) => s.select);
  const { x, y, given, effect, low, high, verdict } = claim;
  const { icon: Icon, words } = claimMarks[verdict];
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
      {verdict === 'refuted' && <Repairs claim={claim} claims={claims} />}
    </li>
  );
}

function Repairs({ claim, claims }: { readonly claim: Claim; readonly claims: readonly Claim[] }) {
  const map = useStudio((s) => s.project.map);
  const apply = useStudio((s) => s.applyMapEdits);
  const repairs = useMemo(() => repairsOf(map, claim, claims), [map, claim, claims]);
  if (repairs.length === 0) return null;
  return (
    <details className="claim-repairs">
      <summary>Edits that would take this claim back</summary>
      <p className="muted">Which of them is true is for you to say; the data cannot.</p>
      <ul className="offers">
        {repairs.map((repair) => (
          <li key={editInWords(repair.edit)}>
            <Button isSmall onClick={() => apply([repair.edit])}>
              {sentence(repair)}
            </Button>
            <span className="muted">{consequence(repair)}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}

function sentence({ edit }: Repair): string {
  const words = arrowText(editInWords(edit));
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function consequence({ resolved, givenUp }: Repair): string {
  const parts = [
    resolved > 1 && `${resolved} refuted claims go`,
    givenUp > 0 &&
      `${givenUp} ${givenUp === 1 ? 'claim' : 'claims'} the data agree with ${givenUp === 1 ? 'goes' : 'go'} too`,
  ].filter((part) => part !== false);
  return parts.join(', ');
}
