import { Command as Cmdk } from 'cmdk';
import { useState } from 'react';
import { refusalOf } from '../../engine/graph/refusal';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { Dialog } from '../../ui/Dialog';

interface ArrowDialogProps {
  readonly isOpen: boolean;
  /** Null asks for the cause first. */
  readonly from: string | null;
  onClose(): void;
}

/** Draws an arrow by keyboard: type a part of a name, Enter. Effects that would close a cycle say so. */
export function ArrowDialog({ isOpen, from, onClose }: ArrowDialogProps) {
  return (
    <Dialog isOpen={isOpen} title={from === null ? 'Add arrow from…' : `${from} causes…`} onClose={onClose} width={440}>
      <ArrowSteps key={`${isOpen} ${from}`} start={from} close={onClose} />
    </Dialog>
  );
}

function ArrowSteps({ start, close }: { readonly start: string | null; close(): void }) {
  const store = useStudioStore();
  const map = useStudio((s) => s.project.map);
  const [from, setFrom] = useState(start);
  const [sought, setSought] = useState('');
  const choose = (name: string) => {
    if (from === null) {
      setFrom(name);
      setSought('');
      return;
    }
    const studio = store.getState();
    const refused = studio.connect(from, name);
    studio.announce(refused ? `Not drawn. ${refused.message}` : `${from} now causes ${name}.`);
    if (!refused) studio.select({ kind: 'map', nodes: [], edges: [{ from, to: name, kind: '->' }] });
    close();
  };
  return (
    <Cmdk label={from === null ? 'Cause' : `Effect of ${from}`} className="arrow-steps" loop>
      <Cmdk.Input
        className="input"
        autoFocus
        value={sought}
        onValueChange={setSought}
        placeholder={from === null ? 'Which column is the cause?' : `What does ${from} cause?`}
      />
      <Cmdk.List className="arrow-list">
        <Cmdk.Empty className="palette-none">No node has that name.</Cmdk.Empty>
        {map.nodes
          .filter(({ name }) => name !== from)
          .map(({ name }) => {
            const refused = from === null ? null : refusalOf(map, from, name, '->');
            return (
              <Cmdk.Item
                key={name}
                value={name}
                disabled={refused !== null}
                onSelect={() => choose(name)}
                title={refused?.message}
              >
                <span className="truncate">{name}</span>
                {refused && (
                  <span className="menu-shortcut">{refused.cycle ? 'would close a cycle' : 'already drawn'}</span>
                )}
              </Cmdk.Item>
            );
          })}
      </Cmdk.List>
    </Cmdk>
  );
}
