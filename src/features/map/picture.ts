import { type CausalMap, edgeKey } from '../../engine/graph/causalMap';
import { cardSize } from '../../state/mapPlaces';
import type { EffectColours } from './effectPart';
import { edgeBends } from './flowModel';
import { type Box, routeBetween } from './geometry';

export interface PictureOptions {
  readonly exposure: string | null;
  readonly outcome: string | null;
  /** Paths to colour; null for a picture in black. */
  readonly effect: EffectColours | null;
  /** Width of a name in pixels, in the font of the picture. */
  readonly widthOf: (text: string) => number;
}

const font = 'Helvetica, Arial, sans-serif';
export const pictureFont = `14px ${font}`;
const nodeHeight = 34;
const margin = 16;
const colours = { causal: '#0a6b50', biasing: '#b3261e', both: '#b3261e', plain: '#16191d' } as const;
const dashes = { causal: '', biasing: '8 4', both: '14 3 2 3', plain: '' } as const;

const xml = (text: string): string =>
  text.replace(/[&<>"]/g, (one) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[one]!);
const one = (value: number): string => String(Math.round(value * 10) / 10);

/**
 * The map as an SVG of its own, for print: names in boxes where the cards stand, unrecorded variables as dashed ellipses,
 * `<->` dashed, what is held fixed with a double frame. White ground, no styles from the page.
 */
export function pictureOf(map: CausalMap, { exposure, outcome, effect, widthOf }: PictureOptions): string {
  const boxes = new Map(
    map.nodes.map(({ name, position, latent }): [string, Box] => {
      const { x, y } = position ?? { x: 0, y: 0 };
      const width = Math.max(56, widthOf(name) + 24);
      return [
        name,
        {
          x: x + cardSize.width / 2 - width / 2,
          y: y + cardSize.height / 2 - nodeHeight / 2,
          width,
          height: nodeHeight,
          isEllipse: latent,
        },
      ];
    }),
  );
  const all = [...boxes.values()];
  const edges = (low: (box: Box) => number, high: (box: Box) => number) =>
    all.length === 0 ? [0, 0] : [Math.min(...all.map(low)), Math.max(...all.map(high))];
  const [x0, x1] = edges(
    ({ x }) => x,
    ({ x, width }) => x + width,
  ) as [number, number];
  const [y0, y1] = edges(
    ({ y }) => y,
    ({ y, height }) => y + height,
  ) as [number, number];
  const bends = edgeBends(map);
  const lines = map.edges.map((edge, i) => {
    const part = effect?.parts.get(edgeKey(edge)) ?? 'plain';
    const { path } = routeBetween(boxes.get(edge.from)!, boxes.get(edge.to)!, bends[i]!);
    const dash = edge.kind === '<->' && dashes[part] === '' ? '5 4' : dashes[part];
    const colour = effect && part === 'plain' ? '#8b95a3' : colours[part];
    const head = effect && part === 'plain' ? 'faint' : part;
    return `<path d="${path}" fill="none" stroke="${colour}" stroke-width="${part === 'plain' ? 1.2 : 2}"${dash ? ` stroke-dasharray="${dash}"` : ''} marker-end="url(#${head})"${edge.kind === '<->' ? ` marker-start="url(#${head})"` : ''}/>`;
  });
  const shapes = map.nodes.map(({ name, latent }) => {
    const { x, y, width, height } = boxes.get(name)!;
    const isEnd = name === exposure || name === outcome;
    const stroke = `stroke="${colours.plain}" stroke-width="${isEnd ? 2.2 : 1.2}"`;
    const frame = latent
      ? `<ellipse cx="${one(x + width / 2)}" cy="${one(y + height / 2)}" rx="${one(width / 2)}" ry="${one(height / 2)}" fill="#fff" ${stroke} stroke-dasharray="5 3"/>`
      : `<rect x="${one(x)}" y="${one(y)}" width="${one(width)}" height="${height}" rx="4" fill="#fff" ${stroke}/>`;
    const held = effect?.held.has(name)
      ? `<rect x="${one(x - 4)}" y="${one(y - 4)}" width="${one(width + 8)}" height="${height + 8}" rx="6" fill="none" stroke="${colours.plain}"/>`
      : '';
    return `${held}${frame}<text x="${one(x + width / 2)}" y="${one(y + height / 2 + 5)}" text-anchor="middle"${isEnd ? ' font-weight="bold"' : ''}>${xml(name)}</text>`;
  });
  const heads = Object.entries({ ...colours, faint: '#8b95a3' }).map(
    ([id, colour]) =>
      `<marker id="${id}" viewBox="0 0 10 10" refX="8.5" refY="5" markerWidth="10" markerHeight="10" markerUnits="userSpaceOnUse" orient="auto-start-reverse"><path d="M0.5,1 L9.5,5 L0.5,9 Z" fill="${colour}"/></marker>`,
  );
  const [width, height] = [x1 - x0 + 2 * margin, y1 - y0 + 2 * margin];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${one(width)}" height="${one(height)}" viewBox="${one(x0 - margin)} ${one(y0 - margin)} ${one(width)} ${one(height)}" font-family="${font}" font-size="14">
<defs>${heads.join('')}</defs>
<rect x="${one(x0 - margin)}" y="${one(y0 - margin)}" width="${one(width)}" height="${one(height)}" fill="#fff"/>
${lines.join('\n')}
${shapes.join('\n')}
</svg>
`;
}

const PIXEL_RATIO = 3;

/** An SVG as PNG at three times its size, sharp in print at 300 dots an inch. */
export async function pngOf(svg: string): Promise<Blob> {
  const image = new Image();
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(image.naturalWidth * PIXEL_RATIO);
    canvas.height = Math.round(image.naturalHeight * PIXEL_RATIO);
    const context = canvas.getContext('2d');
    if (!context) throw new Error('The browser gives no canvas to draw on.');
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) =>
      canvas.toBlob(
        (blob) => (blob ? resolve(blob) : reject(new Error('The picture is too large for a PNG.'))),
        'image/png',
      ),
    );
  } finally {
    URL.revokeObjectURL(url);
  }
}
