/** Tones, voice, spotter, and the calibration that is offered once somebody has driven. */
import { Calibration } from '../calibrate/calibration.tsx';
import { NumberField, Select } from '../form/controls.tsx';
import { describeField } from '../form/describe.ts';
import { describedBy, Row } from '../form/row.tsx';
import { Fields, Group, Section } from '../form/section.tsx';
import { useField } from '../form/use-field.ts';
import { useAnswer, usePage, useSettings } from '../page.ts';
import { DeviceField } from './sound-device.tsx';
import { MissingVoice, SpotterField } from './spotter.tsx';

export function SoundSection() {
  const latency = describeField('sound.latencyMs');
  return (
    <Section title="Sound and spotter" lead="Tones tell when to brake. A voice is there when you want one.">
      <Calibration />
      <Group title="Volume">
        <Fields paths={['sound.muted', 'sound.volume', 'sound.toneVolume']} />
      </Group>
      <Group title="Voice">
        <VoiceField />
        <Fields paths={['sound.advice', 'sound.voiceVolume', 'sound.voiceSpeed']} />
      </Group>
      <Group
        title="Spotter and flags"
        about="Two spotters that talk at once are worse than none. Turn ours on only when nobody else spots for you."
      >
        <SpotterField />
        <Fields paths={['sound.ovalInside', 'sound.flags']} />
        <MissingVoice />
      </Group>
      <Group title="Device">
        <DeviceField />
        {latency.kind === 'number' ? <NumberField field={{ ...latency, unit: 'ms' }} /> : null}
      </Group>
    </Section>
  );
}

function VoiceField() {
  const { api } = usePage();
  const { answer } = useAnswer(() => api.voices());
  const field = useField('sound.voice');
  const { label, help } = describeField('sound.voice');
  const chosen = useSettings().sound.voice;
  const voices = answer ?? [];
  const known: [string, string][] = voices.map(({ id, name }) => [id, name]);
  // A voice that is not there now must not vanish from the list, or it would be lost with the next change.
  const missing: [string, string][] =
    chosen !== null && !voices.some(({ id }) => id === chosen) ? [[chosen, chosen]] : [];
  return (
    <Row field={field} label={label} help={help}>
      <Select
        id={field.id}
        describedBy={describedBy(field)}
        value={chosen ?? ''}
        choices={[['', 'Captions only'], ...known, ...missing]}
        choose={(value) => field.set(value === '' ? null : value)}
      />
    </Row>
  );
}
