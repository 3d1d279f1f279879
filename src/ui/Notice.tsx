import { CircleX, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

const icons = { info: Info, warning: TriangleAlert, error: CircleX } as const;

interface NoticeProps {
  readonly level?: keyof typeof icons;
  /** The way out: one button. */
  readonly action?: ReactNode;
  readonly children: ReactNode;
}

/** One thing to know, in a sentence. Errors are read out at once. */
export function Notice({ level = 'info', action, children }: NoticeProps) {
  const Icon = icons[level];
  return (
    <div className={`notice notice-${level}`} role={level === 'error' ? 'alert' : 'note'}>
      <Icon size={15} aria-hidden />
      <div className="notice-text">{children}</div>
      {action}
    </div>
  );
}
