/** Version, and what the doctor finds. */
import type { DoctorAnswer } from '@racing-coach/contract';
import { Group, Problem, Section } from '../form/section.tsx';
import { useAnswer, usePage } from '../page.ts';

const marks = { good: '✓', so: '–', bad: '!' } as const;
const markNames = { good: 'fine', so: 'to know', bad: 'amiss' } as const;

export function AboutSection() {
  const { api } = usePage();
  const findings = useAnswer(() => api.doctor());
  const state = useAnswer(() => api.state());
  const again = () => {
    findings.again();
    state.again();
  };
  return (
    <Section
      title="About and doctor"
      lead={`Racing Coach ${state.answer?.version ?? ''}. It runs on this machine alone: no account, and nothing is sent anywhere.`}
    >
      <Group title="What works here">
        {findings.problem === null ? null : <Problem text={findings.problem} />}
        {findings.answer === null ? <p class="help">Looking…</p> : <Findings findings={findings.answer} />}
      </Group>
      <p>
        <button type="button" onClick={again}>
          Look again
        </button>
      </p>
    </Section>
  );
}

/** `iRacing settings` is written as iRacing writes itself. */
const titled = (name: string) =>
  /^[a-z][A-Z]/.test(name) ? name : name.charAt(0).toUpperCase() + name.slice(1);

type Finding = Omit<DoctorAnswer['findings'][number], 'name'> & { name?: string };

export function Findings({ findings }: { findings: Finding[] }) {
  return (
    <ul class="findings">
      {findings.map(({ name, state, text }) => (
        <li key={name ?? text} class={state}>
          <span class="mark" role="img" aria-label={markNames[state]}>
            {marks[state]}
          </span>
          <span>
            {name === undefined ? null : <strong>{titled(name)}</strong>} {text}
          </span>
        </li>
      ))}
    </ul>
  );
}
