import { Command, Keyboard, Laptop, Moon, Redo2, ShieldCheck, Sun, TriangleAlert, Undo2 } from 'lucide-react';
import { useStudio } from '../state/StudioProvider';
import { IconButton } from '../ui/IconButton';
import { Menu } from '../ui/Menu';
import { saveFile } from '../ui/saveFile';
import { Tooltip } from '../ui/Tooltip';
import { CompareSwitch } from './CompareSwitch';
import { ProjectMenu } from './ProjectMenu';
import { RunState } from './RunState';
import { TargetChip } from './TargetChip';

const localOnly =
  'Local only: your table is read and worked on inside this page. Nothing is uploaded; it works with the network off.';

/** Local only, and whether the work is kept. */
function SafetyBadge() {
  const saving = useStudio((s) => s.saving);
  const exportProject = useStudio((s) => s.exportProjectFile);
  if (saving.status === 'failed')
    return (
      <Tooltip text={saving.message} side="bottom">
        <button
          type="button"
          className="chip chip-warning chip-safety"
          onClick={() => {
            const { blob, fileName } = exportProject();
            saveFile(fileName, blob);
          }}
        >
          <TriangleAlert size={14} aria-hidden />
          <span>Not kept: save as a file</span>
        </button>
      </Tooltip>
    );
  const words = saving.status === 'saving' ? 'Saving…' : 'Saved in this browser.';
  return (
    <Tooltip text={`${localOnly} ${words}`} side="bottom">
      <button type="button" className="chip chip-quiet chip-safety">
        <ShieldCheck size={14} aria-hidden />
        <span>Local only</span>
      </button>
    </Tooltip>
  );
}

function HistoryButtons() {
  const undoLabel = useStudio((s) => s.undoLabel);
  const redoLabel = useStudio((s) => s.redoLabel);
  const undo = useStudio((s) => s.undo);
  const redo = useStudio((s) => s.redo);
  return (
    <div className="row" style={{ gap: 0 }}>
      <IconButton
        label={undoLabel === null ? 'Undo' : `Undo: ${undoLabel}`}
        hint="Ctrl+Z"
        icon={<Undo2 size={16} />}
        disabled={undoLabel === null}
        onClick={undo}
      />
      <IconButton
        label={redoLabel === null ? 'Redo' : `Redo: ${redoLabel}`}
        hint="Ctrl+Shift+Z"
        icon={<Redo2 size={16} />}
        disabled={redoLabel === null}
        onClick={redo}
      />
    </div>
  );
}

function ThemeMenu() {
  const theme = useStudio((s) => s.theme);
  const setTheme = useStudio((s) => s.setTheme);
  const icons = { light: Sun, dark: Moon, system: Laptop };
  const Icon = icons[theme];
  const entry = (value: typeof theme, label: string) => {
    const EntryIcon = icons[value];
    return { kind: 'item' as const, label, icon: <EntryIcon size={15} />, onSelect: () => setTheme(value) };
  };
  return (
    <Menu label="Theme" entries={[entry('light', 'Light'), entry('dark', 'Dark'), entry('system', 'As the system')]}>
      <button type="button" className="icon-button" aria-label={`Theme: ${theme}`} title="Theme">
        <Icon size={16} />
      </button>
    </Menu>
  );
}

export function TopBar() {
  const openPalette = useStudio((s) => s.setPaletteOpen);
  const openSheet = useStudio((s) => s.setShortcutSheetOpen);
  const hasTable = useStudio((s) => s.project.data !== null);
  return (
    <header className="topbar">
      <h1 className="brand">
        <span className="visually-hidden">Counterpoise</span>
        <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
          <circle cx="4.5" cy="13" r="2.5" className="brand-common" />
          <circle cx="10" cy="4.5" r="2.5" className="brand-rare" />
          <path d="M15.5 9.4l3.6 3.6-3.6 3.6-3.6-3.6z" className="brand-synthetic" />
          <path d="M6 11l2.4-4.1M11.8 6.8l2 2.6" className="brand-line" />
        </svg>
      </h1>
      <ProjectMenu />
      <HistoryButtons />
      <TargetChip />
      <div className="topbar-space" />
      {hasTable && (
        <>
          <CompareSwitch />
          <RunState />
        </>
      )}
      <div className="topbar-space" />
      <SafetyBadge />
      <IconButton label="Commands" hint="Ctrl+K" icon={<Command size={16} />} onClick={() => openPalette(true)} />
      <IconButton label="Keyboard shortcuts" hint="?" icon={<Keyboard size={16} />} onClick={() => openSheet(true)} />
      <ThemeMenu />
    </header>
  );
}
