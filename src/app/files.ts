import type { StudioState } from '../state/studioState';
import { saveFile } from '../ui/saveFile';

/** Asks for a file; resolves to null when the person changes their mind. */
export function pickFile(accept: string): Promise<File | null> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = accept;
    input.addEventListener('change', () => resolve(input.files?.[0] ?? null));
    input.addEventListener('cancel', () => resolve(null));
    input.click();
  });
}

export const tableTypes = '.csv,.tsv,.txt,text/csv,text/tab-separated-values';
export const projectTypes = '.json,.counterpoise,application/json';

/** Saves the project with its table in one file, or says that the table is not here. */
export async function saveBundle(studio: StudioState): Promise<void> {
  const bundle = await studio.exportBundle();
  if (bundle) saveFile(bundle.fileName, bundle.blob);
  else studio.notify('error', 'The table of this project is not in this browser: open it again, then save.');
}

/** Opens whatever was dropped or picked: a project file by its ending, anything else as a table. */
export async function openAnyFile(file: File, studio: StudioState): Promise<void> {
  if (/\.(?:json|counterpoise)$/i.test(file.name)) {
    await studio.openProjectFile(file, file.name);
    return;
  }
  studio.goTo('data');
  await studio.importFile({ fileName: file.name, blob: file });
}
