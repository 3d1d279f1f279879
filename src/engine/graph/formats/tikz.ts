import type { CausalMap } from '../causalMap';
import { latexText } from '../estimand';

/** Canvas pixels to a centimetre: three cards of the canvas fill a text column. */
const PIXELS_PER_CM = 60;

/**
 * Writes a LaTeX document with the map as a TikZ picture, to be compiled as it is: nodes where they stand on the canvas,
 * unrecorded ones dashed, `<->` as a dashed arc. Nodes without a place are set on a circle.
 */
export function writeTikz(map: CausalMap): { text: string; losses: string[] } {
  const radius = (PIXELS_PER_CM * Math.max(2, map.nodes.length)) / 4;
  const places = map.nodes.map(({ position }, i) => {
    const angle = (2 * Math.PI * i) / Math.max(1, map.nodes.length);
    return position ?? { x: radius * Math.cos(angle), y: radius * Math.sin(angle) };
  });
  const left = Math.min(...places.map(({ x }) => x));
  const top = Math.min(...places.map(({ y }) => y));
  const cm = (pixels: number) =>
    (pixels / PIXELS_PER_CM)
      .toFixed(2)
      .replace(/\.?0+$/, '')
      .replace(/^-0$/, '0');
  const idOf = new Map(map.nodes.map(({ name }, i) => [name, `n${i}`]));
  const nodes = map.nodes.map(({ name, latent }, i) => {
    const { x, y } = places[i]!;
    return `  \\node[${latent ? 'latent' : 'recorded'}] (n${i}) at (${cm(x - left)},${cm(top - y)}) {${latexText(name)}};\n`;
  });
  const edges = map.edges.map(({ from, to, kind }) =>
    kind === '->'
      ? `  \\draw[arrow] (${idOf.get(from)}) -- (${idOf.get(to)});\n`
      : `  \\draw[both] (${idOf.get(from)}) to[bend left=25] (${idOf.get(to)});\n`,
  );
  return {
    text: `\\documentclass[tikz,border=4pt]{standalone}
\\usepackage[utf8]{inputenc}
\\usepackage[T1]{fontenc}
\\usetikzlibrary{arrows.meta}
\\begin{document}
\\begin{tikzpicture}[
  recorded/.style={draw, rounded corners=2pt, inner sep=4pt},
  latent/.style={draw, dashed, rounded corners=8pt, inner sep=4pt},
  arrow/.style={-{Stealth[length=2mm]}},
  both/.style={{Stealth[length=2mm]}-{Stealth[length=2mm]}, dashed}]
${nodes.join('')}${edges.join('')}\\end{tikzpicture}
\\end{document}
`,
    losses: [],
  };
}
