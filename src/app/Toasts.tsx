import { useEffect, useRef } from 'react';
import { Toaster, toast } from 'sonner';
import { useStudio } from '../state/StudioProvider';

/** Shows the store's notifications as they come. */
export function Toasts({ theme }: { readonly theme: 'light' | 'dark' }) {
  const notifications = useStudio((s) => s.notifications);
  const dismiss = useStudio((s) => s.dismissNotification);
  const shown = useRef(0);
  useEffect(() => {
    for (const { id, level, text, action } of notifications) {
      if (id <= shown.current) continue;
      shown.current = id;
      const leave = () => dismiss(id);
      // An error stays until it has been read.
      toast[level](text, {
        duration: level === 'error' ? Number.POSITIVE_INFINITY : 7000,
        onDismiss: leave,
        onAutoClose: leave,
        ...(action && { action: { label: action.label, onClick: action.run } }),
      });
    }
  }, [notifications, dismiss]);
  return <Toaster theme={theme} position="bottom-center" closeButton />;
}
