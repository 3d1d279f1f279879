import { useMemo, useState } from 'react';
import { isCategoricalKind } from '../../engine/data/table';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { tableSummary } from '../../state/tableState';
import { trueMeans } from '../../state/worldTruth';
import { Button } from '../../ui/Button';
import { MiniHistogram } from '../../ui/MiniHistogram';
import { Notice } from '../../ui/Notice';
import { percentText, shortNumber } from '../../ui/numbers';
import { ProgressBar } from '../../ui/ProgressBar';
import type { ColumnHistogram } from '../../worker/api';
import type { ArmDistance, ColumnDamage, PairDamage, PointLayer } from '../../worker/inspectApi';
import { ArmSelect, useArm } from './ArmSelect';
import { useAxes } from './useAxes';
import { useEngineAnswer } from './useEngineAnswer';
import { useViewSource } from './useViewSource';
import './inspect.css';

const SEED = 1;
const FEW_PAIRS = 8;

/** Every column and every pair, real rare rows against synthetic ones, most damaged first. */
export function ColumnsView() {
  const store = useStudioStore();
  const { mapped } = useAxes();
  const source = useViewSource();
  const arm = useArm();
  const isDemo = useStudio((s) => s.truth !== null);
  const [hasAllPairs, setAllPairs] = useState(false);
  const { value, message, isWaiting, progress } = useEngineAnswer(
    source ? JSON.stringify([source, mapped]) : null,
    (engine, taskId, report) => engine.damage(taskId, source!, mapped, SEED, report),
  );
  const runId = source?.runs[arm] ?? null;
  const { value: histograms } = useEngineAnswer(
    source ? JSON.stringify([mapped, source.target, runId]) : null,
    (engine) => engine.histograms(mapped, source!.target, runId),
  );
  const columns = useMemo(() => byExcess(value?.columns ?? [], arm), [value, arm]);
  const pairs = useMemo(() => byExcess(value?.pairs ?? [], arm), [value, arm]);
  const show = (x: string, y: string) => {
    store.getState().setScatterAxes(x, y);
    store.getState().setPlot({ plane: 'columns' });
    store.getState().showView('points');
    store.getState().goTo('inspect');
  };
  const worst = pairs[0];
  const worstArm = worst && armOf(worst, arm);
  return (
    <div className="columns-view">
      <div className="scatter-bar">
        <ArmSelect />
        <span className="muted">
          Distances beyond what resampling the real rows does (95 %) come first; those under it are chance.
          {isDemo && (
            <>
              {' '}
              <span className="truth-key" aria-hidden="true" />
              {'\u00a0'}
              true mean of rare rows in the simulated world.
            </>
          )}
        </span>
      </div>
      {message !== null && <Notice level="error">{message}</Notice>}
      {isWaiting && progress && <ProgressBar label="Comparing" share={progress.share} phase={progress.phase} />}
      {worst && worstArm && (
        <Notice
          level={worstArm.distance > worst.chance ? 'warning' : 'info'}
          action={
            <Button isSmall onClick={() => show(worst.a, worst.b)}>
              Show this pair
            </Button>
          }
        >
          {worstArm.distance > worst.chance
            ? `Pair most damaged: ${worst.a} and ${worst.b}. ${measureNames[worst.measure]} ${shortNumber(worst.real)} among real rare rows, ${shortNumber(worstArm.association ?? Number.NaN)} here; chance alone moves it by up to ${shortNumber(worst.chance)}.`
            : `No pair has moved further than chance alone would. Closest to it: ${worst.a} and ${worst.b}.`}
        </Notice>
      )}
      <div className="column-cards">
        {columns.map((one) => (
          <ColumnCard
            key={one.column}
            damage={one}
            arm={arm}
            histogram={histograms?.find(({ column }) => column === one.column) ?? null}
          />
        ))}
      </div>
      {pairs.length > 0 && (
        <section className="account-part pair-part">
          <h3>Pairs, most damaged first</h3>
          <table className="plain-table">
            <thead>
              <tr>
                <th scope="col">Pair</th>
                <th scope="col">Measure</th>
                <th scope="col">Real rare</th>
                <th scope="col">Here</th>
                <th scope="col">Change</th>
                <th scope="col">Chance</th>
                <th scope="col">
                  <span className="visually-hidden">Look</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {(hasAllPairs ? pairs : pairs.slice(0, FEW_PAIRS)).map((pair) => {
                const own = armOf(pair, arm);
                return (
                  <tr key={`${pair.a} ${pair.b}`}>
                    <th scope="row">
                      {pair.a} · {pair.b}
                    </th>
                    <td className="muted">{measureNames[pair.measure]}</td>
                    <td className="number">{shortNumber(pair.real)}</td>
                    <td className="number">{shortNumber(own?.association ?? Number.NaN)}</td>
                    <td className={own && own.distance > pair.chance ? 'number damage' : 'number'}>
                      {shortNumber(own?.distance ?? Number.NaN)}
                    </td>
                    <td className="number muted">{shortNumber(pair.chance)}</td>
                    <td>
                      <button type="button" className="link-button" onClick={() => show(pair.a, pair.b)}>
                        points
                      </button>
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
          {pairs.length > FEW_PAIRS && (
            <Button isSmall look="quiet" onClick={() => setAllPairs(!hasAllPairs)}>
              {hasAllPairs ? 'Show fewer' : `Show all ${pairs.length} pairs`}
            </Button>
          )}
        </section>
      )}
    </div>
  );
}

const measureNames = { rank: 'rank correlation', eta: 'correlation ratio', v: 'Cramér’s V' } as const;

const armOf = ({ arms }: { readonly arms: readonly ArmDistance[] }, arm: PointLayer): ArmDistance | undefined =>
  arms.find(({ layer }) => layer === arm);

/** How far beyond chance, largest first; columns that the run does not hold last. */
function byExcess<D extends ColumnDamage | PairDamage>(list: readonly D[], arm: PointLayer): readonly D[] {
  const excess = (one: D) => {
    const distance = armOf(one, arm)?.distance ?? Number.NaN;
    return Number.isNaN(distance) ? Number.NEGATIVE_INFINITY : distance - one.chance;
  };
  return list.toSorted((a, b) => excess(b) - excess(a));
}

interface ColumnCardProps {
  readonly damage: ColumnDamage;
  readonly arm: PointLayer;
  readonly histogram: ColumnHistogram | null;
}

function ColumnCard({ damage, arm, histogram }: ColumnCardProps) {
  const store = useStudioStore();
  const marked = useStudio((s) => s.markedHistograms[damage.column] ?? null);
  const truth = trueMeans(
    useStudio((s) => s.truth),
    histogram ?? undefined,
  );
  const kind = useStudio((s) => tableSummary(s)?.columns.find(({ name }) => name === damage.column)?.kind);
  const chosen = useStudio((s) => s.scatterX === damage.column);
  const own = armOf(damage, arm);
  const isDamaged = own !== undefined && own.distance > damage.chance;
  const words =
    own === undefined || Number.isNaN(own.distance)
      ? 'not generated'
      : `${damage.measure === 'ks' ? 'KS' : 'TV'} ${own.distance.toFixed(2)}, chance ${damage.chance.toFixed(2)}`;
  return (
    <button
      type="button"
      className="column-tile"
      aria-pressed={chosen}
      title={`${damage.column}: real rare rows (solid) and synthetic rows (dashed). Press to put it across.`}
      onClick={() => {
        const { scatterX, scatterY, setScatterAxes } = store.getState();
        setScatterAxes(damage.column, scatterY === damage.column ? scatterX : scatterY);
      }}
    >
      <div className="row">
        <strong className="truncate grow">{damage.column}</strong>
        {isDamaged && <span className="damage-mark">damaged</span>}
      </div>
      {histogram && kind ? (
        <MiniHistogram
          label={`${damage.column}: ${words}${truth ? `; truth: mean ${truth.rareText} in rare rows` : ''}`}
          truth={truth && { common: null, rare: truth.rare }}
          common={[]}
          rare={histogram.rare}
          synthetic={histogram.synthetic}
          marked={marked}
          isCategorical={isCategoricalKind(kind)}
          width={168}
          height={44}
        />
      ) : (
        <div style={{ height: 44 }} />
      )}
      <div className={isDamaged ? 'number damage' : 'number muted'}>{words}</div>
      {own?.varianceRatio != null && <div className="number muted">variance kept {percentText(own.varianceRatio)}</div>}
    </button>
  );
}
