const KEY = 'counterpoise-unfinished-import';

/** Where a page leaves word for its successor; null where the host keeps nothing, or does not let this page. */
const place = (): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | null => {
  try {
    return globalThis.localStorage ?? null;
  } catch {
    return null;
  }
};

/** Notes that a file is being read, so that the next visit can say so should this tab die of it. */
export function markUnfinished(fileName: string | null): void {
  try {
    if (fileName === null) place()?.removeItem(KEY);
    else place()?.setItem(KEY, fileName);
  } catch {
    // A full disk costs one sentence at the next visit, nothing else.
  }
}

/** The file whose import an earlier visit did not survive; asked once. */
export function takeUnfinished(): string | null {
  const fileName = place()?.getItem(KEY) ?? null;
  markUnfinished(null);
  return fileName;
}
