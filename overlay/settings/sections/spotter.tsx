/** The spotter's switch, and what is said where nobody would hear him. */
import { Switch } from '../form/controls.tsx';
import { describeField } from '../form/describe.ts';
import { Row } from '../form/row.tsx';
import { useField } from '../form/use-field.ts';
import { useAnswer, usePage, useSettings } from '../page.ts';
import { missingVoice, spotterChanges } from './spotter-voice.ts';

/** A spotter is heard or is none: turned on without a voice, it gets one. */
export function SpotterField() {
  const { api, store } = usePage();
  const { answer } = useAnswer(() => api.voices());
  const { sound } = useSettings();
  const field = useField('sound.spotter');
  const { label, help } = describeField('sound.spotter');
  const turn = (on: boolean) => {
    for (const [path, value] of spotterChanges(on, sound, answer ?? [])) store.change(path, value);
  };
  return (
    <Row field={field} label={label} help={help}>
      <Switch field={field} turn={turn} />
    </Row>
  );
}

export function MissingVoice() {
  const missing = missingVoice(useSettings().sound);
  return missing === null ? null : (
    <p class="notice" role="status">
      {missing}
    </p>
  );
}
