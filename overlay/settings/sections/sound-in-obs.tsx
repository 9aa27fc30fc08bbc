/** Whether the source in OBS plays the coach's sound. One source of it is enough: two would say everything twice. */
export function SoundInObs({ on, set }: { on: boolean; set(on: boolean): void }) {
  return (
    <div class="row">
      <div class="words">
        <label class="label" for="obs-audio">
          Sound for viewers
        </label>
        <p class="help" id="obs-audio-help">
          The source plays what the coach says, in OBS’ own mixer. It becomes part of the addresses above:
          paste it into one source alone, and leave it off where OBS captures your desktop’s sound.
        </p>
      </div>
      <div class="control">
        <span class="switch">
          <input
            id="obs-audio"
            type="checkbox"
            role="switch"
            checked={on}
            aria-checked={on}
            aria-describedby="obs-audio-help"
            onChange={(event) => set(event.currentTarget.checked)}
          />
          <span class="state" aria-hidden="true">
            {on ? 'On' : 'Off'}
          </span>
        </span>
      </div>
    </div>
  );
}
