import type { NodeFit } from '../../engine/scm/fittedModel';
import { Dialog } from '../../ui/Dialog';
import { Facts } from '../../ui/Facts';
import { Notice } from '../../ui/Notice';
import { countText, percentText } from '../../ui/numbers';
import { EffectPlot, effectRange } from './EffectPlot';
import { MechanismSettings } from './MechanismSettings';
import { NoiseChecks } from './NoiseChecks';
import { skillOf } from './runMeasures';

interface MechanismCardProps {
  readonly fit: NodeFit;
  onClose(): void;
}

/** All that was learned about one column: equation, shapes, fit on unseen rows, what is left over; and what to override. */
export function MechanismCard({ fit, onClose }: MechanismCardProps) {
  const skill = skillOf(fit);
  const from = fit.parents.length > 0 ? `Learned from ${fit.parents.join(', ')}` : 'A root: learned from itself alone';
  const { classDifference: difference } = fit;
  const range = effectRange(fit.effects);
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
        {fit.effects.length > 0 && (
          <section aria-label="Effects of the parents">
            <h3>Effects</h3>
            <p className="muted">One parent moved, the others as they are: centre and middle 80 %, or probability.</p>
            <div className="effect-plots">
              {fit.effects.map((effect) => (
                <EffectPlot key={effect.parent} child={fit.node} effect={effect} range={range} />
              ))}
            </div>
          </section>
        )}
        <section aria-label="Noise of unseen rows">
          <h3>Noise of unseen rows</h3>
          <p className="muted">Even bars and nothing left to learn: the law has the right shape.</p>
          <NoiseChecks checks={fit.checks} />
        </section>
        <section aria-label="Families tried">
          <h3>Families tried</h3>
          <table className="plain-table">
            <thead>
              <tr>
                <th scope="col">Family</th>
                <th scope="col" className="number">
                  Score
                </th>
                <th scope="col" className="number" title="Standard error of the difference from the best">
                  ± to the best
                </th>
              </tr>
            </thead>
            <tbody>
              {fit.tried.map(({ family, label, score, standardError }) => (
                <tr key={family} aria-current={family === fit.family}>
                  <th scope="row">
                    {label}
                    {family === fit.family && <span className="muted"> taken</span>}
                  </th>
                  <td className="number">{score.toFixed(4)}</td>
                  <td className="number">{standardError === 0 ? '–' : standardError.toFixed(4)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
        <section aria-label="Override">
          <h3>Override</h3>
          <p className="muted">Held inside the fit, from the next run on.</p>
          <MechanismSettings fit={fit} />
        </section>
      </div>
    </Dialog>
  );
}
