interface SavePicker {
  showSaveFilePicker?(options: {
    suggestedName: string;
  }): Promise<{
    createWritable(): Promise<WritableStream<Blob> & { write(data: Blob): Promise<void>; close(): Promise<void> }>;
  }>;
}

/** Saves where the user chooses, or as a download where the browser cannot ask. False when the user changed their mind. */
export async function saveFile(fileName: string, blob: Blob): Promise<boolean> {
  const { showSaveFilePicker } = window as SavePicker;
  // A picker must be opened by a fresh click; writing the file may have taken longer than that, so it may be refused.
  if (showSaveFilePicker && navigator.userActivation?.isActive && !navigator.webdriver) {
    try {
      const handle = await showSaveFilePicker.call(window, { suggestedName: fileName });
      const stream = await handle.createWritable();
      await stream.write(blob);
      await stream.close();
      return true;
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') return false;
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
