/** What the desktop app does with its windows and keys. */
import { ShortcutField } from '../form/controls.tsx';
import { describeField } from '../form/describe.ts';
import { Fields, Group, Section } from '../form/section.tsx';
import { usePage } from '../page.ts';

const shortcuts = [
  'overlay.editShortcut',
  'overlay.hideShortcut',
  'overlay.muteShortcut',
  'overlay.fuelShortcut',
  'overlay.lapTimeShortcut',
  'overlay.flagsShortcut',
  'overlay.settingsShortcut',
] as const;

export function DesktopSection() {
  const { shell } = usePage();
  return (
    <Section title="Overlay" lead="Windows, keys and graphics of the desktop app.">
      {shell === null ? (
        <p class="notice">You look at this in a browser. These settings are for the desktop app.</p>
      ) : (
        <p>
          <button type="button" class="primary" onClick={() => shell.arrange()}>
            Arrange the widgets on the screen
          </button>
        </p>
      )}
      <Group title="On the screen">
        <Fields paths={['overlay.mode', 'overlay.scale', 'overlay.autoHide', 'overlay.hideFromCapture']} />
      </Group>
      <Group title="Keys" about="They work while the sim has the focus.">
        {shortcuts.map((path) => {
          const field = describeField(path);
          return field.kind === 'text' ? <ShortcutField key={path} field={field} /> : null;
        })}
      </Group>
      <Group
        title="Graphics"
        about="For known troubles with drivers. They hold after the app was started again."
      >
        <Fields
          paths={[
            'overlay.gpu.hardwareAcceleration',
            'overlay.gpu.angle',
            'overlay.gpu.directComposition',
            'overlay.gpu.occlusionTracking',
            'overlay.gpu.colourProfile',
          ]}
        />
      </Group>
    </Section>
  );
}
