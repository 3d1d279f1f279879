import {
  BookmarkPlus,
  ChevronDown,
  Download,
  FolderOpen,
  Layers,
  LayoutTemplate,
  PackageOpen,
  Plus,
  Table2,
  Trash2,
} from 'lucide-react';
import { useState } from 'react';
import { useStudio, useStudioStore } from '../state/StudioProvider';
import { Dialog } from '../ui/Dialog';
import { Menu, type MenuEntry } from '../ui/Menu';
import { pickFile, projectTypes, tableTypes } from '../ui/pickFiles';
import { saveFile } from '../ui/saveFile';
import { openAnyFile, saveBundle } from './files';
import { ProjectList } from './ProjectList';

/** The project's name, and behind it the other projects and the files. */
export function ProjectMenu() {
  const store = useStudioStore();
  const name = useStudio((s) => s.project.name);
  const projectId = useStudio((s) => s.projectId);
  const hasTable = useStudio((s) => s.project.data !== null);
  const hasArrows = useStudio((s) => s.project.map.edges.length > 0);
  const projects = useStudio((s) => s.projects);
  const [isListing, setListing] = useState(false);
  const studio = () => store.getState();
  const open = async (types: string) => {
    const file = await pickFile(types);
    if (file) await openAnyFile(file, studio());
  };
  const others = projects.filter(({ id }) => id !== projectId).slice(0, 6);
  const entries: MenuEntry[] = [
    { kind: 'item', label: 'Open a table (CSV)…', icon: <Table2 size={15} />, onSelect: () => void open(tableTypes) },
    {
      kind: 'item',
      label: 'Open a project file…',
      icon: <FolderOpen size={15} />,
      onSelect: () => void open(projectTypes),
    },
    {
      kind: 'item',
      label: 'New project or demo',
      icon: <Plus size={15} />,
      onSelect: () => void studio().newProject(),
    },
    { kind: 'separator' },
    {
      kind: 'item',
      label: 'Save the project as a file',
      icon: <Download size={15} />,
      onSelect: () => {
        const { blob, fileName } = studio().exportProjectFile();
        saveFile(fileName, blob);
      },
    },
    {
      kind: 'item',
      label: 'Save it with its table',
      icon: <PackageOpen size={15} />,
      isDisabled: !hasTable,
      onSelect: () => void saveBundle(studio()),
    },
    { kind: 'separator' },
    {
      kind: 'item',
      label: 'Use a template…',
      icon: <LayoutTemplate size={15} />,
      onSelect: () => void studio().openTemplateWizard(),
    },
    {
      kind: 'item',
      label: 'Save as a template',
      icon: <BookmarkPlus size={15} />,
      isDisabled: !hasArrows,
      onSelect: () => void studio().saveTemplate(),
    },
    { kind: 'separator' },
    { kind: 'item', label: 'All projects…', icon: <Layers size={15} />, onSelect: () => setListing(true) },
    {
      kind: 'item',
      label: 'Delete this project',
      icon: <Trash2 size={15} />,
      isDangerous: true,
      onSelect: () => void studio().deleteProject(projectId),
    },
    ...(others.length > 0 ? [{ kind: 'separator' } as const, { kind: 'label', label: 'Other projects' } as const] : []),
    ...others.map(
      (project): MenuEntry => ({
        kind: 'item',
        label: project.name,
        onSelect: () => void studio().openProject(project.id),
      }),
    ),
  ];
  return (
    <div className="project-name">
      <NameField key={`${projectId} ${name}`} name={name} />
      <Menu label="Project" entries={entries}>
        <button type="button" className="icon-button" aria-label="Project menu">
          <ChevronDown size={15} />
        </button>
      </Menu>
      <Dialog
        isOpen={isListing}
        title="Projects in this browser"
        description="Kept on this computer only. A project file is the way to another one."
        onClose={() => setListing(false)}
        width={620}
      >
        <ProjectList onOpen={() => setListing(false)} />
      </Dialog>
    </div>
  );
}

function NameField({ name }: { readonly name: string }) {
  const rename = useStudio((s) => s.renameProject);
  const [draft, setDraft] = useState(name);
  return (
    <input
      className="project-input"
      aria-label="Project name"
      value={draft}
      size={Math.min(28, Math.max(8, draft.length))}
      title={draft}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={() => rename(draft)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
        if (event.key === 'Escape') setDraft(name);
      }}
    />
  );
}
