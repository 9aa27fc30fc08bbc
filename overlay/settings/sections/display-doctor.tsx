/** Whether the sim lets an overlay show, and what to change: the desktop app reads the sim's graphics settings, and changes none. */
import type { ShellBridge } from '../client/shell-bridge.ts';
import { Group, Problem } from '../form/section.tsx';
import { useAnswer } from '../page.ts';
import { Findings } from './about.tsx';

export function DisplayDoctor({ shell }: { shell: ShellBridge }) {
  const { answer, problem, again } = useAnswer(() => shell.displayDoctor());
  return (
    <Group title="Does it show over the sim?" about="As iRacing’s graphics settings have it.">
      {problem === null ? null : <Problem text={problem} />}
      {answer === null ? <p class="help">Looking…</p> : <Findings findings={answer} />}
      <p>
        <button type="button" onClick={again}>
          Look again
        </button>
      </p>
    </Group>
  );
}
