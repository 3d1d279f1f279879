import type { DemoCard } from '../worker/api';

const WIDTH = 264;
const HEIGHT = 72;
const PAD = 8;

/** The demo's map in small: discs for causes, a ring for what nobody records, the outcome large. */
export function DemoPicture({ demo: { map, target } }: { readonly demo: DemoCard }) {
  const placed = new Map(map.nodes.flatMap(({ name, position }) => (position ? [[name, position]] : [])));
  const xs = [...placed.values()].map(({ x }) => x);
  const ys = [...placed.values()].map(({ y }) => y);
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  const at = (name: string) => {
    const { x, y } = placed.get(name) ?? { x: left, y: top };
    return {
      x: PAD + ((x - left) / Math.max(1, right - left)) * (WIDTH - 2 * PAD),
      y: PAD + ((y - top) / Math.max(1, bottom - top)) * (HEIGHT - 2 * PAD),
    };
  };
  return (
    <svg className="demo-picture" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      {map.edges.map(({ from, to }) => {
        const [a, b] = [at(from), at(to)];
        return <line key={`${from} ${to}`} x1={a.x} y1={a.y} x2={b.x} y2={b.y} />;
      })}
      {map.nodes.map(({ name, latent }) => {
        const { x, y } = at(name);
        const look = name === target ? 'demo-target' : latent ? 'demo-latent' : 'demo-node';
        return <circle key={name} className={look} cx={x} cy={y} r={name === target ? 5 : 3} />;
      })}
    </svg>
  );
}
