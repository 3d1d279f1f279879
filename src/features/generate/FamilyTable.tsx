import { defaultNodeSettings } from '../../engine/project/nodeSettings';
import type { NodeFit } from '../../engine/scm/fittedModel';
import { useStudio } from '../../state/StudioProvider';

/** Every family tried with its score on unseen rows, and whether it may be used from the next run on. */
export function FamilyTable({ fit }: { readonly fit: NodeFit }) {
  const known = useStudio((s) => s.project.mechanisms.find(({ node }) => node === fit.node));
  const setNodeSettings = useStudio((s) => s.setNodeSettings);
  const settings = known ?? defaultNodeSettings(fit.node);
  const allow = (family: string, isAllowed: boolean) =>
    setNodeSettings({
      ...settings,
      forbidden: [...settings.forbidden.filter((one) => one !== family), ...(isAllowed ? [] : [family])],
    });
  /** Ruled out before this run: not tried, and to be had back. */
  const untried = settings.forbidden.filter((id) => !fit.tried.some(({ family }) => family === id));
  const allowed = fit.tried.filter(({ family }) => !settings.forbidden.includes(family)).length;
  return (
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
          <th scope="col">May be used</th>
        </tr>
      </thead>
      <tbody>
        {fit.tried.map(({ family, label, score, standardError }) => {
          const isAllowed = !settings.forbidden.includes(family);
          return (
            <tr key={family} aria-current={family === fit.family}>
              <th scope="row">
                {label}
                {family === fit.family && <span className="muted"> taken</span>}
              </th>
              <td className="number">{score.toFixed(4)}</td>
              <td className="number">{standardError === 0 ? '–' : standardError.toFixed(4)}</td>
              <td>
                <input
                  type="checkbox"
                  aria-label={`${label} may be used`}
                  checked={isAllowed}
                  // Something has to learn the column.
                  disabled={isAllowed && allowed === 1}
                  onChange={(event) => allow(family, event.target.checked)}
                />
              </td>
            </tr>
          );
        })}
        {untried.map((family) => (
          <tr key={family}>
            <th scope="row">{family}</th>
            <td className="number">–</td>
            <td className="number">–</td>
            <td>
              <input
                type="checkbox"
                aria-label={`${family} may be used`}
                checked={false}
                onChange={() => allow(family, true)}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
