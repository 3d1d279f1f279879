import { ErrorBoundary } from 'react-error-boundary';
import { IntakeDialog } from '../features/data/IntakeDialog';
import { useStudio } from '../state/StudioProvider';
import { LiveRegion } from '../ui/LiveRegion';
import { ProgressBar } from '../ui/ProgressBar';
import { TooltipProvider } from '../ui/Tooltip';
import { CommandPalette } from './CommandPalette';
import { Dock } from './Dock';
import { DropZone } from './DropZone';
import { Failure } from './Failure';
import { Rail } from './Rail';
import { ReadOnlyBar } from './ReadOnlyBar';
import { ShortcutSheet } from './ShortcutSheet';
import { DockInspector, stageParts } from './stageParts';
import { TemplateWizard } from './TemplateWizard';
import { Toasts } from './Toasts';
import { TopBar } from './TopBar';
import { useShortcuts } from './useShortcuts';
import { useTheme } from './useTheme';
import { Welcome } from './Welcome';

function Workspace() {
  const stage = useStudio((s) => s.stage);
  const hasTable = useStudio((s) => s.project.data !== null);
  const hasNodes = useStudio((s) => s.project.map.nodes.length > 0);
  const isRowChosen = useStudio((s) => s.selection.kind === 'row');
  const isStarted = useStudio((s) => s.isStarted);
  // A map can be drawn before there is a table; a project without either has only one place to begin.
  if (!hasTable && (!hasNodes || stage !== 'map')) return isStarted ? <Welcome /> : <Opening />;
  const { Stage, Dock: DockContent, DockHead, dockTitle, ...parts } = stageParts[stage];
  const Inspector = DockContent && isRowChosen ? DockInspector : parts.Inspector;
  return (
    <>
      <div className="centre">
        <main className="stage" aria-label={stage}>
          <ErrorBoundary FallbackComponent={Failure} resetKeys={[stage]}>
            <Stage />
          </ErrorBoundary>
        </main>
        {DockContent && (
          <Dock title={dockTitle ?? 'Linked views'} head={DockHead && <DockHead />}>
            <ErrorBoundary FallbackComponent={Failure} resetKeys={[stage]}>
              <DockContent />
            </ErrorBoundary>
          </Dock>
        )}
      </div>
      {Inspector && (
        <aside className="inspector" aria-label="Inspector">
          <ErrorBoundary FallbackComponent={Failure} resetKeys={[stage]}>
            <Inspector />
          </ErrorBoundary>
        </aside>
      )}
    </>
  );
}

/** While the last project, or the demo of a first visit, is brought up. */
function Opening() {
  const table = useStudio((s) => s.table);
  const isReading = table.status === 'importing';
  return (
    <main className="opening" aria-busy="true">
      <ProgressBar
        label={isReading ? `Opening ${table.fileName}` : 'Opening your work'}
        share={isReading ? table.share : 0}
        {...(isReading ? { phase: table.phase } : {})}
      />
    </main>
  );
}

/** The shell: rail, top bar, the stage with its inspector and dock, and what floats above them. */
export function Shell() {
  const theme = useTheme();
  useShortcuts();
  const announcement = useStudio((s) => s.announcement);
  const announcementCount = useStudio((s) => s.announcementCount);
  return (
    <TooltipProvider>
      <div className="studio">
        <TopBar />
        <ReadOnlyBar />
        <div className="studio-body">
          <Rail />
          <Workspace />
        </div>
      </div>
      <CommandPalette />
      <ShortcutSheet />
      <TemplateWizard />
      <DropZone />
      <IntakeDialog />
      <Toasts theme={theme} />
      <LiveRegion text={announcement} count={announcementCount} />
    </TooltipProvider>
  );
}
