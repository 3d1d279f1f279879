import type { ReactNode } from 'react';

interface ProgressBarProps {
  readonly label: string;
  /** In [0, 1]. */
  readonly share: number;
  readonly phase?: string;
  /** A cancel button. */
  readonly action?: ReactNode;
}

export function ProgressBar({ label, share, phase, action }: ProgressBarProps) {
  const percent = Math.round(Math.min(1, Math.max(0, share)) * 100);
  return (
    <div className="row">
      <div className="progress grow">
        <div className="progress-label">
          <span className="truncate">{phase ? `${label}: ${phase}` : label}</span>
          <span className="number">{percent} %</span>
        </div>
        <div
          className="progress-track"
          role="progressbar"
          aria-label={label}
          aria-valuenow={percent}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuetext={phase ? `${percent} %, ${phase}` : `${percent} %`}
        >
          <div className="progress-bar" style={{ transform: `translateX(${percent - 100}%)` }} />
        </div>
      </div>
      {action}
    </div>
  );
}
