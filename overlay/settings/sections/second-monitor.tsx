/** Which display the overlay is put on where it does not lie over the sim. */
import type { ShellDisplay, ShellReport } from '@racing-coach/contract';
import { useEffect } from 'preact/hooks';
import type { ShellBridge } from '../client/shell-bridge.ts';
import { Select } from '../form/controls.tsx';
import { describeField } from '../form/describe.ts';
import { displayNames } from '../form/display-names.ts';
import { describedBy, Row } from '../form/row.tsx';
import { Group } from '../form/section.tsx';
import { useField } from '../form/use-field.ts';
import { useAnswer } from '../page.ts';

export function SecondMonitor({ shell, report }: { shell: ShellBridge; report: ShellReport | null }) {
  const { answer, again } = useAnswer(() => shell.displays());
  // The app tells of every change, of displays too, but not which.
  useEffect(again, [report]);
  if (answer === null) return null;
  return (
    <Group title="Second monitor">
      <Choice displays={answer} />
      {answer.length > 1 ? null : (
        <p class="notice" role="status">
          One display is all there is: nothing is shown until a second one is there.
        </p>
      )}
    </Group>
  );
}

function Choice({ displays }: { displays: ShellDisplay[] }) {
  const field = useField('overlay.secondMonitor');
  const { label, help } = describeField('overlay.secondMonitor');
  const value = field.value === null ? '' : String(field.value);
  const gone: [string, string][] =
    value !== '' && !displays.some(({ id }) => id === value) ? [[value, 'The one chosen before']] : [];
  return (
    <Row field={field} label={label} help={help}>
      <Select
        id={field.id}
        describedBy={describedBy(field)}
        value={value}
        choices={[['', 'The first beside the main one'], ...displayNames(displays), ...gone]}
        choose={(next) => field.set(next === '' ? null : next)}
      />
    </Row>
  );
}
