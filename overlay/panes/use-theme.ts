/** Theme and motion as the driver wants them, on the page's root. */
import type { LookSettings } from '@racing-coach/contract';
import { useEffect } from 'preact/hooks';

export function useTheme({ theme, motion }: Pick<LookSettings, 'theme' | 'motion'>): void {
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme;
    document.documentElement.dataset['motion'] = motion;
  }, [theme, motion]);
}
