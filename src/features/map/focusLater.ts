/**
 * Focuses something as soon as it is on the page and can take the focus: a new card stays hidden until it has been
 * measured, and a hidden element refuses the focus without a word. About two seconds of frames are waited for.
 */
export function focusLater(selector: string, frames = 120): void {
  requestAnimationFrame(() => {
    const found = document.querySelector(selector);
    if (found instanceof HTMLElement || found instanceof SVGElement) found.focus();
    if ((found === null || document.activeElement !== found) && frames > 0) focusLater(selector, frames - 1);
  });
}
