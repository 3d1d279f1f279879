export const tableTypes =
  '.csv,.tsv,.txt,.gz,.parquet,.xlsx,.xlsm,text/csv,text/tab-separated-values,text/plain,application/gzip,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
export const projectTypes = '.json,.counterpoise,application/json';

/** Asks for files; resolves to none when the person changes their mind. */
export function pickFiles(accept: string, isSeveral: boolean): Promise<readonly File[]> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = accept;
    input.multiple = isSeveral;
    input.addEventListener('change', () => resolve([...(input.files ?? [])]));
    input.addEventListener('cancel', () => resolve([]));
    input.click();
  });
}

export const pickFile = async (accept: string): Promise<File | null> => (await pickFiles(accept, false))[0] ?? null;
