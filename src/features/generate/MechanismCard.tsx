import type { NodeFit } from '../../engine/scm/fittedModel';
import { Dialog } from '../../ui/Dialog';
import { Facts } from '../../ui/Facts';
import { Notice } from '../../ui/Notice';
import { countText, percentText } from '../../ui/numbers';
import { EffectPlot, effectRange } from './EffectPlot';
import { FamilyTable } from './FamilyTable';
import { MechanismSettings } from './MechanismSettings';
import { NoiseChecks } from './NoiseChecks';
import { skillOf } from './runMeasures';
import { useTrueEffects } from './useTrueEffects';

interface MechanismCardProps {
  readonly fit: NodeFit;
  onClose(): void;
}

/** All that was learned about one column: equation, shapes, fit on unseen rows, what is left over; and what to override. */
export function MechanismCard({ fit, onClose }: MechanismCardProps) {
  const skill = skillOf(fit);
  const from = fit.parents.length > 0 ? `Learned from ${fit.parents.join(', ')}` : 'A root: learned from itself alone';
  // Runs stored by an earlier version have no shapes.
  const { classDifference: difference, effects = [], checks } = fit;
  const truth = useTrueEffects(fit);
  const range = effectRange([...effects, ...truth]);
  return (
    <Dialog isOpen title={fit.node} description={`${from}. ${fit.card.label}.`} width={860} onClose={onClose}>
      <div className="mechanism-card">
        <Facts
          facts={[
            { label: 'Rows', value: countText(fit.rows) },
            {
              label: 'Score',
              value: fit.score.toFixed(3),
              note: 'Mean over rows left out of the fit; higher is better',
            },
            {
              label: 'Without parents',
              value: fit.baselineScore.toFixed(3),
              note: 'The same score of the column by itself',
            },
            {
              label: 'Skill',
              value: skill === null ? '–' : percentText(Math.max(0, skill)),
              note: 'Share of the error on unseen rows that knowing the parents takes away',
            },
          ]}
        />
        {difference?.differs && <Notice level="warning">{difference.explanation}</Notice>}
        {difference && !difference.differs && (
          <p className="muted">
            Same mechanism in the rare class as far as {countText(fit.rows)} rows tell (shift{' '}
            {difference.shift.toFixed(2)} standard deviations, adjusted p {difference.adjusted.toFixed(2)}).
          </p>
        )}
        {fit.messages
          .filter((message) => message !== difference?.explanation)
          .map((message) => (
            <Notice key={message}>{message}</Notice>
          ))}
        <p className="equation-text">{fit.card.equation}</p>
        {effects.length > 0 && (
          <section aria-label="Effects of the parents">
            <h3>Effects</h3>
            <p className="muted">
              One parent moved, the others as they are: centre and middle 80 %, or probability.
              {truth.length > 0 && (
                <>
                  {' '}
                  <span className="truth-key" aria-hidden="true" />
                  {'\u00a0'}
                  the same in the simulated world this table is a sample of, over rows whose causes are all known.
                </>
              )}
            </p>
            <div className="effect-plots">
              {effects.map((effect) => (
                <EffectPlot
                  key={effect.parent}
                  child={fit.node}
                  effect={effect}
                  truth={truth.find(({ parent }) => parent === effect.parent) ?? null}
                  range={range}
                />
              ))}
            </div>
          </section>
        )}
        {checks && (
          <section aria-label="Noise of unseen rows">
            <h3>Noise of unseen rows</h3>
            <p className="muted">Even bars and nothing left to learn: the law has the right shape.</p>
            <NoiseChecks checks={checks} />
          </section>
        )}
        <section aria-label="Families tried">
          <h3>Families tried</h3>
          <p className="muted">
            The simplest within one standard error of the best is taken, unless you pin one or rule some out.
          </p>
          <FamilyTable fit={fit} />
        </section>
        <section aria-label="Override">
          <h3>What you know of it</h3>
          <p className="muted">Held inside the fit, from the next run on; before what is said of arrows on the map.</p>
          <MechanismSettings fit={fit} />
        </section>
      </div>
    </Dialog>
  );
}
