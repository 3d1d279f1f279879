import { Fragment } from 'react';
import { mapHash } from '../../state/runInputs';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { EmptyState } from '../../ui/EmptyState';
import { Notice } from '../../ui/Notice';
import { counted, countText, percentText } from '../../ui/numbers';
import type { PlaneRegions, RegionReport, Stretch } from '../../worker/inspectApi';
import { ArmSelect, useArm } from './ArmSelect';
import { AxisSelects } from './AxisSelects';
import { PlaneCells } from './PlaneCells';
import { useAxes } from './useAxes';
import { useEngineAnswer } from './useEngineAnswer';
import { useViewSource } from './useViewSource';
import './inspect.css';

/** Where synthetic rows live and no real rare row does, and where they have shrunk. */
export function RegionsView() {
  const store = useStudioStore();
  const { x, y } = useAxes();
  const source = useViewSource();
  const arm = useArm();
  const project = useStudio((s) => s.project);
  const key = source && x && y ? JSON.stringify([source, arm, x, y, mapHash(project.map)]) : null;
  const { value, message, isWaiting } = useEngineAnswer(key, (engine, taskId, report) =>
    engine.regions(taskId, project, source!, arm, x!, y!, report),
  );
  if (x === null || y === null) return <EmptyState text="Regions need two columns that are not ids." />;
  const mark = async (stretches: readonly Stretch[], origin: string) => {
    const outcome = await store.getState().ask((engine) => engine.rowsWithin(source!, [arm], stretches));
    if (outcome.ok) store.getState().markRows(outcome.value, 'replace', origin);
  };
  return (
    <div className="split-view">
      <div className="scatter-bar">
        <ArmSelect />
        <AxisSelects />
        <p className="cells-legend">
          <span>
            <i className="swatch swatch-both" /> real rare and synthetic
          </span>
          <span>
            <i className="swatch swatch-empty" /> synthetic only
          </span>
          <span>
            <i className="swatch swatch-uncovered" /> real rare only
          </span>
        </p>
      </div>
      {message !== null && <Notice level="error">{message}</Notice>}
      {value && (
        <div className="split-body" data-waiting={isWaiting}>
          <div className="split-plot">
            <PlaneCells
              regions={value.plane}
              label={planeSentence(value)}
              onPress={(column, row) => void mark(stretchesOf(value.plane, column, row), `a cell of ${x} and ${y}`)}
            />
          </div>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
          <section className="split-words" aria-label="What the regions say" tabIndex={0}>
            <RegionWords report={value} />
          </section>
        </div>
      )}
    </div>
  );
}

const planeSentence = ({ plane }: RegionReport): string =>
  `${plane.x.column} and ${plane.y.column} in cells: ${percentText(plane.unseen.share)} of the synthetic rows lie in cells without a real rare row; ${percentText(plane.unseen.expected)} of fresh real rows would.`;

/** A cell as conditions on its two columns. */
function stretchesOf({ x, y }: PlaneRegions, column: number, row: number): Stretch[] {
  const one = (cells: PlaneRegions['x'], at: number): Stretch =>
    cells.levels.length > 0
      ? { column: cells.column, codes: [at] }
      : { column: cells.column, low: cells.edges[at]!, high: cells.edges[at + 1]! };
  return [one(x, column), one(y, row)];
}

function RegionWords({ report }: { readonly report: RegionReport }) {
  const { plane, parents, collapses, rareRows, madeRows } = report;
  const isMuch = plane.unseen.share > plane.unseen.expected + 2 * plane.unseen.error;
  return (
    <>
      <section className="account-part">
        <h3>Empty regions of this plane</h3>
        <p className={isMuch ? 'damage' : undefined}>
          {percentText(plane.unseen.share)} of {counted(madeRows, 'synthetic row')} lie where no real rare row does.
        </p>
        <p className="muted">
          Fresh real rows would too: about {percentText(plane.unseen.expected)} ± {percentText(plane.unseen.error)} of
          them, judged by the cells that hold just one of the {countText(rareRows)} real rare rows (Good–Turing).{' '}
          {percentText(plane.uncovered)} of the real rare rows lie where no synthetic row does.
        </p>
      </section>
      {parents.length > 0 && (
        <section className="account-part">
          <h3>Combinations of causes no real rare row has</h3>
          <table className="plain-table">
            <thead>
              <tr>
                <th scope="col">Causes of</th>
                <th scope="col">Synthetic</th>
                <th scope="col">To be expected</th>
              </tr>
            </thead>
            <tbody>
              {parents
                .toSorted((a, b) => b.unseen.share - b.unseen.expected - (a.unseen.share - a.unseen.expected))
                .map(({ node, parents: own, unseen, worst }) => (
                  <Fragment key={node}>
                    <tr>
                      <th scope="row" title={`Causes: ${own.join(', ')}`}>
                        {node}
                      </th>
                      <td className={unseen.share > unseen.expected + 2 * unseen.error ? 'number damage' : 'number'}>
                        {percentText(unseen.share)}
                      </td>
                      <td className="number muted">
                        {percentText(unseen.expected)} ± {percentText(unseen.error)}
                      </td>
                    </tr>
                    {worst[0] && (
                      <tr>
                        <td className="muted cell-note" colSpan={3}>
                          {worst[0].text}: {counted(worst[0].made, 'synthetic row')}, no rare and{' '}
                          {counted(worst[0].common, 'common one')}
                        </td>
                      </tr>
                    )}
                  </Fragment>
                ))}
            </tbody>
          </table>
        </section>
      )}
      <section className="account-part">
        <h3>Collapse: variety kept</h3>
        <p className="muted">
          Variance of synthetic over real rare rows, overall and among rows whose causes are alike; for categories the
          effective number of levels. Less than 100 % has shrunk.
        </p>
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">Column</th>
              <th scope="col">Overall</th>
              <th scope="col">Given causes</th>
            </tr>
          </thead>
          <tbody>
            {collapses
              .toSorted((a, b) => kept(a) - kept(b))
              .map((one) => (
                <tr key={one.column}>
                  <th scope="row">{one.column}</th>
                  <Kept share={one.overall ?? one.levels} rows={rareRows} />
                  <Kept share={one.withinParents} rows={rareRows} />
                </tr>
              ))}
          </tbody>
        </table>
      </section>
    </>
  );
}

const kept = ({ overall, withinParents, levels }: RegionReport['collapses'][number]): number =>
  Math.min(overall ?? levels ?? 1, withinParents ?? 1);

/** Pointed out where it lies below what a variance of so few rows wavers by: 1 - 2 sqrt(2 / n). */
function Kept({ share, rows }: { readonly share: number | null; readonly rows: number }) {
  if (share === null) return <td className="muted">–</td>;
  return (
    <td className={share < 1 - 2 * Math.sqrt(2 / Math.max(2, rows)) ? 'number damage' : 'number'}>
      <span className="kept-bar" style={{ width: `${Math.min(1, share) * 60}px` }} aria-hidden />
      {percentText(share)}
    </td>
  );
}
