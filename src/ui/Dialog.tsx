import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import { type CSSProperties, type ReactNode, useRef } from 'react';
import { IconButton } from './IconButton';

interface DialogProps {
  readonly isOpen: boolean;
  readonly title: string;
  readonly description?: string;
  /** Buttons at the bottom right. */
  readonly actions?: ReactNode;
  /** Pixels. */
  readonly width?: number;
  readonly children: ReactNode;
  onClose(): void;
}

export function Dialog({ isOpen, title, description, actions, width = 560, children, onClose }: DialogProps) {
  const opener = useRef<Element | null>(null);
  return (
    <Radix.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="overlay" />
        <Radix.Content
          className="dialog"
          // The first thing to focus would be the close button, whose tooltip would open with the dialog.
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            opener.current = document.activeElement;
            if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus();
          }}
          // A dialog without a trigger of its own would leave the keyboard nowhere.
          onCloseAutoFocus={(event) => {
            if (!(opener.current instanceof HTMLElement && opener.current.isConnected)) return;
            event.preventDefault();
            opener.current.focus();
          }}
          style={{ '--dialog-width': `${width}px` } as CSSProperties}
          {...(description ? {} : { 'aria-describedby': undefined })}
        >
          <header className="dialog-head">
            <div className="grow">
              <Radix.Title className="dialog-title">{title}</Radix.Title>
              {description && <Radix.Description className="dialog-description">{description}</Radix.Description>}
            </div>
            <IconButton label="Close" icon={<X size={16} />} onClick={onClose} />
          </header>
          <div className="dialog-body">{children}</div>
          {actions && <footer className="dialog-foot">{actions}</footer>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
