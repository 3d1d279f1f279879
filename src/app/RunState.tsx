import { Clock, LoaderCircle, Play, TriangleAlert, X } from 'lucide-react';
import { useShallow } from 'zustand/react/shallow';
import { runRecord, staleParts } from '../state/generation';
import { useStudio } from '../state/StudioProvider';
import { Button } from '../ui/Button';
import { IconButton } from '../ui/IconButton';
import { Tooltip } from '../ui/Tooltip';

/** The run in one line: being made, out of date, failed, or how many rows it has. */
export function RunState() {
  const generation = useStudio((s) => s.generation);
  const comparison = useStudio((s) => s.comparison);
  const record = useStudio((s) => runRecord(s, s.activeRunId));
  const changed = useStudio(useShallow((s) => staleParts(s, s.activeRunId)));
  const canRun = useStudio((s) => s.project.target !== null && s.table.status === 'ready');
  const start = useStudio((s) => s.startGeneration);
  const cancel = useStudio((s) => s.cancelGeneration);
  const goTo = useStudio((s) => s.goTo);

  const running = generation.status === 'running' ? generation : comparison.status === 'running' ? comparison : null;
  if (running) {
    const percent = Math.round(running.share * 100);
    return (
      <div className="run-state">
        <LoaderCircle size={14} className="spin" aria-hidden />
        <span className="run-phase truncate">{running.phase}</span>
        <div
          className="progress-track run-track"
          role="progressbar"
          aria-label={generation.status === 'running' ? 'Generating' : 'Generating the comparison'}
          aria-valuenow={percent}
          aria-valuemin={0}
          aria-valuemax={100}
        >
          <div className="progress-bar" style={{ transform: `translateX(${percent - 100}%)` }} />
        </div>
        <span className="number muted">{percent} %</span>
        <IconButton label="Cancel generation" icon={<X size={15} />} onClick={cancel} />
      </div>
    );
  }
  if (generation.status === 'failed')
    return (
      <Tooltip text={generation.message} side="bottom">
        <button type="button" className="chip chip-bad" onClick={() => goTo('generate')}>
          <TriangleAlert size={14} aria-hidden />
          Run failed
        </button>
      </Tooltip>
    );
  if (record && changed.length > 0)
    return (
      <Tooltip
        text={`The ${changed.join(' and the ')} changed since ${record.name}. Run again to bring it up to date.`}
        side="bottom"
      >
        <button type="button" className="chip chip-warning" onClick={() => void start()}>
          <Clock size={14} aria-hidden />
          {record.name} is out of date
        </button>
      </Tooltip>
    );
  if (record)
    return (
      <button type="button" className="chip chip-quiet" onClick={() => goTo('generate')}>
        <span className="truncate">{record.name}</span>
        <span className="number muted">{record.rows.toLocaleString('en')} rows</span>
      </button>
    );
  return (
    <Button look="primary" isSmall icon={<Play size={13} />} disabled={!canRun} onClick={() => void start()}>
      Generate
    </Button>
  );
}
