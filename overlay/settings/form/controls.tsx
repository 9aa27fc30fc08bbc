/** The controls of the form. Native inputs, so that keys and screen readers know them. */
import { useState } from 'preact/hooks';
import { type Field, numberText } from './describe.ts';
import { describedBy, Row } from './row.tsx';
import { shortcutOf, shortcutText } from './shortcut.ts';
import { type BoundField, useField } from './use-field.ts';

type Of<Kind extends Field['kind']> = Extract<Field, { kind: Kind }>;

/** Draws a described field with the control that fits it. */
export function FieldView({ field }: { field: Field }) {
  switch (field.kind) {
    case 'switch':
      return <SwitchField field={field} />;
    case 'choice':
      return <ChoiceField field={field} />;
    case 'number':
      return <NumberField field={field} />;
    case 'text':
      return <TextField field={field} />;
  }
}

export function SwitchField({ field: { path, label, help } }: { field: Of<'switch'> }) {
  const field = useField(path);
  return (
    <Row field={field} label={label} help={help}>
      <Switch field={field} turn={field.set} />
    </Row>
  );
}

export function Switch({ field, turn }: { field: BoundField; turn(on: boolean): void }) {
  const on = field.value === true;
  return (
    <span class="switch">
      <input
        id={field.id}
        type="checkbox"
        role="switch"
        checked={on}
        aria-checked={on}
        aria-describedby={describedBy(field)}
        onChange={(event) => turn(event.currentTarget.checked)}
      />
      <span class="state" aria-hidden="true">
        {on ? 'On' : 'Off'}
      </span>
    </span>
  );
}

/** Few and short choices lie side by side; others fold into a list. */
const sideBySide = (choices: [string, string][]) =>
  choices.length <= 4 && choices.reduce((sum, [, label]) => sum + label.length + 4, 0) <= 42;

export function ChoiceField({ field: { path, label, help, choices, none } }: { field: Of<'choice'> }) {
  const field = useField(path);
  const all: [string, string][] = none === null ? choices : [['', none], ...choices];
  const value = field.value === null ? '' : String(field.value);
  const choose = (next: string) => field.set(next === '' && none !== null ? null : next);
  if (!sideBySide(all))
    return (
      <Row field={field} label={label} help={help}>
        <Select id={field.id} describedBy={describedBy(field)} value={value} choices={all} choose={choose} />
      </Row>
    );
  return (
    <Row field={field} label={label} help={help} group>
      <div
        class="segments"
        role="radiogroup"
        aria-labelledby={`${field.id}-label`}
        aria-describedby={describedBy(field)}
      >
        {all.map(([one, words]) => (
          <label key={one} class="segment">
            <input type="radio" name={field.id} checked={value === one} onChange={() => choose(one)} />
            <span>{words}</span>
          </label>
        ))}
      </div>
    </Row>
  );
}

export interface SelectProps {
  id: string;
  describedBy?: string;
  value: string;
  choices: [value: string, label: string][];
  choose(value: string): void;
}

export function Select({ id, describedBy: about, value, choices, choose }: SelectProps) {
  return (
    <select
      id={id}
      value={value}
      aria-describedby={about}
      onChange={(event) => choose(event.currentTarget.value)}
    >
      {choices.map(([one, words]) => (
        <option key={one} value={one} selected={one === value}>
          {words}
        </option>
      ))}
    </select>
  );
}

/** A slider shows its number while it moves, and saves when it is let go. */
export function NumberField({ field: words }: { field: Of<'number'> }) {
  const { path, label, help, min, max, step, optional } = words;
  const field = useField(path);
  const [moving, setMoving] = useState<number | null>(null);
  const off = field.value === null;
  const kept = typeof field.value === 'number' ? field.value : (min + max) / 2;
  const shown = moving ?? kept;
  return (
    <Row field={field} label={label} help={help}>
      <span class="slider">
        <input
          id={field.id}
          type="range"
          min={min}
          max={max}
          step={step}
          value={shown}
          disabled={off}
          aria-describedby={describedBy(field)}
          aria-valuetext={numberText(shown, words)}
          onInput={(event) => setMoving(event.currentTarget.valueAsNumber)}
          onChange={(event) => {
            setMoving(null);
            field.set(Math.round(event.currentTarget.valueAsNumber * 1000) / 1000);
          }}
        />
        <output for={field.id}>{off ? 'Off' : numberText(shown, words)}</output>
        {optional ? (
          <input
            type="checkbox"
            role="switch"
            aria-label={`${label} on`}
            checked={!off}
            aria-checked={!off}
            onChange={(event) => field.set(event.currentTarget.checked ? kept : null)}
          />
        ) : null}
      </span>
    </Row>
  );
}

/** Saved when it is left, or with Enter. What is typed stays as it is while it is not taken. */
export function TextField({ field: { path, label, help, optional } }: { field: Of<'text'> }) {
  const field = useField(path);
  const [typed, setTyped] = useState<string | null>(null);
  const value = typed ?? (field.value === null ? '' : String(field.value));
  const commit = () => {
    if (typed === null) return;
    setTyped(null);
    field.set(typed.trim() === '' && optional ? null : typed.trim());
  };
  return (
    <Row field={field} label={label} help={help}>
      <input
        id={field.id}
        type="text"
        spellcheck={false}
        autocomplete="off"
        value={value}
        aria-invalid={field.error !== null}
        aria-describedby={describedBy(field)}
        onInput={(event) => setTyped(event.currentTarget.value)}
        onBlur={commit}
        onKeyDown={(event) => event.key === 'Enter' && commit()}
      />
    </Row>
  );
}

/**
 * Press it, then the keys; Escape leaves it as it was, Tab goes on.
 * @param taken keys that another program holds
 */
export function ShortcutField({
  field: { path, label, help },
  taken,
}: {
  field: Of<'text'>;
  taken: readonly string[];
}) {
  const bound = useField(path);
  const isTaken = bound.error === null && taken.includes(String(bound.value));
  const field = isTaken ? { ...bound, error: 'Another program holds these keys: choose others.' } : bound;
  const [listening, setListening] = useState(false);
  const hear = (event: KeyboardEvent) => {
    if (!listening || event.key === 'Tab') return;
    event.preventDefault();
    if (event.key === 'Escape') return setListening(false);
    const keys = shortcutOf(event);
    if (keys === null) return;
    setListening(false);
    field.set(keys);
  };
  const keys = shortcutText(String(field.value));
  return (
    <Row field={field} label={label} help={help}>
      <button
        id={field.id}
        type="button"
        class="keys"
        aria-describedby={describedBy(field)}
        aria-label={`${label}: ${listening ? 'press the keys' : keys}`}
        onClick={() => setListening(true)}
        onBlur={() => setListening(false)}
        onKeyDown={hear}
      >
        {listening ? 'Press the keys…' : keys}
      </button>
    </Row>
  );
}
