import { FolderOpen, Upload } from 'lucide-react';
import { ImportProgress } from '../features/data/ImportProgress';
import { useStudio, useStudioStore } from '../state/StudioProvider';
import { Button } from '../ui/Button';
import { Notice } from '../ui/Notice';
import { pickFile, pickFiles, projectTypes, tableTypes } from '../ui/pickFiles';
import { DemoGallery } from './DemoGallery';
import { openAnyFile, openAnyFiles } from './files';
import { ProjectList } from './ProjectList';

/** What a project without a table shows: a place to drop a file, the demos, and earlier projects. */
export function Welcome() {
  const store = useStudioStore();
  const failure = useStudio((s) => (s.table.status === 'failed' ? s.table : null));
  const hasProjects = useStudio((s) => s.projects.length > 0);
  const studio = () => store.getState();
  const open = async (types: string) => {
    const file = await pickFile(types);
    if (file) await openAnyFile(file, studio());
  };
  const openTables = async () => {
    const files = await pickFiles(tableTypes, true);
    if (files.length > 0) await openAnyFiles(files, studio());
  };
  return (
    <main className="welcome" aria-label="Start">
      <div className="welcome-column">
        <header>
          <h2>Rare outcomes, with their causes kept</h2>
          <p className="welcome-lead">
            Draw what causes what in your table. Counterpoise makes synthetic rare rows that obey the drawing, shows
            them beside the real ones and tests what changed.
          </p>
        </header>
        {failure && (
          <Notice
            level="error"
            action={
              <Button isSmall onClick={() => studio().dismissImportFailure()}>
                Close
              </Button>
            }
          >
            {failure.fileName}: {failure.message}
          </Notice>
        )}
        <ImportProgress verb="Opening" />
        <div className="welcome-drop">
          <Upload size={22} aria-hidden />
          <div className="grow">
            <strong>Drop a table here</strong>
            <p className="muted">
              CSV, gzip, Parquet or Excel, anywhere in this window, or cells pasted from a spreadsheet. It is read on
              this computer and never uploaded.
            </p>
          </div>
          <Button look="primary" onClick={() => void openTables()}>
            Open a table
          </Button>
          <Button icon={<FolderOpen size={15} />} onClick={() => void open(projectTypes)}>
            Open a project file
          </Button>
        </div>
        <DemoGallery />
        {hasProjects && (
          <section aria-labelledby="projects-heading">
            <h2 className="welcome-heading" id="projects-heading">
              Your projects
            </h2>
            <ProjectList />
          </section>
        )}
      </div>
    </main>
  );
}
