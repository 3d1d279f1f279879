import {
  ArrowLeftRight,
  ArrowRight,
  CircleDashed,
  Crosshair,
  Maximize,
  MoveHorizontal,
  Trash2,
  Workflow,
} from 'lucide-react';
import type { EdgeKey } from '../../state/map';
import type { StudioStore } from '../../state/store';
import type { MenuEntry } from '../../ui/Menu';
import { freshLatentName } from './latentName';

/** What was under the pointer when the menu was asked for. */
export type ContextTarget =
  | { readonly kind: 'pane' }
  | { readonly kind: 'node'; readonly name: string }
  | { readonly kind: 'edge'; readonly edge: EdgeKey };

export function canvasMenu(
  target: ContextTarget,
  store: StudioStore,
  drawArrow: (from: string | null) => void,
  view: { readonly fit: () => void; readonly arrange: () => void },
): readonly MenuEntry[] {
  const studio = () => store.getState();
  if (target.kind === 'node') {
    const { name } = target;
    const node = studio().project.map.nodes.find((one) => one.name === name);
    const isTarget = studio().project.target?.column === name;
    const isExposure = studio().project.exposure === name;
    return [
      { kind: 'label', label: name },
      {
        kind: 'item',
        label: 'Draw arrow from here…',
        icon: <ArrowRight size={15} />,
        shortcut: 'A',
        onSelect: () => drawArrow(name),
      },
      {
        kind: 'item',
        label: isExposure ? 'No longer the exposure' : 'Make it the exposure',
        icon: <Crosshair size={15} />,
        isDisabled: isTarget || (node?.latent ?? false),
        onSelect: () => studio().setExposure(isExposure ? null : name),
      },
      { kind: 'separator' },
      {
        kind: 'item',
        label: 'Remove from the map',
        icon: <Trash2 size={15} />,
        shortcut: 'Del',
        isDangerous: true,
        onSelect: () => studio().removeFromMap([name], []),
      },
    ];
  }
  if (target.kind === 'edge') {
    const { edge } = target;
    return [
      { kind: 'label', label: `${edge.from} ${edge.kind === '->' ? '→' : '↔'} ${edge.to}` },
      {
        kind: 'item',
        label: 'Reverse',
        icon: <ArrowLeftRight size={15} />,
        isDisabled: edge.kind === '<->',
        onSelect: () => studio().flipEdge(edge),
      },
      {
        kind: 'item',
        label: edge.kind === '->' ? 'Unrecorded common cause instead' : 'Make it an arrow',
        icon: <MoveHorizontal size={15} />,
        onSelect: () => studio().setEdgeKind(edge, edge.kind === '->' ? '<->' : '->'),
      },
      { kind: 'separator' },
      {
        kind: 'item',
        label: 'Remove',
        icon: <Trash2 size={15} />,
        shortcut: 'Del',
        isDangerous: true,
        onSelect: () => studio().removeFromMap([], [edge]),
      },
    ];
  }
  return [
    {
      kind: 'item',
      label: 'Draw an arrow…',
      icon: <ArrowRight size={15} />,
      shortcut: 'A',
      onSelect: () => drawArrow(null),
    },
    {
      kind: 'item',
      label: 'Add an unrecorded variable',
      icon: <CircleDashed size={15} />,
      onSelect: () => studio().addNode(freshLatentName(studio().project.map), { latent: true }),
    },
    { kind: 'separator' },
    { kind: 'item', label: 'Arrange the map', icon: <Workflow size={15} />, shortcut: 'L', onSelect: view.arrange },
    { kind: 'item', label: 'Fit to the window', icon: <Maximize size={15} />, shortcut: 'Shift+1', onSelect: view.fit },
  ];
}
