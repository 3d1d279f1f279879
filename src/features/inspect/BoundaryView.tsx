import { contours } from 'd3-contour';
import { scaleLinear } from 'd3-scale';
import { useMemo, useState } from 'react';
import { runRecord } from '../../state/generation';
import { runIdOfLayer } from '../../state/inspect';
import { useStudio } from '../../state/StudioProvider';
import { EmptyState } from '../../ui/EmptyState';
import { Facts } from '../../ui/Facts';
import { Notice } from '../../ui/Notice';
import { percentText } from '../../ui/numbers';
import { PlotFrame, plotMargin } from '../../ui/PlotFrame';
import { ProgressBar } from '../../ui/ProgressBar';
import { Slider } from '../../ui/Slider';
import { useSize } from '../../ui/useSize';
import type { BoundaryReport } from '../../worker/inspectApi';
import { ArmSelect, useArm } from './ArmSelect';
import { AxisSelects } from './AxisSelects';
import { useAxes } from './useAxes';
import { useEngineAnswer } from './useEngineAnswer';
import { useViewSource } from './useViewSource';
import './inspect.css';

const SEED = 1;

/** Where a model draws the line between rare and common, learned with and without synthetic rows. */
export function BoundaryView() {
  const { x, y } = useAxes();
  const source = useViewSource();
  const arm = useArm();
  const name = useStudio((s) => runRecord(s, runIdOfLayer(s, arm))?.name ?? 'synthetic rows');
  const target = useStudio((s) => s.project.target?.column);
  /** Times the prevalence, so that it means the same on another table. */
  const [times, setTimes] = useState(1);
  const base = source && x && y ? JSON.stringify([source, arm, x, y]) : null;
  const { value, message, isWaiting, progress } = useEngineAnswer(
    base && JSON.stringify([base, times]),
    (engine, taskId, report) => engine.boundary(taskId, source!, arm, x!, y!, times, SEED, report),
    150,
  );
  if (x === null || y === null) return <EmptyState text="A boundary needs two columns that are not ids." />;
  if (x === target || y === target)
    return <EmptyState text="The target itself decides everything: choose two other columns." />;
  return (
    <div className="split-view">
      <div className="scatter-bar">
        <ArmSelect />
        <AxisSelects />
        <p className="cells-legend">
          <span>
            <i className="swatch swatch-flagged" /> flagged by real rows alone
          </span>
          <span>
            <i className="swatch swatch-differ" /> judged otherwise
          </span>
        </p>
        {isWaiting && progress && progress.share < 1 && (
          <div className="grow">
            <ProgressBar label="Learning both models" share={progress.share} phase={progress.phase} />
          </div>
        )}
      </div>
      {message !== null && <Notice level="error">{message}</Notice>}
      {value && (
        <div className="split-body" data-waiting={isWaiting}>
          <div className="split-plot">
            <BoundaryPlot report={value} x={x} y={y} />
          </div>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
          <section className="split-words" aria-label="What the boundary says" tabIndex={0}>
            <Facts
              facts={[
                {
                  label: 'Rows judged otherwise',
                  value: percentText(value.disagreement.all),
                  note: 'Real rows on another side of the line once synthetic rows are learned from',
                },
                { label: 'of rare rows', value: percentText(value.disagreement.rare) },
                { label: 'of common rows', value: percentText(value.disagreement.common) },
              ]}
            />
            <p>
              A row is flagged where its risk is {percentText(value.threshold)} or more. Solid line: learned from real
              rows alone. Dashed line: with {name} added, brought back to the prevalence among real rows with both
              cells, {percentText(value.prevalence)}.
            </p>
            <p className={value.uncorrected > 2 * value.disagreement.all ? 'damage' : 'muted'}>
              Without that correction {percentText(value.uncorrected)} of the real rows would be judged otherwise:
              balanced rows overstate every risk.
            </p>
            <Slider
              label="Flag at, times the prevalence"
              value={times}
              min={0.25}
              max={6}
              step={0.25}
              format={(value) => `${value} ×`}
              onChange={setTimes}
            />
            <p className="muted">
              Models on these two columns only: {value.families[0]} and {value.families[1]}, each chosen by
              cross-validation.
            </p>
          </section>
        </div>
      )}
    </div>
  );
}

interface BoundaryPlotProps {
  readonly report: BoundaryReport;
  readonly x: string;
  readonly y: string;
}

function BoundaryPlot({ report, x, y }: BoundaryPlotProps) {
  const { ref, width, height } = useSize<HTMLDivElement>();
  const { columns, rows, threshold, real, augmented } = report;
  const paths = useMemo(() => {
    const lines = contours().size([columns, rows]);
    const pathOf = (risks: readonly number[], at: number) =>
      lines
        .contour([...risks], at)
        .coordinates.flat()
        .map((ring) => `M${ring.map(([a, b]) => `${a! / columns},${b! / rows}`).join('L')}Z`)
        .join('');
    /** Only the part inside of the grid: along its border a line would say nothing. */
    const lineOf = (risks: readonly number[], at: number) =>
      lines
        .contour([...risks], at)
        .coordinates.flat()
        .map((ring) =>
          ring
            .map(([a, b], i) => {
              const [pa, pb] = ring[Math.max(0, i - 1)]!;
              const isBorder = i === 0 || (onEdge(a!, b!, columns, rows) && onEdge(pa!, pb!, columns, rows));
              return `${isBorder ? 'M' : 'L'}${a! / columns},${b! / rows}`;
            })
            .join(''),
        )
        .join('');
    return {
      flagged: pathOf(real, threshold),
      real: lineOf(real, threshold),
      augmented: lineOf(augmented, threshold),
      // Inside one of the two and not of the other, by the even-odd rule.
      differ: pathOf(real, threshold) + pathOf(augmented, threshold),
    };
  }, [columns, rows, threshold, real, augmented]);
  const right = Math.max(plotMargin.left + 1, width - plotMargin.right);
  const bottom = Math.max(plotMargin.top + 1, height - plotMargin.bottom);
  const halfX = report.x.length > 1 ? (report.x[1]! - report.x[0]!) / 2 : 0.5;
  const halfY = report.y.length > 1 ? (report.y[1]! - report.y[0]!) / 2 : 0.5;
  const scaleX = scaleLinear([report.x[0]! - halfX, report.x.at(-1)! + halfX], [plotMargin.left, right]);
  const scaleY = scaleLinear([report.y[0]! - halfY, report.y.at(-1)! + halfY], [bottom, plotMargin.top]);
  const matrix = `matrix(${right - plotMargin.left},0,0,${plotMargin.top - bottom},${plotMargin.left},${bottom})`;
  const label = `Decision boundary on ${x} and ${y}: ${percentText(report.disagreement.all)} of the real rows are judged otherwise once synthetic rows are learned from.`;
  return (
    <div ref={ref} className="scatter boundary">
      {width > 0 && (
        <PlotFrame
          label={label}
          width={width}
          height={height}
          x={{ scale: scaleX, label: x }}
          y={{ scale: scaleY, label: y }}
        >
          <path className="boundary-flagged" d={paths.flagged} transform={matrix} />
          <path className="boundary-differ" fillRule="evenodd" d={paths.differ} transform={matrix} />
          <path className="boundary-real" d={paths.real} transform={matrix} />
          <path className="boundary-augmented" d={paths.augmented} transform={matrix} />
        </PlotFrame>
      )}
    </div>
  );
}

/** Whether a corner of a contour lies on the border of the grid: half a cell is cut off at its corners. */
const onEdge = (a: number, b: number, columns: number, rows: number): boolean =>
  a <= 0.5 || b <= 0.5 || a >= columns - 0.5 || b >= rows - 0.5;
