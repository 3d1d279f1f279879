const types =
  '.csv,.tsv,.txt,.gz,.parquet,.xlsx,.xlsm,text/csv,text/tab-separated-values,text/plain,application/gzip,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Asks for table files; none when the person changes their mind. */
export function pickTableFiles(isSeveral: boolean): Promise<readonly File[]> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = types;
    input.multiple = isSeveral;
    input.addEventListener('change', () => resolve([...(input.files ?? [])]));
    input.addEventListener('cancel', () => resolve([]));
    input.click();
  });
}
