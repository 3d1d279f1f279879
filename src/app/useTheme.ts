import { useEffect, useSyncExternalStore } from 'react';
import { useStudio } from '../state/StudioProvider';

const darkQuery = '(prefers-color-scheme: dark)';
const onSystemChange = (listener: () => void) => {
  const query = matchMedia(darkQuery);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
};

/** Keeps `data-theme` on the document in step with the choice and, for "system", with the system. */
export function useTheme(): 'light' | 'dark' {
  const choice = useStudio((s) => s.theme);
  const isSystemDark = useSyncExternalStore(onSystemChange, () => matchMedia(darkQuery).matches);
  const theme = choice === 'system' ? (isSystemDark ? 'dark' : 'light') : choice;
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  return theme;
}
