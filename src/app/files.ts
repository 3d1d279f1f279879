import type { StudioState } from '../state/studioState';
import { saveFile } from '../ui/saveFile';

/** Saves the project with its table in one file, or says that the table is not here. */
export async function saveBundle(studio: StudioState): Promise<void> {
  const bundle = await studio.exportBundle();
  if (bundle) saveFile(bundle.fileName, bundle.blob);
  else studio.notify('error', 'The table of this project is not in this browser: open it again, then save.');
}

/** Opens whatever was dropped or picked: a project file by its ending, anything else as a table. */
export async function openAnyFile(file: File, studio: StudioState): Promise<void> {
  await openAnyFiles([file], studio);
}

/** Several tables at once become one; a project file is opened alone. */
export async function openAnyFiles(files: readonly File[], studio: StudioState): Promise<void> {
  const project = files.find((file) => /\.(?:json|counterpoise)$/i.test(file.name));
  if (project) {
    await studio.openProjectFile(project, project.name);
    return;
  }
  studio.goTo('data');
  await studio.importFiles(files.map((file) => ({ fileName: file.name, blob: file })));
}

/** A table copied from a spreadsheet or an editor: two lines or more, with cells in at least one of them. */
export function pastedTable(text: string): File | null {
  const lines = text.split(/\r\n|\n|\r/).filter((line) => line.trim() !== '');
  const hasCells = /[\t,;|]/.test(lines[0] ?? '');
  if (lines.length < 2 || !hasCells) return null;
  return new File([text], 'pasted table.txt', { type: 'text/plain' });
}
