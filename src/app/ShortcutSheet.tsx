import { useStudio } from '../state/StudioProvider';
import { Dialog } from '../ui/Dialog';
import { Kbd } from '../ui/Kbd';

const sheets: readonly { readonly title: string; readonly keys: readonly (readonly [string, string])[] }[] = [
  {
    title: 'Everywhere',
    keys: [
      ['Ctrl+K', 'All commands and columns'],
      ['Ctrl+Z', 'Undo'],
      ['Ctrl+Shift+Z', 'Redo'],
      ['Alt+1', 'Data; Alt+2 Map, and so on'],
      ['?', 'This sheet'],
    ],
  },
  {
    title: 'On the map',
    keys: [
      ['Tab', 'Next node or arrow'],
      ['Enter', 'Select it'],
      ['A', 'Draw an arrow from the selected node'],
      ['Delete', 'Remove what is selected'],
      ['←', 'Move the selected node (Shift moves faster)'],
      ['Ctrl+A', 'Select everything'],
      ['L', 'Arrange the map in layers'],
      ['Shift+1', 'Fit the map to the window'],
      ['0', 'Zoom to 100 %'],
      ['G', 'Snap to a grid'],
      ['Esc', 'Let go'],
    ],
  },
];

export function ShortcutSheet() {
  const isOpen = useStudio((s) => s.isShortcutSheetOpen);
  const setOpen = useStudio((s) => s.setShortcutSheetOpen);
  return (
    <Dialog
      isOpen={isOpen}
      title="Keyboard shortcuts"
      description="On a Mac, Cmd works in place of Ctrl."
      onClose={() => setOpen(false)}
      width={620}
    >
      <div className="shortcut-sheet">
        {sheets.map(({ title, keys }) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl>
              {keys.map(([key, meaning]) => (
                <div key={key}>
                  <dt>
                    <Kbd keys={key} />
                  </dt>
                  <dd>{meaning}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
