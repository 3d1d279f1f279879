import { ChevronDown, ChevronUp } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useStudio } from '../state/StudioProvider';
import { isDockShown } from '../state/ui';
import { IconButton } from '../ui/IconButton';
import { Resizer } from '../ui/Resizer';

const smallest = 140;
/** What must stay of the stage above. */
const stageKeeps = 260;

interface DockProps {
  readonly title: string;
  /** Beside the title: what chooses the content. */
  readonly head?: ReactNode;
  readonly children: ReactNode;
}

/** The resizable strip of linked views under the stage. */
export function Dock({ title, head, children }: DockProps) {
  const height = useStudio((s) => s.dockHeight);
  const [room, setRoom] = useState(window.innerHeight);
  const isOpen = useStudio((s) => isDockShown(s, room));
  const setDock = useStudio((s) => s.setDock);
  useEffect(() => {
    const measure = () => setRoom(window.innerHeight);
    window.addEventListener('resize', measure);
    return () => window.removeEventListener('resize', measure);
  }, []);
  const largest = Math.max(smallest, room - stageKeeps);
  return (
    <section className="dock" aria-label={title}>
      {isOpen && (
        <Resizer
          label={`Height of ${title}`}
          direction="row"
          size={Math.min(height, largest)}
          min={smallest}
          max={largest}
          sign={-1}
          onResize={(next) => setDock({ height: next })}
        />
      )}
      <header className="dock-head">
        <h2 className="panel-title">{title}</h2>
        {isOpen && head}
        <IconButton
          label={isOpen ? `Hide ${title}` : `Show ${title}`}
          icon={isOpen ? <ChevronDown size={16} /> : <ChevronUp size={16} />}
          side="top"
          aria-expanded={isOpen}
          onClick={() => setDock({ isOpen: !isOpen })}
        />
      </header>
      {isOpen && (
        <div className="dock-body" style={{ height: Math.min(height, largest) }}>
          {children}
        </div>
      )}
    </section>
  );
}
