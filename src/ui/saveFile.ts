/** Saves as a download: the file goes where the browser's own setting says, asking first where it says so. */
export function saveFile(fileName: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  // The download has its own copy by the time the address is given up.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
