/** After the first run: what happens now, and the three keys to know. */
import { presets } from '@racing-coach/contract';
import { CopyLine } from '../form/copy.tsx';
import { shortcutText } from '../form/shortcut.ts';
import { useAnswer, usePage, useSettings } from '../page.ts';

export function Finished() {
  const { shell, api } = usePage();
  const { firstRun, overlay } = useSettings();
  const urls = useAnswer(() => api.urls());
  const preset = presets.find(({ name }) => name === firstRun.preset);
  const streams = firstRun.preset === 'streamer';
  const obs = urls.answer?.['obs/full'];
  return (
    <section class="section" aria-labelledby="section-title">
      <h1 id="section-title" tabIndex={-1}>
        You are set
      </h1>
      <p class="lead">
        {preset?.label ?? 'Your settings'} it is. Get in the car and drive: the delta begins with your second
        flying lap, and brake points once the coach knows yours.
      </p>
      {streams && obs !== undefined ? (
        <div class="group">
          <div class="card">
            <CopyLine
              id="finished-obs"
              label="Address for OBS"
              about="Paste it as the URL of a browser source."
              text={obs}
              source={{ layout: 'full', delayMs: 0, audio: false }}
            />
          </div>
        </div>
      ) : null}
      <div class="group">
        <h2>{shell === null ? 'Good to know' : 'Keys to know'}</h2>
        {shell === null ? (
          <div class="card">
            <p>
              The HUD is a page as well: put it on a second screen, or let OBS show it.{' '}
              {urls.answer === null ? null : <a href={urls.answer.hud}>Open the HUD</a>}
            </p>
          </div>
        ) : (
          <dl class="card keys-list">
            <Keys keys={overlay.editShortcut} does="Arrange the widgets" />
            <Keys keys={overlay.hideShortcut} does="Show and hide the overlay" />
            <Keys keys={overlay.muteShortcut} does="Mute" />
            <Keys keys={overlay.settingsShortcut} does="Come back here" />
          </dl>
        )}
      </div>
      <p>
        <a class="button" href="#look">
          See all settings
        </a>
      </p>
    </section>
  );
}

function Keys({ keys, does }: { keys: string; does: string }) {
  return (
    <div>
      <dt>
        <kbd>{shortcutText(keys)}</kbd>
      </dt>
      <dd>{does}</dd>
    </div>
  );
}
