/** Race-legal: where live instruction is off. What holds in the running session is the core's to say. */
import { type SeriesRule, seriesRule } from '@racing-coach/contract';
import { useState } from 'preact/hooks';
import { Select } from '../form/controls.tsx';
import { Fields, Group, Section } from '../form/section.tsx';
import { usePage, useSettings, useStore } from '../page.ts';

const ruleNames: Record<SeriesRule, string> = {
  off: 'Allowed everywhere',
  races: 'Not in races',
  always: 'Never',
};
const choices: [string, string][] = seriesRule.options.map((rule) => [rule, ruleNames[rule]]);

export function RulesSection() {
  const { rules } = useStore();
  return (
    <Section
      title="Rules"
      lead="Many series forbid live instruction in races. Race-legal takes it away and leaves delta, spotter, flags and fuel. Racing Coach shows and speaks; it never drives and sends nothing to the sim."
    >
      {rules === null ? null : (
        <p class="notice" role="status">
          <strong>{rules.raceLegal ? 'Race-legal now.' : 'Live instruction is on.'}</strong> {rules.why}
        </p>
      )}
      <Group title="Races">
        <Fields paths={['rules.races', 'rules.always']} />
      </Group>
      <Group
        title="Series with other rules"
        about="By the number that iRacing gives the series; it stands in the address of the series’ page."
      >
        <SeriesList />
        <NewSeries />
      </Group>
    </Section>
  );
}

function SeriesList() {
  const { store } = usePage();
  const { series } = useSettings().rules;
  const set = (next: Record<string, SeriesRule>) => store.change('rules.series', next);
  return (
    <>
      {Object.entries(series).map(([id, rule]) => (
        <div key={id} class="row">
          <div class="words">
            <label class="label" for={`series-${id}`}>
              Series {id}
            </label>
          </div>
          <div class="control copy">
            <Select
              id={`series-${id}`}
              value={rule}
              choices={choices}
              choose={(value) => set({ ...series, [id]: value as SeriesRule })}
            />
            <button
              type="button"
              aria-label={`Forget series ${id}`}
              onClick={() => set(Object.fromEntries(Object.entries(series).filter(([one]) => one !== id)))}
            >
              Forget
            </button>
          </div>
        </div>
      ))}
    </>
  );
}

function NewSeries() {
  const { store } = usePage();
  const { series } = useSettings().rules;
  const [id, setId] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const add = (event: Event) => {
    event.preventDefault();
    if (!/^[1-9]\d{0,9}$/.test(id.trim())) return setProblem('A series has a number, 447 for example.');
    setProblem(null);
    setId('');
    store.change('rules.series', { ...series, [id.trim()]: 'always' });
  };
  return (
    <form class="row" onSubmit={add} noValidate>
      <div class="words">
        <label class="label" for="new-series">
          Another series
        </label>
        <p class="help">Its number. Then choose what it allows.</p>
      </div>
      <div class="control">
        <span class="copy">
          <input
            id="new-series"
            type="text"
            inputMode="numeric"
            autocomplete="off"
            value={id}
            aria-invalid={problem !== null}
            aria-describedby="new-series-problem"
            onInput={(event) => setId(event.currentTarget.value)}
          />
          <button type="submit">Add</button>
        </span>
        <p class="error" id="new-series-problem" role="alert">
          {problem}
        </p>
      </div>
    </form>
  );
}
