/** Arrows as a person writes them in a sentence; text formats keep `->`. */
export const arrowText = (text: string): string =>
  text.replaceAll('<->', '↔').replaceAll('->', '→').replaceAll('<-', '←');
