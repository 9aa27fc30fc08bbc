/**
 * Where the sound goes. Browsers name devices only to pages that may listen, and move sound only for those; so it is asked for, by a button, and the
 * microphone is let go of at once. In the desktop app the names are there without asking.
 */
import { useEffect, useState } from 'preact/hooks';
import { Select } from '../form/controls.tsx';
import { describeField } from '../form/describe.ts';
import { describedBy, Row } from '../form/row.tsx';
import { useField } from '../form/use-field.ts';
import { usePage } from '../page.ts';

type Device = [id: string, name: string];

export function DeviceField() {
  const { store } = usePage();
  const { devices, nameless, ask } = useDevices((why) => store.say(why, true));
  const field = useField('sound.device');
  const { label, help } = describeField('sound.device');
  const value = field.value === null ? '' : String(field.value);
  const missing: Device[] =
    value !== '' && !devices.some(([id]) => id === value) ? [[value, 'The device chosen before']] : [];
  return (
    <Row field={field} label={label} help={help}>
      <Select
        id={field.id}
        describedBy={describedBy(field)}
        value={value}
        choices={[['', 'As the system'], ...devices, ...missing]}
        choose={(next) => field.set(next === '' ? null : next)}
      />
      {nameless ? (
        <>
          <button type="button" aria-describedby="device-names-help" onClick={() => void ask()}>
            Name the devices
          </button>
          <p class="help" id="device-names-help">
            Your browser asks for the microphone: only then it names them. Nothing is listened to.
          </p>
        </>
      ) : null}
    </Row>
  );
}

/** The devices that have names, and whether there are others. */
function useDevices(complain: (why: string) => void) {
  const [devices, setDevices] = useState<Device[]>([]);
  const [nameless, setNameless] = useState(false);
  const look = async () => {
    const all = (await navigator.mediaDevices.enumerateDevices()).filter(
      ({ kind }) => kind === 'audiooutput',
    );
    const named = all.filter(({ label, deviceId }) => label !== '' && !systems.includes(deviceId));
    setDevices(named.map(({ deviceId, label }) => [deviceId, label]));
    setNameless(all.some(({ label }) => label === '') || all.length === 0);
  };
  const ask = async () => {
    try {
      const heard = await navigator.mediaDevices.getUserMedia({ audio: true });
      for (const track of heard.getTracks()) track.stop();
      await look();
    } catch {
      complain('The browser did not name the devices: the microphone was not allowed, or there is none.');
    }
  };
  useEffect(() => {
    const { mediaDevices } = navigator;
    // Not there in a page that is not from this machine.
    if (mediaDevices === undefined) return;
    const changed = () => void look().catch(() => setDevices([]));
    changed();
    mediaDevices.addEventListener('devicechange', changed);
    return () => mediaDevices.removeEventListener('devicechange', changed);
  }, []);
  return { devices, nameless, ask };
}

/** Chromium's names for what the system has chosen: the first choice of the list says that already. */
const systems: readonly string[] = ['', 'default', 'communications'];
