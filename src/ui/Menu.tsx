import { ContextMenu as RadixContext, DropdownMenu as RadixMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import { classes } from './classes';

export type MenuEntry =
  | {
      readonly kind: 'item';
      readonly label: string;
      readonly icon?: ReactNode;
      readonly shortcut?: string;
      readonly isDisabled?: boolean;
      readonly isDangerous?: boolean;
      onSelect(): void;
    }
  | { readonly kind: 'label'; readonly label: string }
  | { readonly kind: 'separator' };

interface MenuProps {
  readonly label: string;
  readonly entries: readonly MenuEntry[];
  /** The element that opens it: one button, or the area for a context menu. */
  readonly children: ReactNode;
}

/** Both kinds of menu take the same parts; only their names differ. */
const renderEntries = (entries: readonly MenuEntry[], parts: typeof RadixMenu | typeof RadixContext) =>
  entries.map((entry, i) => {
    // Menus are rebuilt whole, so the place of an entry is its identity.
    const key = `${i}`;
    if (entry.kind === 'separator') return <parts.Separator key={key} className="menu-separator" />;
    if (entry.kind === 'label')
      return (
        <parts.Label key={key} className="menu-label">
          {entry.label}
        </parts.Label>
      );
    return (
      <parts.Item
        key={key}
        className={classes('menu-item', entry.isDangerous && 'menu-item-danger')}
        disabled={entry.isDisabled ?? false}
        onSelect={entry.onSelect}
      >
        {entry.icon}
        <span className="truncate">{entry.label}</span>
        {entry.shortcut && <span className="menu-shortcut">{entry.shortcut}</span>}
      </parts.Item>
    );
  });

export function Menu({ label, entries, children }: MenuProps) {
  return (
    <RadixMenu.Root>
      <RadixMenu.Trigger asChild>{children}</RadixMenu.Trigger>
      <RadixMenu.Portal>
        <RadixMenu.Content className="menu" aria-label={label} sideOffset={4} collisionPadding={8} align="start">
          {renderEntries(entries, RadixMenu)}
        </RadixMenu.Content>
      </RadixMenu.Portal>
    </RadixMenu.Root>
  );
}

export function ContextMenu({ label, entries, children }: MenuProps) {
  return (
    <RadixContext.Root>
      <RadixContext.Trigger asChild>{children}</RadixContext.Trigger>
      <RadixContext.Portal>
        <RadixContext.Content className="menu" aria-label={label} collisionPadding={8}>
          {renderEntries(entries, RadixContext)}
        </RadixContext.Content>
      </RadixContext.Portal>
    </RadixContext.Root>
  );
}
