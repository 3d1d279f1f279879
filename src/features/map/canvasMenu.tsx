import {
  ArrowLeftRight,
  ArrowRight,
  Ban,
  CircleDashed,
  CopyPlus,
  Crosshair,
  Maximize,
  MessageSquare,
  MoveHorizontal,
  Trash2,
  Workflow,
} from 'lucide-react';
import type { EdgeKey } from '../../engine/graph/causalMap';
import type { StudioStore } from '../../state/store';
import type { StudioState } from '../../state/studioState';
import type { MenuEntry } from '../../ui/Menu';
import { type Alignment, aligned } from './align';
import type { CanvasActions } from './canvasKeys';
import { freshLatentName } from './latentName';

/** What was under the pointer when the menu was asked for. */
export type ContextTarget =
  | { readonly kind: 'pane' }
  | { readonly kind: 'node'; readonly name: string }
  | { readonly kind: 'comment'; readonly id: string }
  | { readonly kind: 'edge'; readonly edge: EdgeKey };

const alignments: readonly { readonly how: Alignment; readonly label: string }[] = [
  { how: 'left', label: 'Align left' },
  { how: 'top', label: 'Align at the top' },
  { how: 'row', label: 'Spread from left to right' },
  { how: 'column', label: 'Spread from top to bottom' },
];

const alignEntries = (names: readonly string[], studio: () => StudioState): MenuEntry[] => [
  { kind: 'separator' },
  ...alignments.map(
    ({ how, label }): MenuEntry => ({
      kind: 'item',
      label,
      onSelect: () => studio().moveNodes(aligned(studio().project.map, names, how), label),
    }),
  ),
  { kind: 'separator' },
];

export function canvasMenu(target: ContextTarget, store: StudioStore, actions: CanvasActions): readonly MenuEntry[] {
  const studio = () => store.getState();
  if (target.kind === 'comment')
    return [
      {
        kind: 'item',
        label: 'Remove the comment',
        icon: <Trash2 size={15} />,
        shortcut: 'Del',
        isDangerous: true,
        onSelect: () => studio().removeComment(target.id),
      },
    ];
  if (target.kind === 'node') {
    const { name } = target;
    const { selection } = studio();
    const chosen = selection.kind === 'map' && selection.nodes.includes(name) ? selection.nodes : [name];
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
        onSelect: () => actions.drawArrow(name),
      },
      ...(node?.latent
        ? [
            {
              kind: 'item' as const,
              label: 'Duplicate',
              icon: <CopyPlus size={15} />,
              shortcut: 'Ctrl+D',
              onSelect: () => void studio().duplicateLatent(name),
            },
          ]
        : []),
      ...(chosen.length > 1 ? alignEntries(chosen, studio) : []),
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
        label: chosen.length > 1 ? `Remove ${chosen.length} from the map` : 'Remove from the map',
        icon: <Trash2 size={15} />,
        shortcut: 'Del',
        isDangerous: true,
        onSelect: () => studio().removeFromMap(chosen, []),
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
        shortcut: 'R',
        onSelect: () => studio().flipEdge(edge),
      },
      {
        kind: 'item',
        label: edge.kind === '->' ? 'Unrecorded common cause instead' : 'Make it an arrow',
        icon: <MoveHorizontal size={15} />,
        shortcut: 'B',
        onSelect: () => studio().setEdgeKind(edge, edge.kind === '->' ? '<->' : '->'),
      },
      ...(edge.kind === '->'
        ? [
            {
              kind: 'item' as const,
              label: 'Remove, and never again',
              icon: <Ban size={15} />,
              onSelect: () => {
                studio().removeFromMap([], [edge]);
                studio().setForbidden(edge.from, edge.to, true);
              },
            },
          ]
        : []),
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
      onSelect: () => actions.drawArrow(null),
    },
    {
      kind: 'item',
      label: 'Add an unrecorded variable',
      icon: <CircleDashed size={15} />,
      shortcut: 'N',
      onSelect: () => studio().addNode(freshLatentName(studio().project.map), { latent: true }),
    },
    {
      kind: 'item',
      label: 'Add a comment',
      icon: <MessageSquare size={15} />,
      shortcut: 'C',
      onSelect: actions.addComment,
    },
    { kind: 'separator' },
    { kind: 'item', label: 'Arrange the map', icon: <Workflow size={15} />, shortcut: 'L', onSelect: actions.arrange },
    {
      kind: 'item',
      label: 'Fit to the window',
      icon: <Maximize size={15} />,
      shortcut: 'Shift+1',
      onSelect: actions.fit,
    },
  ];
}
