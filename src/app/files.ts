import type { StudioState } from '../state/studioState';

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
export const projectTypes = '.json,application/json';

/** Opens whatever was dropped or picked: a project file by its ending, anything else as a table. */
export async function openAnyFile(file: File, studio: StudioState): Promise<void> {
  if (file.name.toLowerCase().endsWith('.json')) {
    await studio.openProjectFile(file, file.name);
    return;
  }
  studio.goTo('data');
  await studio.importFile({ fileName: file.name, blob: file });
}
