import { Command as Cmdk } from 'cmdk';
import { Dialog as Radix } from 'radix-ui';
import { useStudio, useStudioStore } from '../state/StudioProvider';
import { tableSummary } from '../state/tableState';
import { commandsFor } from './commands';

/** Ctrl/Cmd-K: every command and every column, by typing a part of its name. */
export function CommandPalette() {
  const isOpen = useStudio((s) => s.isPaletteOpen);
  const setOpen = useStudio((s) => s.setPaletteOpen);
  return (
    <Radix.Root open={isOpen} onOpenChange={setOpen}>
      <Radix.Portal>
        <Radix.Overlay className="overlay" />
        <Radix.Content className="dialog palette" aria-describedby={undefined}>
          <Radix.Title className="visually-hidden">Commands</Radix.Title>
          <PaletteList close={() => setOpen(false)} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function PaletteList({ close }: { close(): void }) {
  const store = useStudioStore();
  // Read once at opening: the list must not move under the hand that is choosing.
  const state = store.getState();
  const commands = commandsFor(state, store);
  const groups = [...new Set(commands.map(({ group }) => group))];
  const nodes = new Set(state.project.map.nodes.map(({ name }) => name));
  const columns = (tableSummary(state)?.columns ?? []).map(({ name }) => name);
  const act = (run: () => void) => {
    close();
    run();
  };
  const showColumn = (name: string) => {
    store.getState().goTo('map');
    if (!nodes.has(name)) store.getState().addNode(name);
    store.getState().select({ kind: 'map', nodes: [name], edges: [] });
  };
  return (
    <Cmdk label="Commands" loop>
      <Cmdk.Input className="palette-input" placeholder="Type a command or a column…" />
      <Cmdk.List className="palette-list">
        <Cmdk.Empty className="palette-empty">Nothing has that name.</Cmdk.Empty>
        {groups.map((group) => (
          <Cmdk.Group key={group} heading={group}>
            {commands
              .filter((command) => command.group === group)
              .map(({ id, label, shortcut, run }) => (
                <Cmdk.Item key={id} value={`${group} ${label}`} onSelect={() => act(run)}>
                  <span className="truncate">{label}</span>
                  {shortcut && <span className="menu-shortcut">{shortcut}</span>}
                </Cmdk.Item>
              ))}
          </Cmdk.Group>
        ))}
        {columns.length > 0 && (
          <Cmdk.Group heading="Columns">
            {columns.map((name) => (
              <Cmdk.Item key={name} value={`column ${name}`} onSelect={() => act(() => showColumn(name))}>
                <span className="truncate">{name}</span>
                <span className="menu-shortcut">{nodes.has(name) ? 'select on the map' : 'add to the map'}</span>
              </Cmdk.Item>
            ))}
          </Cmdk.Group>
        )}
      </Cmdk.List>
    </Cmdk>
  );
}
