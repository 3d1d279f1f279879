import { saveFile } from '../../ui/saveFile';

/** Properties that style sheets set and a picture on its own has to carry. */
const carried = [
  'fill',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-opacity',
  'fill-opacity',
  'opacity',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
  'vector-effect',
  'display',
] as const;

/**
 * The plot inside a frame as one SVG: axes, labels, lines and marks as shapes, points as the image they are drawn as.
 * @returns Null where there is no plot.
 */
function pictureOf(
  frame: HTMLElement,
): { readonly svg: string; readonly width: number; readonly height: number } | null {
  const plot = frame.querySelector<HTMLElement>('.plot');
  if (!plot) return null;
  const { left, top, width, height } = plot.getBoundingClientRect();
  const out = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  out.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  out.setAttribute('width', String(width));
  out.setAttribute('height', String(height));
  out.setAttribute('viewBox', `0 0 ${width} ${height}`);
  const title = document.createElementNS('http://www.w3.org/2000/svg', 'title');
  title.textContent = plot.getAttribute('aria-label');
  const ground = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  ground.setAttribute('width', '100%');
  ground.setAttribute('height', '100%');
  ground.setAttribute('fill', getComputedStyle(document.documentElement).getPropertyValue('--plot-surface') || '#fff');
  out.append(title, ground);
  for (const element of plot.querySelectorAll<SVGSVGElement | HTMLCanvasElement>(':scope svg, :scope canvas')) {
    if (element instanceof HTMLCanvasElement) {
      const box = (element.parentElement ?? element).getBoundingClientRect();
      const image = document.createElementNS('http://www.w3.org/2000/svg', 'image');
      image.setAttribute('href', element.toDataURL('image/png'));
      image.setAttribute('x', String(box.left - left));
      image.setAttribute('y', String(box.top - top));
      image.setAttribute('width', String(box.width));
      image.setAttribute('height', String(box.height));
      image.setAttribute('preserveAspectRatio', 'none');
      out.append(image);
    } else out.append(...styledCopy(element).childNodes);
  }
  return { svg: new XMLSerializer().serializeToString(out), width, height };
}

function styledCopy(svg: SVGSVGElement): SVGSVGElement {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const originals = svg.querySelectorAll('*');
  for (const [i, element] of copy.querySelectorAll('*').entries()) {
    const style = getComputedStyle(originals[i]!);
    for (const name of carried) element.setAttribute(name, style.getPropertyValue(name));
    element.removeAttribute('class');
  }
  return copy;
}

export function savePlotSvg(frame: HTMLElement | null): void {
  const picture = frame && pictureOf(frame);
  if (picture) saveFile('plot.svg', new Blob([picture.svg], { type: 'image/svg+xml' }));
}

/** Twice the size on screen, so that it can be printed. */
const PNG_SCALE = 2;

export async function savePlotPng(frame: HTMLElement | null): Promise<void> {
  const picture = frame && pictureOf(frame);
  if (!picture) return;
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(picture.svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(picture.width * PNG_SCALE);
  canvas.height = Math.round(picture.height * PNG_SCALE);
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (blob) saveFile('plot.png', blob);
}
