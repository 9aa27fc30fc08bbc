/** An address with its copy button. It is hidden until asked for: this page may be on stream. */
import { useState } from 'preact/hooks';
import { usePage } from '../page.ts';

export function CopyLine({
  id,
  label,
  about,
  text,
}: {
  id: string;
  label: string;
  about: string;
  text: string;
}) {
  const { store } = usePage();
  const [seen, setSeen] = useState(false);
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => store.say(`${label}: copied.`),
      () => {
        setSeen(true);
        store.say('This browser does not copy: select the address and press Ctrl + C.', true);
      },
    );
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
          <button type="button" aria-label={`Copy ${label}`} onClick={copy}>
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
