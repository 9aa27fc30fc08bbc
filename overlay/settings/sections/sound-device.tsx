/** Where it sounds: the machine's outputs by name. */
import { useEffect, useState } from 'preact/hooks';
import { Select } from '../form/controls.tsx';
import { describeField } from '../form/describe.ts';
import { describedBy, Row } from '../form/row.tsx';
import { useField } from '../form/use-field.ts';
import { usePage } from '../page.ts';

type Choice = [id: string, name: string];

/** Windows lists its own choice twice more under these names; the setting has its own word for it. */
const systems = ['default', 'communications'];

/** Browsers name devices only to pages that may listen; the desktop app lets this page have the names alone. */
export function DeviceField() {
  const { shell } = usePage();
  const devices = useOutputs();
  const field = useField('sound.device');
  const { label, help } = describeField('sound.device');
  const value = field.value === null ? '' : String(field.value);
  const missing: Choice[] =
    value !== '' && !devices.some(([id]) => id === value) ? [[value, 'The device chosen before']] : [];
  const none = devices.length === 0 && shell === null;
  return (
    <Row
      field={field}
      label={label}
      help={
        none ? `${help} Your browser names no devices to this page: choose one in the desktop app.` : help
      }
    >
      <Select
        id={field.id}
        describedBy={describedBy(field)}
        value={value}
        choices={[['', 'As the system'], ...devices, ...missing]}
        choose={(next) => field.set(next === '' ? null : next)}
      />
    </Row>
  );
}

/** Anew whenever one is plugged in or out. */
function useOutputs(): Choice[] {
  const [outputs, setOutputs] = useState<Choice[]>([]);
  useEffect(() => {
    // Absent where the page is not from this machine or an app.
    const { mediaDevices } = navigator as { mediaDevices?: MediaDevices };
    const look = () =>
      mediaDevices?.enumerateDevices().then(
        (all) => setOutputs(all.filter(isOutput).map(({ deviceId, label }) => [deviceId, label])),
        () => setOutputs([]),
      );
    void look();
    mediaDevices?.addEventListener('devicechange', look);
    return () => mediaDevices?.removeEventListener('devicechange', look);
  }, []);
  return outputs;
}

const isOutput = ({ kind, label, deviceId }: MediaDeviceInfo) =>
  kind === 'audiooutput' && label !== '' && deviceId !== '' && !systems.includes(deviceId);
