import { ChevronDown, ChevronUp } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useStudio } from '../state/StudioProvider';
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
  const isInspect = useStudio((s) => s.stage === 'inspect');
  const isOpen = useStudio((s) => (isInspect ? s.isInspectDockOpen : s.isDockOpen));
  const setDock = useStudio((s) => s.setDock);
  const setInspectDockOpen = useStudio((s) => s.setInspectDockOpen);
  const [room, setRoom] = useState(window.innerHeight);
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
          onClick={() => (isInspect ? setInspectDockOpen(!isOpen) : setDock({ isOpen: !isOpen }))}
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
