/** An address with its copy button. It is hidden until asked for, whatever else happens: this page may be on stream. */
import type { ObsSource } from '@racing-coach/contract';
import { useState } from 'preact/hooks';
import type { ShellBridge } from '../client/shell-bridge.ts';
import { usePage } from '../page.ts';

export interface CopyLineProps {
  id: string;
  label: string;
  about: string;
  /** The address, and what it is the address of: the desktop app copies by that. */
  text: string;
  source: ObsSource;
}

export function CopyLine({ id, label, about, text, source }: CopyLineProps) {
  const { store, shell } = usePage();
  const [seen, setSeen] = useState(false);
  const copy = async () => {
    const problem = await copied(text, source, shell);
    store.say(problem ?? `${label}: copied.`, problem !== null);
  };
  const shown = seen ? text : text.replace(/token=[^&]*/, 'token=••••••••');
  return (
    <div class="row">
      <div class="words">
        <label class="label" for={id}>
          {label}
        </label>
        <p class="help" id={`${id}-help`}>
          {about}
        </p>
      </div>
      <div class="control wide">
        <span class="copy">
          <input id={id} type="text" readOnly value={shown} aria-describedby={`${id}-help`} />
          <button type="button" aria-label={`Copy ${label}`} onClick={() => void copy()}>
            Copy
          </button>
          <button
            type="button"
            aria-pressed={seen}
            aria-label={`Show the token of ${label}`}
            onClick={() => setSeen(!seen)}
          >
            {seen ? 'Hide' : 'Show'}
          </button>
        </span>
      </div>
    </div>
  );
}

/** Resolves to what went wrong; null when it is in the clipboard. */
async function copied(text: string, source: ObsSource, shell: ShellBridge | null): Promise<string | null> {
  try {
    if (shell === null) await navigator.clipboard.writeText(text);
    else if (!(await shell.copyObs(source))) return 'The engine is not running: copy again when it is.';
    return null;
  } catch {
    return 'Nothing was copied. Press Show while you are not on stream, select the address and press Ctrl + C.';
  }
}
