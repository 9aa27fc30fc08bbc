/** What the desktop app does with its windows and keys. */
import { useShellReport } from '../client/use-shell-report.ts';
import { ShortcutField } from '../form/controls.tsx';
import { describeField } from '../form/describe.ts';
import { NumberBox } from '../form/number-box.tsx';
import { Fields, Group, Section } from '../form/section.tsx';
import { usePage, useSettings } from '../page.ts';
import { DisplayDoctor } from './display-doctor.tsx';
import { SecondMonitor } from './second-monitor.tsx';

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
  const { mode } = useSettings().overlay;
  const report = useShellReport();
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
      {mode === 'second-monitor' && shell !== null ? <SecondMonitor shell={shell} report={report} /> : null}
      {mode === 'capture' ? <CaptureWindow /> : null}
      <Group title="Keys" about="They work while the sim has the focus.">
        {shortcuts.map((path) => {
          const field = describeField(path);
          return field.kind === 'text' ? (
            <ShortcutField key={path} field={field} taken={report?.takenShortcuts ?? []} />
          ) : null;
        })}
      </Group>
      {shell === null ? null : <DisplayDoctor shell={shell} />}
      <Group
        title="Graphics"
        about="For known troubles with drivers. They hold after the app was started again."
      >
        {report?.restartNeeded ? (
          <p class="notice" role="status">
            Changed, and not in use yet: quit Racing Coach from its tray icon and start it again.
          </p>
        ) : null}
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

function CaptureWindow() {
  return (
    <Group
      title="Capture window"
      about="OpenKneeboard and OBS find it as “Racing Coach capture”. Another background opens another window: choose it there again."
    >
      <Fields paths={['overlay.capture.background']} />
      <NumberBox path="overlay.capture.width" />
      <NumberBox path="overlay.capture.height" />
    </Group>
  );
}
