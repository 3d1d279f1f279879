import type { StudioStore } from '../state/store';
import type { StudioState } from '../state/studioState';
import { isDockShown } from '../state/ui';
import { pickFile, projectTypes, tableTypes } from '../ui/pickFiles';
import { saveFile } from '../ui/saveFile';
import { openAnyFile, saveBundle } from './files';
import { stages } from './Rail';

export interface Command {
  readonly id: string;
  readonly group: string;
  readonly label: string;
  /** As shown; the handling is in `shortcuts.ts`. */
  readonly shortcut?: string;
  run(): void;
}

/** Everything the palette offers in the present state; what cannot be done now is left out. */
export function commandsFor(state: StudioState, store: StudioStore): readonly Command[] {
  const now = store.getState;
  const open = async (types: string) => {
    const file = await pickFile(types);
    if (file) await openAnyFile(file, now());
  };
  const commands: (Command | false)[] = [
    ...stages.map(({ id, label }, i) => ({
      id: `go-${id}`,
      group: 'Go to',
      label,
      shortcut: `Alt+${i + 1}`,
      run: () => now().goTo(id),
    })),
    state.undoLabel !== null && {
      id: 'undo',
      group: 'Edit',
      label: `Undo: ${state.undoLabel}`,
      shortcut: 'Ctrl+Z',
      run: () => now().undo(),
    },
    state.redoLabel !== null && {
      id: 'redo',
      group: 'Edit',
      label: `Redo: ${state.redoLabel}`,
      shortcut: 'Ctrl+Shift+Z',
      run: () => now().redo(),
    },
    {
      id: 'arrow',
      group: 'Map',
      label: 'Add arrow from…',
      shortcut: 'A',
      run: () => now().requestCanvas('draw-arrow'),
    },
    { id: 'column', group: 'Map', label: 'Add column to the map…', run: () => now().requestCanvas('add-column') },
    { id: 'layout', group: 'Map', label: 'Arrange the map', shortcut: 'L', run: () => now().requestCanvas('layout') },
    {
      id: 'fit',
      group: 'Map',
      label: 'Fit the map to the window',
      shortcut: 'Shift+1',
      run: () => now().requestCanvas('fit'),
    },
    { id: 'map-file', group: 'Map', label: 'Import or export the map…', run: () => now().requestCanvas('map-file') },
    state.project.target !== null && {
      id: 'generate',
      group: 'Run',
      label: 'Generate synthetic rows',
      run: () => void now().startGeneration(),
    },
    state.project.target !== null && {
      id: 'compare',
      group: 'Run',
      label: 'Compare with SMOTE',
      run: () => {
        now().setCompare('both');
        void now().startComparison();
      },
    },
    state.activeRunId !== null && {
      id: 'test',
      group: 'Run',
      label: 'Test what changed',
      run: () => {
        now().goTo('test');
        void now().startTest();
      },
    },
    state.generation.status === 'running' && {
      id: 'cancel',
      group: 'Run',
      label: 'Cancel generation',
      run: () => now().cancelGeneration(),
    },
    { id: 'open', group: 'Project', label: 'Open a table (CSV)…', run: () => void open(tableTypes) },
    { id: 'open-project', group: 'Project', label: 'Open a project file…', run: () => void open(projectTypes) },
    { id: 'new', group: 'Project', label: 'New project or demo', run: () => void now().newProject() },
    ...(state.demos ?? []).map(({ id, title }) => ({
      id: `demo-${id}`,
      group: 'Project',
      label: `Open the demo: ${title}`,
      run: () => void now().loadDemo(id),
    })),
    {
      id: 'template',
      group: 'Project',
      label: 'Use a template…',
      run: () => void now().openTemplateWizard(),
    },
    state.project.map.edges.length > 0 && {
      id: 'save-template',
      group: 'Project',
      label: 'Save map, rules and settings as a template',
      run: () => void now().saveTemplate(),
    },
    state.project.data !== null && {
      id: 'save-bundle',
      group: 'Project',
      label: 'Save the project with its table',
      run: () => void saveBundle(now()),
    },
    {
      id: 'save',
      group: 'Project',
      label: 'Save the project as a file',
      run: () => {
        const { blob, fileName } = now().exportProjectFile();
        saveFile(fileName, blob);
      },
    },
    { id: 'light', group: 'View', label: 'Light theme', run: () => now().setTheme('light') },
    { id: 'dark', group: 'View', label: 'Dark theme', run: () => now().setTheme('dark') },
    { id: 'system', group: 'View', label: 'Theme of the system', run: () => now().setTheme('system') },
    {
      id: 'dock',
      group: 'View',
      label: isDockShown(state, window.innerHeight) ? 'Hide the dock' : 'Show the dock',
      run: () => now().setDock({ isOpen: !isDockShown(now(), window.innerHeight) }),
    },
    {
      id: 'keys',
      group: 'View',
      label: 'Keyboard shortcuts',
      shortcut: '?',
      run: () => now().setShortcutSheetOpen(true),
    },
  ];
  return commands.filter((command) => command !== false);
}
