import { useState } from 'react';
import type { NodeFit } from '../../engine/scm/fittedModel';
import { Badge } from '../../ui/Badge';
import { countText, percentText } from '../../ui/numbers';
import { MechanismCard } from './MechanismCard';
import { skillOf } from './runMeasures';

/**
 * What was learned about every column of the map, and how well it predicts rows it was not learned from; a column's name opens its
 * card.
 */
export function FitTable({ fits }: { readonly fits: readonly NodeFit[] }) {
  const [open, setOpen] = useState<string | null>(null);
  const shown = fits.find(({ node }) => node === open);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table scrolls sideways and must be reachable by key
    <section className="scroll-x" tabIndex={0} aria-label="Mechanisms learned">
      <table className="plain-table fit-table">
        <thead>
          <tr>
            <th scope="col">Column</th>
            <th scope="col">Learned from</th>
            <th scope="col">As (family)</th>
            <th
              scope="col"
              className="number"
              title="Share of the error on unseen rows that knowing the causes takes away"
            >
              Skill
            </th>
            <th scope="col" className="number">
              Rows
            </th>
            <th scope="col">Also tried</th>
            <th scope="col">Equation</th>
          </tr>
        </thead>
        <tbody>
          {fits.map((fit) => {
            const skill = skillOf(fit);
            const tried = fit.tried.filter(({ family }) => family !== fit.family);
            const scores = fit.tried
              .map(({ label, score, standardError }) => `${label} ${score.toFixed(3)} ± ${standardError.toFixed(3)}`)
              .join('; ');
            const parents = fit.parents.join(', ');
            return (
              <tr key={fit.node}>
                <th scope="row" title={fit.node}>
                  <button type="button" className="link-button" onClick={() => setOpen(fit.node)}>
                    {fit.node}
                  </button>
                  {fit.classDifference?.differs && <Badge tone="warning">differs by class</Badge>}
                </th>
                <td title={parents}>{parents || <span className="muted">nothing: a root</span>}</td>
                <td>{fit.card.label}</td>
                <td
                  className="number"
                  title={`Score ${fit.score.toFixed(3)}, without causes ${fit.baselineScore.toFixed(3)}`}
                >
                  {skill === null ? '–' : percentText(Math.max(0, skill))}
                </td>
                <td className="number">{countText(fit.rows)}</td>
                <td title={`Scores on unseen rows, higher is better: ${scores}`}>
                  {tried.length > 0 ? tried.map(({ label }) => label).join(', ') : '–'}
                </td>
                <td className="equation" title={fit.card.equation}>
                  {fit.card.equation}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {shown && <MechanismCard fit={shown} onClose={() => setOpen(null)} />}
    </section>
  );
}
