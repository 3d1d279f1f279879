import { useStudio } from '../../state/StudioProvider';
import type { WorldTruth } from '../../worker/api';

const signed = (value: number) => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(4)}`;

/** What the exposure really does to the risk, where the table is a sample of a simulated world. */
export function TruthLine({ exposure, outcome }: { readonly exposure: string; readonly outcome: string }) {
  const truth = useStudio((s) => s.truth);
  const kind = useStudio((s) => s.effectQuestion.effect);
  if (!truth || truth.target !== outcome) return null;
  const effects = truth.effects.filter((effect) => effect.exposure === exposure);
  if (effects.length === 0) return null;
  return (
    <section className="truth" aria-label="The truth of this demo">
      <p className="field-label">
        <span className="truth-mark" aria-hidden="true" /> Truth of the simulated world
      </p>
      {effects.map((effect) => (
        <TruthRow key={effect.to} effect={effect} truth={truth} kind={kind} />
      ))}
      <p className="muted">From {truth.rows.toLocaleString('en')} simulated rows in which the cause was set by hand.</p>
    </section>
  );
}

interface TruthRowProps {
  readonly effect: WorldTruth['effects'][number];
  readonly truth: WorldTruth;
  readonly kind: 'total' | 'direct';
}

/** Truth and raw difference as two marks on one axis, with 0 between them. */
function TruthRow({ effect, truth, kind }: TruthRowProps) {
  const { value, standardError } = effect[kind];
  const { crude } = effect;
  const reach = Math.max(0.01, Math.abs(value), Math.abs(crude?.value ?? 0)) * 1.15;
  const x = (v: number) => 100 + (v / reach) * 92;
  return (
    <div className="truth-row">
      <p>
        {effect.from} → {effect.to}: risk of {truth.target} = {truth.rareLevel}{' '}
        <strong className="number">{signed(value)}</strong>{' '}
        <span className="muted number">± {(1.96 * standardError).toFixed(4)}</span>
        {crude && (
          <>
            ; the raw difference is <span className="number">{signed(crude.value)}</span>
          </>
        )}
      </p>
      <svg viewBox="0 0 200 18" width="200" height="18" aria-hidden="true">
        <line className="axis" x1="8" x2="192" y1="9" y2="9" />
        <line className="axis" x1="100" x2="100" y1="4" y2="14" />
        {crude && <circle className="truth-crude" cx={x(crude.value)} cy="9" r="3.5" />}
        <line className="truth-tick" x1={x(value)} x2={x(value)} y1="1" y2="17" />
      </svg>
    </div>
  );
}
