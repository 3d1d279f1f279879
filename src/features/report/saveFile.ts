interface WritableFile {
  createWritable(): Promise<{ write(data: Blob): Promise<void>; close(): Promise<void> }>;
}
interface WindowWithPicker {
  showSaveFilePicker?(options: { readonly suggestedName: string }): Promise<WritableFile>;
}

/** Saves where the person chooses, or as a download where the browser cannot ask. False when they changed their mind. */
export async function saveFile(fileName: string, blob: Blob): Promise<boolean> {
  const { showSaveFilePicker } = window as WindowWithPicker;
  // A picker opens only soon after a press, and a big file may have taken longer than that to write.
  if (showSaveFilePicker && navigator.userActivation?.isActive) {
    try {
      const handle = await showSaveFilePicker.call(window, { suggestedName: fileName });
      const stream = await handle.createWritable();
      await stream.write(blob);
      await stream.close();
      return true;
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') return false;
      // Refused, for instance in a frame of another site: a download is always allowed.
    }
  }
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  // The download has its own copy by the time the address is given up.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
  return true;
}
