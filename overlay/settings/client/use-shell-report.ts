/** How the desktop app stands, for as long as the page is looked at; null in a browser, and until the app has answered. */
import type { ShellReport } from '@racing-coach/contract';
import { useEffect, useState } from 'preact/hooks';
import { usePage } from '../page.ts';

export function useShellReport(): ShellReport | null {
  const { shell } = usePage();
  const [report, setReport] = useState<ShellReport | null>(null);
  useEffect(() => {
    if (shell === null) return undefined;
    let told = false;
    const end = shell.onReport((next) => {
      told = true;
      setReport(next);
    });
    // What was told meanwhile is newer than the answer.
    shell.report().then(
      (first) => told || setReport(first),
      () => undefined,
    );
    return end;
  }, [shell]);
  return report;
}
