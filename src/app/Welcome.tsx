import { FolderOpen, Upload } from 'lucide-react';
import { useStudio, useStudioStore } from '../state/StudioProvider';
import { Button } from '../ui/Button';
import { Notice } from '../ui/Notice';
import { ProgressBar } from '../ui/ProgressBar';
import { openAnyFile, pickFile, projectTypes, tableTypes } from './files';

/** What a project without a table shows: a demo, a place to drop a file, and earlier projects. */
export function Welcome() {
  const store = useStudioStore();
  const table = useStudio((s) => s.table);
  const projects = useStudio((s) => s.projects);
  const projectId = useStudio((s) => s.projectId);
  const studio = () => store.getState();
  const open = async (types: string) => {
    const file = await pickFile(types);
    if (file) await openAnyFile(file, studio());
  };
  const others = projects.filter(({ id }) => id !== projectId).slice(0, 5);
  return (
    <div className="welcome">
      <div className="welcome-column">
        <h2>Rare outcomes, with their causes kept</h2>
        <p className="welcome-lead">
          Draw what causes what in your table. Counterpoise makes synthetic rare rows that obey the drawing, shows them
          beside the real ones and tests what changed.
        </p>
        {table.status === 'failed' && (
          <Notice
            level="error"
            action={
              <Button isSmall onClick={() => studio().dismissImportFailure()}>
                Close
              </Button>
            }
          >
            {table.fileName}: {table.message}
          </Notice>
        )}
        {table.status === 'importing' && (
          <ProgressBar
            label={`Opening ${table.fileName}`}
            share={table.share}
            phase={table.phase}
            action={
              <Button isSmall onClick={() => studio().cancelImport()}>
                Cancel
              </Button>
            }
          />
        )}
        <div className="welcome-cards">
          <button type="button" className="welcome-card" onClick={() => void open(tableTypes)}>
            <Upload size={20} aria-hidden />
            <strong>Open a table</strong>
            <span>Drop a CSV anywhere in this window, or choose one. It stays on this computer.</span>
          </button>
          <button type="button" className="welcome-card" onClick={() => void studio().loadDemo('rare-disease')}>
            <svg width="72" height="20" viewBox="0 0 72 20" aria-hidden="true" className="welcome-art">
              <path d="M10 10h20M40 10h20" />
              <circle cx="6" cy="10" r="4" className="brand-common" />
              <circle cx="35" cy="10" r="4" className="brand-rare" />
              <path d="M66 5l5 5-5 5-5-5z" className="brand-synthetic" />
            </svg>
            <strong>Demo: rare disease</strong>
            <span>6,000 simulated patients, a treatment whose benefit the raw data hide, and the truth known.</span>
          </button>
        </div>
        <div className="row-wrap">
          <Button look="quiet" icon={<FolderOpen size={15} />} onClick={() => void open(projectTypes)}>
            Open a project file
          </Button>
        </div>
        {others.length > 0 && (
          <section>
            <h2 className="welcome-heading">Your projects</h2>
            <ul className="welcome-projects">
              {others.map(({ id, name, savedAt }) => (
                <li key={id}>
                  <button type="button" className="welcome-project" onClick={() => void studio().openProject(id)}>
                    <span className="truncate">{name}</span>
                    <span className="muted number">{new Date(savedAt).toLocaleDateString()}</span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </div>
  );
}
