import { Copy, Pencil, Trash2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useStudio } from '../state/StudioProvider';
import type { ProjectInfo } from '../state/storage';
import { Button } from '../ui/Button';
import { IconButton } from '../ui/IconButton';
import { Notice } from '../ui/Notice';
import { bytesText, counted } from '../ui/numbers';

interface ProjectListProps {
  /** Called when a project is being opened. */
  onOpen?(): void;
}

/** The projects kept in this browser: open, rename, copy, delete. */
export function ProjectList({ onOpen }: ProjectListProps) {
  const projects = useStudio((s) => s.projects);
  const deleted = useStudio((s) => s.deleted);
  return (
    <>
      {deleted && (
        <Notice
          action={
            <Button isSmall onClick={deleted.restore}>
              Bring it back
            </Button>
          }
        >
          {deleted.name} is deleted.
        </Notice>
      )}
      {projects.length === 0 ? (
        <p className="muted">No project is kept in this browser yet. What you open is kept by itself.</p>
      ) : (
        <ul className="project-list" aria-label="Projects in this browser">
          {projects.map((project) => (
            <ProjectRow key={project.id} project={project} {...(onOpen && { onOpen })} />
          ))}
        </ul>
      )}
      <RoomLine />
    </>
  );
}

function ProjectRow({ project: { id, name, savedAt, rows }, onOpen }: ProjectListProps & { project: ProjectInfo }) {
  const isCurrent = useStudio((s) => s.projectId === id);
  const openProject = useStudio((s) => s.openProject);
  const rename = useStudio((s) => s.renameStored);
  const duplicate = useStudio((s) => s.duplicateProject);
  const remove = useStudio((s) => s.deleteProject);
  const [isNaming, setNaming] = useState(false);
  const finish = (text: string) => {
    setNaming(false);
    if (text.trim() && text !== name) void rename(id, text);
  };
  return (
    <li className="project-row" aria-current={isCurrent ? 'true' : undefined}>
      {isNaming ? (
        <input
          className="input grow"
          aria-label={`New name of ${name}`}
          defaultValue={name}
          // The field takes the place of the button that was pressed.
          // biome-ignore lint/a11y/noAutofocus: focus would otherwise fall back to the page
          autoFocus
          onFocus={(event) => event.currentTarget.select()}
          onBlur={(event) => finish(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') event.currentTarget.blur();
            if (event.key === 'Escape') {
              event.stopPropagation();
              setNaming(false);
            }
          }}
        />
      ) : (
        <button
          type="button"
          className="project-open grow"
          onClick={() => {
            onOpen?.();
            if (!isCurrent) void openProject(id);
          }}
        >
          <span className="truncate">{name}</span>
          <span className="muted number">
            {isCurrent ? 'open now' : new Date(savedAt).toLocaleDateString()}
            {rows === null ? ', no table' : `, ${counted(rows, 'row')}`}
          </span>
        </button>
      )}
      <IconButton label={`Rename ${name}`} icon={<Pencil size={14} />} onClick={() => setNaming(true)} />
      <IconButton label={`Duplicate ${name}`} icon={<Copy size={14} />} onClick={() => void duplicate(id)} />
      <IconButton label={`Delete ${name}`} icon={<Trash2 size={14} />} onClick={() => void remove(id)} />
    </li>
  );
}

/** How much room the work takes, and whether the browser may clear it. */
function RoomLine() {
  const room = useStudio((s) => s.room);
  const refresh = useStudio((s) => s.refreshRoom);
  const ask = useStudio((s) => s.askPersistence);
  useEffect(() => {
    void refresh();
  }, [refresh]);
  if (!room) return null;
  return (
    <p className="muted row-wrap number">
      <span>
        {bytesText(room.used)} of {bytesText(room.quota)} used.{' '}
        {room.isPersistent
          ? 'The browser keeps it until you delete it.'
          : 'The browser may clear it when space on the disk is short.'}
      </span>
      {!room.isPersistent && (
        <Button isSmall look="quiet" onClick={() => void ask()}>
          Ask the browser to keep it
        </Button>
      )}
    </p>
  );
}
